"""Workers that are killed in the middle of jobs: in the end every job is done, in effect once."""

import multiprocessing
import os
import random
import signal
import time
from datetime import UTC, datetime
from typing import Any

from django.db import connections
from django.db.models import F
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from positivesocials.core import work
from positivesocials.core.jobs import job
from positivesocials.core.models import RateCount

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
JOBS_A_KILL = 4


@job
def leave_a_mark(name: str) -> None:
    """Counts every run, and leaves one mark however often it ran."""
    RateCount.objects.get_or_create(key=f"run {name}", window_at=LONG_AGO)
    RateCount.objects.filter(key=f"run {name}").update(count=F("count") + 1)
    time.sleep(0.005)  # Long enough for most kills to come in the middle.
    RateCount.objects.get_or_create(key=f"mark {name}", window_at=LONG_AGO)


def run(*, kills: int, seed: int) -> dict[str, Any]:
    jobs = kills * JOBS_A_KILL
    for number in range(jobs):
        leave_a_mark.enqueue(f"{seed} {number}")
    chance = random.Random(seed)  # noqa: S311 - the same seed kills at the same moments.
    for _ in range(kills):
        _work_until_killed(chance)
        _let_time_pass()
    while (row := work.claim("the last")) is not None:
        work.run(row)
    ours = DBTaskResult.objects.filter(task_path=leave_a_mark.module_path)
    runs = RateCount.objects.filter(key__startswith=f"run {seed} ")
    return {
        "kills": kills,
        "jobs": jobs,
        "done": ours.filter(status="SUCCESSFUL").count(),
        "marks": RateCount.objects.filter(key__startswith=f"mark {seed} ").count(),
        "run_again": runs.filter(count__gt=1).count(),
        "left": ours.exclude(status="SUCCESSFUL").count(),
    }


def _work_until_killed(chance: random.Random) -> None:
    forget_connections()
    here, there = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.get_context("fork").Process(target=_work, args=(there,))
    worker.start()
    there.close()
    here.recv()
    time.sleep(chance.uniform(0, 0.03))
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()


def _work(pipe: Any) -> None:
    """Says that it is at work after its first job."""
    while True:
        row = work.claim("one to be killed")
        if row is not None:
            work.run(row)
        pipe.send("at work")


def _let_time_pass() -> None:
    """What the dead one had waits again, and the wait is over."""
    work.take_over_from_the_last_start()
    DBTaskResult.objects.filter(status="READY").exclude(run_after__year=9999).update(run_after=timezone.now())


def forget_connections() -> None:
    """A process that is forked must not share a line with its parent."""
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            getattr(connection, "close_pool")()  # noqa: B009 - the type stubs do not know it.
