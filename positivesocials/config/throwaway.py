"""An instance that is gone afterwards, to measure in."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import django

from positivesocials.config.trouble import Trouble

Figures = dict[str, Any]


def show(figures: Figures, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(figures))
        return
    for name, value in figures.items():
        click.echo(f"{name:>24}  {value}")


def in_a_throw_away_instance(run: Callable[[], Figures], *, with_rows: bool = True) -> Figures:
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
        from positivesocials.core.refusals import Refused

        try:
            return run()
        except Refused as refused:
            raise Trouble(refused.message) from None
