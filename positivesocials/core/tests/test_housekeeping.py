import threading
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from positivesocials.core import jobs, rates
from positivesocials.core.models import RateCount

pytestmark = pytest.mark.django_db


@jobs.job
def _do_nothing(row_id: str) -> None:
    pass


def test_counts_against_misuse_end_by_themselves():
    rates.is_free("try", "somebody", limit=1, seconds=60)

    with time_machine.travel(timezone.now() + rates.KEEP - timedelta(hours=1)):
        jobs.run_all_chores()
        kept = RateCount.objects.count()
    with time_machine.travel(timezone.now() + rates.KEEP + timedelta(hours=1)):
        jobs.run_all_chores()

    assert (kept, RateCount.objects.count()) == (1, 0)


def test_what_jobs_did_ends_after_a_day_and_what_waits_stays():
    done, waiting = (DBTaskResult.objects.get(pk=_do_nothing.enqueue("1").id) for _ in range(2))
    done.claim("a worker")
    done.set_successful(None)

    with time_machine.travel(timezone.now() + jobs.KEEP_FINISHED + timedelta(hours=1)):
        jobs.forget_finished_jobs()

    assert list(DBTaskResult.objects.all()) == [waiting]


@pytest.fixture
def chores():
    """Chores of the test's own, beside those of the site."""
    before = list(jobs._chores)
    for chore in before:
        chore.due_at = float("inf")
    yield
    jobs._chores[:] = before
    for chore in before:
        chore.due_at = 0.0


@pytest.mark.usefixtures("chores")
def test_what_takes_long_holds_up_nobody_and_runs_once_at_a_time():
    began, may_end, others = [], threading.Event(), []

    @jobs.every(seconds=0, takes_long=True)
    def long() -> None:
        began.append(1)
        may_end.wait(10)

    @jobs.every(seconds=0)
    def short() -> None:
        others.append(1)

    jobs.run_due_chores()
    jobs.run_due_chores()
    running = next(chore.thread for chore in jobs._chores if chore.run == long)
    assert running is not None
    may_end.set()
    running.join(10)

    assert (began, others) == ([1], [1, 1])
