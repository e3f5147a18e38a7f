"""Bars as a small SVG: what a bench found, to look at. Readable on light and dark ground."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, LABEL, BAR, ROW, TOP = 640, 210, 330, 26, 44
INK, FILL, MARK = "#6b7280", "#0f766e", "#b45309"


def bars(
    path: Path, *, title: str, rows: Sequence[tuple[str, float]], unit: str, limit: float | None = None
) -> None:
    """Write one bar a row, longest value at full width; `limit` draws the floor that was asked for."""
    most = max([value for _, value in rows] + [limit or 0]) or 1
    parts = [_text(10, 24, title, 15)]
    parts += [_row(place, label, value, most, unit) for place, (label, value) in enumerate(rows)]
    height = TOP + ROW * len(rows) + 14
    if limit is not None:
        parts.append(_limit(limit / most, height, f"{limit:g} {unit} asked for".strip()))
        height += 14
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_svg(height, title, parts), encoding="utf-8")


def _svg(height: int, title: str, parts: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" '
        f'height="{height}" role="img" aria-label="{escape(title)}" font-family="system-ui, sans-serif">'
    )
    return "\n".join([head, *parts, "</svg>"]) + "\n"


def _row(place: int, label: str, value: float, most: float, unit: str) -> str:
    top = TOP + place * ROW
    width = max(1.0, value / most * BAR)
    bar = f'<rect x="{LABEL}" y="{top}" width="{width:.1f}" height="16" rx="2" fill="{FILL}"/>'
    shown = f"{value:.3g} {unit}".strip()
    return "\n".join([_text(10, top + 13, label, 13), bar, _text(LABEL + width + 6, top + 13, shown, 13)])


def _limit(share: float, height: int, words: str) -> str:
    x = LABEL + share * BAR
    ends = f'x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 6}" y2="{height - 10}"'
    line = f'<line {ends} stroke="{MARK}" stroke-dasharray="4 3"/>'
    return line + "\n" + _text(min(x, WIDTH - 150), height + 4, words, 12, MARK)


def _text(x: float, y: float, words: str, size: int, colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}">{escape(words)}</text>'
