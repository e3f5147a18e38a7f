"""What the console shows of an import: a bar while it runs, then what came in and what was left out."""

import io
import sys
from pathlib import Path

import click

from positivesocials.config import start
from positivesocials.wordpress import services
from positivesocials.wordpress.counting import NoInstance, ThisInstance
from positivesocials.wordpress.report import FIELDS, Report

MOST_REASONS = 40


def wordpress(file: Path, *, hosts: tuple[str, ...], is_dry: bool, as_json: bool) -> None:
    label = "Reading" if is_dry else "Bringing in"
    # A bar is for whoever looks on: a program gets its object or its sentence, and nothing beside it.
    eyes = sys.stderr if sys.stderr.isatty() else io.StringIO()
    with click.progressbar(length=services.size_of(file), label=f"  {label}", file=eyes) as bar:
        if is_dry:
            memory = ThisInstance() if start.is_made() else NoInstance()
            report = services.look_at(file, hosts=hosts, memory=memory, step=bar.update)
        else:
            report = services.bring_in(file, hosts=hosts, step=bar.update)
    if as_json:
        for piece in report.as_json():
            click.echo(piece, nl=False)
        return
    click.echo("\n".join(_lines(report, is_dry=is_dry)))


def _lines(report: Report, *, is_dry: bool) -> list[str]:
    counts = report.counts
    figures = ", ".join(f"{counts[name]} {name}" for name in FIELDS)
    lines = [f"{'Would bring in' if is_dry else 'Brought in'}: {figures}."]
    if counts["known"]:
        lines.append(f"{counts['known']} posts and pages were here already and stay as editors left them.")
    if is_dry and counts["attachments"]:
        lines.append(
            "Attachments are counted as if their hosts sent each of them as a picture: nothing was asked."
        )
    if counts["pages"]:
        lines.append("Pages come in as drafts: an editor places them at the desk.")
    if report.reasons:
        lines.append("Left out or changed:")
    for why, count in report.reasons.most_common(MOST_REASONS):
        lines.append(f"- {count} times, first in line {report.first_lines[why]}: {why}")
    return lines
