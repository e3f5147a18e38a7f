"""Work outside a request: jobs that take ids only, and housekeeping that runs at intervals.

A job that fails is tried again (core/work.py) and may run twice, so it asks first what is left to do. Its
failure is stored, so only the class of an error leaves a job: its text may quote a member.
"""

import functools
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.db import close_old_connections, connections
from django_tasks import task

log = logging.getLogger(__name__)

KEEP_FINISHED = timedelta(days=1)
KEEP_GIVEN_UP = timedelta(days=7)


class JobFailed(Exception):
    """Names the class of the error that stopped a job, and nothing of its text."""


def job(function: Callable[..., None]) -> Any:
    """Make a module-level function a job: `job.enqueue(str(row.pk))`. Arguments are ids, never text."""

    @functools.wraps(function)
    def quiet(*ids: str) -> None:
        try:
            function(*ids)
        except Exception as error:
            raise JobFailed(type(error).__name__) from None

    return task()(quiet)


def later(job: Any, *ids: str, at: datetime) -> None:
    """Queue a job that waits until then."""
    job.using(run_after=at).enqueue(*ids)


@dataclass
class Chore:
    """`takes_long`: it runs in a thread of its own, so that the others need not wait for it."""

    run: Callable[[], None]
    seconds: int
    takes_long: bool = False
    due_at: float = 0.0
    thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()


_chores: list[Chore] = []


def every(*, seconds: int, takes_long: bool = False) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Register a function that the worker runs at this interval and once soon after start."""

    def register(function: Callable[[], None]) -> Callable[[], None]:
        _chores.append(Chore(run=function, seconds=seconds, takes_long=takes_long))
        return function

    return register


def is_chore(function: Callable[[], None]) -> bool:
    return any(chore.run == function for chore in _chores)


@every(seconds=3600)
def forget_finished_jobs() -> None:
    """What a job did, and to which id, is kept for a day; what was given up waits a week for the operator."""
    ages = {"min_age_days": KEEP_FINISHED.days, "failed_min_age_days": KEEP_GIVEN_UP.days}
    call_command("prune_db_task_results", queue_name="*", verbosity=0, **ages)


def run_due_chores() -> None:
    now = time.monotonic()
    for chore in _chores:
        if chore.due_at <= now and not chore.is_running:
            chore.due_at = now + chore.seconds
            if chore.takes_long:
                chore.thread = threading.Thread(target=_run_apart, args=[chore], name="long", daemon=True)
                chore.thread.start()
            else:
                _run(chore)


def run_all_chores() -> None:
    for chore in _chores:
        chore.run()


def _run(chore: Chore) -> None:
    try:
        chore.run()
    except Exception as error:
        # Put into the text because both are names in the code, and the log masks what comes as arguments.
        log.error(f"Housekeeping {chore.run.__qualname__} failed: {type(error).__name__}")
    finally:
        close_old_connections()


def _run_apart(chore: Chore) -> None:
    try:
        _run(chore)
    finally:
        connections.close_all()


class HousekeepingThread(threading.Thread):
    """Runs due chores until `stop()`; looks twice a second so that stopping is quick."""

    def __init__(self) -> None:
        super().__init__(name="housekeeping", daemon=True)
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(0.5):
            run_due_chores()

    def stop(self) -> None:
        self._stopped.set()
        self.join(timeout=10)
