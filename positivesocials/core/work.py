"""Jobs on their way: claim, finish, try again, give up, and take over from a worker that died.

Every step is one conditional update, so it is the same on both databases and for any number of workers.
A job may run twice: its worker can die after the work and before it says so. Jobs are written for that.
While a job runs, `started_at` is when its worker last said that it is at work.
"""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks_db.models import DBTaskResult

from positivesocials.core.jobs import JobFailed, every
from positivesocials.core.refusals import NotThere

log = logging.getLogger(__name__)

TRIES = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)
BEAT_SECONDS, LEASE = 10, timedelta(seconds=60)
POLL_SECONDS = 0.5
AT_ONCE = 20
WORKER_DIED = "WorkerDied"


def claim(worker: str) -> Any:
    """A waiting job that is this worker's alone from now on, or None."""
    for row in DBTaskResult.objects.ready()[:AT_ONCE]:
        if _claimed(row, worker):
            return row
    return None


def _claimed(row: Any, worker: str) -> bool:
    names = [*row.worker_ids, worker]
    waiting = DBTaskResult.objects.filter(pk=row.pk, status=Status.READY, run_after=row.run_after)
    taken = waiting.update(status=Status.RUNNING, started_at=timezone.now(), worker_ids=names)
    row.worker_ids = names
    return bool(taken)


def run(row: Any) -> None:
    """Do a claimed job and write down how it went."""
    try:
        row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
    except Exception as error:
        reason = str(error) if isinstance(error, JobFailed) else type(error).__name__
        # Put into the text because both are names in the code, and the log masks what comes as arguments.
        log.error(f"Job {kind_of(row.task_path)} failed: {reason}")
        _try_again(row, reason)
    else:
        _end(row, Status.SUCCESSFUL, "")


def kind_of(task_path: str) -> str:
    """A job's name for operators: notifications.deliver."""
    return task_path.removeprefix("positivesocials.").replace(".services.", ".")


def beat(row: Any) -> None:
    _still_held(row).update(started_at=timezone.now())


def _still_held(row: Any) -> QuerySet[Any]:
    """The row while nobody has taken the job over: what a worker says that was thought dead has no effect."""
    rows: QuerySet[Any] = DBTaskResult.objects.filter(
        pk=row.pk, status=Status.RUNNING, worker_ids=row.worker_ids
    )
    return rows


def _try_again(row: Any, reason: str) -> None:
    tries = len(row.worker_ids)
    if tries >= TRIES:
        _end(row, Status.FAILED, reason)
        return
    due_at = timezone.now() + wait_after(tries, row.pk)
    _still_held(row).update(status=Status.READY, run_after=due_at, exception_class_path=reason)


def wait_after(tries: int, job_id: UUID) -> timedelta:
    """Twice as long each time, and never in step with what failed together: its random id spreads it."""
    longest: timedelta = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(tries - 1, 20))
    return longest * (0.5 + job_id.int % 1000 / 2000)


def _end(row: Any, status: str, reason: str) -> None:
    _still_held(row).update(
        status=status, finished_at=timezone.now(), exception_class_path=reason, traceback=""
    )


@every(seconds=10)
def take_over_from_the_dead() -> None:
    """Jobs whose worker has said nothing for a while wait again; each time counts as a try."""
    _take_over(_running().filter(started_at__lt=timezone.now() - LEASE))


def take_over_from_the_last_start() -> None:
    """Where one process does all, whatever runs when it starts was left by one that is gone."""
    if not settings.REDIS_URL:
        _take_over(_running())


def _running() -> QuerySet[Any]:
    rows: QuerySet[Any] = DBTaskResult.objects.running()
    return rows


def _take_over(rows: QuerySet[Any]) -> None:
    for row in rows[:500]:
        _try_again(row, WORKER_DIED)


def retry(job_id: UUID) -> None:
    """A job that was given up starts over, with all its tries."""
    if not _given_up().filter(pk=job_id).update(**_fresh()):
        raise NotThere


def retry_all() -> int:
    return _given_up().update(**_fresh())


def drop(job_id: UUID) -> None:
    """A job that was given up is not done any more."""
    if not _given_up().filter(pk=job_id).delete()[0]:
        raise NotThere


def _given_up() -> QuerySet[Any]:
    rows: QuerySet[Any] = DBTaskResult.objects.failed()
    return rows


def _fresh() -> dict[str, Any]:
    return {"status": Status.READY, "run_after": timezone.now(), "worker_ids": [], "finished_at": None}


def _guarded(step: Callable[[], Any]) -> Any:
    """A database that is away for a while ends no thread: the step is taken again later."""
    close_old_connections()
    try:
        return step()
    except Exception as error:
        log.error(f"Jobs cannot be worked on: {type(error).__name__}")
        return None
    finally:
        close_old_connections()


class JobsThread(threading.Thread):
    """Runs jobs one after the other until `stop()`, which lets the current one finish."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="jobs", daemon=True)
        self._worker = worker
        self._stopped = threading.Event()
        self._current: Any = None
        self._heart = threading.Thread(target=self._beat, name="heart", daemon=True)

    def run(self) -> None:
        self._heart.start()
        _guarded(take_over_from_the_last_start)
        while not self._stopped.is_set():
            if not _guarded(self._run_next):
                self._stopped.wait(POLL_SECONDS)

    def _run_next(self) -> bool:
        """Whether there was anything to do."""
        try:
            self._current = claim(self._worker)
            if self._current is not None:
                run(self._current)
            return self._current is not None
        finally:
            self._current = None

    def _beat(self) -> None:
        while not self._stopped.wait(BEAT_SECONDS):
            row = self._current
            if row is not None:
                _guarded(partial(beat, row))

    def stop(self) -> None:
        self._stopped.set()
        self.join(timeout=10)
