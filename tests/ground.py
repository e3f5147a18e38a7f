"""A throw-away instance for what is measured from a checkout: `python -m tests.replays --json`."""

import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Figures = dict[str, Any]


def measured(run: Callable[[], Figures]) -> int:
    """Prints what `run` found, as one line of JSON if asked to; 1 if it found anything wrong.

    `run` imports what it measures itself: Django must not start before the folder is set.
    """
    with tempfile.TemporaryDirectory(prefix="positivesocials-bench-") as folder:
        os.environ["POSITIVESOCIALS_DATA"] = folder
        os.environ["POSITIVESOCIALS_KEYS"] = str(Path(folder) / "keys")
        os.environ["POSITIVESOCIALS_DEMO"] = "0"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")
        import django

        django.setup()
        figures = _on_open_ground(run)
    show(figures)
    return 1 if any(figures[name] for name in ("leaks", "errors") if name in figures) else 0


def _on_open_ground(run: Callable[[], Figures]) -> Figures:
    import logging

    from django.conf import settings
    from django.utils import timezone

    from positivesocials.config import start
    from positivesocials.core.models import Instance

    start.prepare(lambda sentence: print(f"  {sentence}", file=sys.stderr))
    Instance.objects.update(opened_at=timezone.now())
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    # Refusals by the thousand are what is asked for here.
    logging.disable(logging.WARNING)
    return run()


def show(figures: Figures) -> None:
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:>24}  {value}")


def step_by(total: int, every: int = 1000) -> Callable[[], None]:
    """A function that tells every thousandth call how far it is."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % every == 0:
            print(f"  {done} of {total}", file=sys.stderr)

    return step
