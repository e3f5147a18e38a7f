"""Runs a benchmark in a throw-away instance and prints its figures."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import django

Figures = dict[str, Any]


def show(figures: Figures, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        click.echo(f"{name:>24}  {value}")


def _in_a_throw_away_instance(run: Callable[[], Figures], *, with_rows: bool = True) -> Figures:
    """`run` imports what it measures itself: Django must not start before the folder is set."""
    with tempfile.TemporaryDirectory(prefix="positivesocials-bench-") as folder:
        os.environ["POSITIVESOCIALS_DATA"] = folder
        os.environ["POSITIVESOCIALS_KEYS"] = str(Path(folder) / "keys")
        os.environ["POSITIVESOCIALS_DEMO"] = "1"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")
        django.setup()
        from positivesocials.config import start

        if with_rows:
            start.prepare(lambda sentence: click.echo(f"  {sentence}", err=True))
        return run()


def signup(pairs: int) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import signup as measured

        return measured.run(pairs=pairs)

    return _in_a_throw_away_instance(run)


def rotation(keys: int) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import rotation as measured

        return measured.run(keys=keys)

    return _in_a_throw_away_instance(run)


def sealing(messages: int, rounds: int) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import sealing as measured

        return measured.run(messages=messages, rounds=rounds)

    return _in_a_throw_away_instance(run)


def frequencies(members: int) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import frequencies as measured

        return measured.run(members=members)

    return _in_a_throw_away_instance(run)


def matching(members: int, seed: int, chart: Path | None) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import matching as measured

        figures = measured.run(members=members, seed=seed)
        if chart:
            measured.draw(figures, chart)
        return figures

    return _in_a_throw_away_instance(run, with_rows=False)


def changes(events: int) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import changes as measured

        return measured.run(events=events)

    return _in_a_throw_away_instance(run)


def suggestions(members: int, viewers: int, seed: int) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import suggestions as measured

        return measured.run(members=members, viewers=viewers, seed=seed)

    return _in_a_throw_away_instance(run)


def introductions(members: int, seed: int, processes: int, chart: Path | None) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import introductions as measured

        figures = measured.run(members=members, seed=seed, processes=processes)
        if chart:
            measured.draw(figures, chart)
        return figures

    return _in_a_throw_away_instance(run, with_rows=False)


def location(victims: int, requests: int, seed: int, chart: Path | None) -> Figures:
    def run() -> Figures:
        from positivesocials.bench import location as measured

        figures = measured.run(victims=victims, requests=requests, seed=seed)
        if chart:
            measured.draw(figures, chart)
        return figures

    return _in_a_throw_away_instance(run)
