"""Jobs are tried again, given up, taken over and planned, by any number of workers on either database."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from positivesocials.core import jobs, work
from positivesocials.core.models import RateCount
from positivesocials.core.refusals import NotThere

pytestmark = pytest.mark.django_db


class Broken(Exception):
    pass


@jobs.job
def _count(name: str) -> None:
    """Leaves one row, however often it runs."""
    RateCount.objects.get_or_create(key=name, window_at=timezone.now().replace(year=2020, day=1))


@jobs.job
def _break(name: str) -> None:
    raise Broken("words of a member")


@pytest.fixture(autouse=True)
def _quiet(caplog):
    caplog.set_level(logging.CRITICAL, logger="positivesocials.core.work")


def row_of(job):
    return DBTaskResult.objects.get(pk=job.id)


def run_next(worker="a worker"):
    row = work.claim(worker)
    if row is not None:
        work.run(row)
    return row


def given_up():
    """A job after its last try."""
    row = row_of(_break.enqueue("1"))
    for _ in range(work.TRIES):
        with time_machine.travel(DBTaskResult.objects.get().run_after.replace(year=2040)):
            run_next()
    return DBTaskResult.objects.get(pk=row.pk)


def test_a_job_is_done_once_and_by_one_worker():
    job = _count.enqueue(uuid4().hex)

    first, second = work.claim("one"), work.claim("two")
    work.run(first)

    assert second is None
    assert (row_of(job).status, RateCount.objects.count()) == ("SUCCESSFUL", 1)


def test_two_workers_that_saw_the_same_job_wait_for_each_other():
    _count.enqueue("1")
    seen = DBTaskResult.objects.get()

    assert work._claimed(DBTaskResult.objects.get(), "one")
    assert not work._claimed(seen, "two")


def test_a_job_that_fails_waits_and_is_tried_again():
    job = _break.enqueue("1")

    run_next()

    row = row_of(job)
    assert (row.status, row.exception_class_path, row.traceback) == ("READY", "Broken", "")
    assert timedelta(seconds=2) < row.run_after - timezone.now() <= work.FIRST_WAIT
    assert run_next() is None


def test_each_wait_is_longer_up_to_an_hour():
    job_id = uuid4()
    waits = [work.wait_after(tries, job_id) for tries in (1, 2, 5, 1000)]

    assert waits == sorted(waits)
    assert waits[0] <= work.FIRST_WAIT
    assert waits[-1] <= work.LONGEST_WAIT


def test_those_that_failed_together_do_not_come_back_together():
    assert len({work.wait_after(4, uuid4()) for _ in range(20)}) > 10


def test_after_ten_tries_a_job_is_given_up_with_the_class_of_its_error_only():
    row = given_up()

    assert (row.status, len(row.worker_ids)) == ("FAILED", 10)
    assert (row.exception_class_path, row.traceback) == ("Broken", "")


def test_a_job_that_is_not_there_any_more_is_tried_and_given_up_too():
    job = _count.enqueue("1")
    DBTaskResult.objects.update(task_path="positivesocials.core.tests.test_work.gone")

    run_next()

    assert row_of(job).exception_class_path == "ImportError"


def test_a_planned_job_waits_for_its_time():
    jobs.later(_count, "1", at=timezone.now() + timedelta(hours=1))

    too_early = run_next()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        due = run_next()

    assert too_early is None
    assert due is not None


def test_the_job_of_a_worker_that_fell_silent_waits_again():
    job = _count.enqueue("1")
    work.claim("one that is killed")

    with time_machine.travel(timezone.now() + work.LEASE + timedelta(seconds=1)):
        work.take_over_from_the_dead()
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        run_next("another")

    assert (row_of(job).status, RateCount.objects.count()) == ("SUCCESSFUL", 1)


def test_a_long_job_stays_with_a_worker_that_says_it_is_at_work():
    _count.enqueue("1")
    row = work.claim("slow but alive")

    with time_machine.travel(timezone.now() + work.LEASE):
        work.beat(row)
    with time_machine.travel(timezone.now() + work.LEASE + timedelta(seconds=5)):
        work.take_over_from_the_dead()

    assert DBTaskResult.objects.get().status == "RUNNING"


def test_what_a_worker_says_after_it_was_taken_for_dead_has_no_effect():
    job = _count.enqueue("1")
    late = work.claim("late")
    with time_machine.travel(timezone.now() + work.LEASE + timedelta(seconds=1)):
        work.take_over_from_the_dead()

    work.run(late)

    assert row_of(job).status == "READY"


def test_where_one_process_does_all_a_start_takes_over_at_once(settings):
    _count.enqueue("1")
    work.claim("killed a second ago")

    settings.REDIS_URL = "redis://there.are.others"
    work.take_over_from_the_last_start()
    among_others = DBTaskResult.objects.get().status
    settings.REDIS_URL = ""
    work.take_over_from_the_last_start()

    assert (among_others, DBTaskResult.objects.get().status) == ("RUNNING", "READY")


def test_a_job_that_kills_its_worker_each_time_is_given_up(settings):
    _count.enqueue("1")
    for _ in range(work.TRIES):
        with time_machine.travel(DBTaskResult.objects.get().run_after.replace(year=2040)):
            work.claim("doomed")
        work.take_over_from_the_last_start()

    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", work.WORKER_DIED)


def test_what_was_given_up_can_start_over_or_be_dropped():
    row = given_up()

    work.retry(row.pk)
    waiting = DBTaskResult.objects.get()
    with pytest.raises(NotThere):
        work.drop(row.pk)

    assert (waiting.status, waiting.worker_ids) == ("READY", [])


def test_only_what_was_given_up_is_dropped():
    row = given_up()
    _count.enqueue("1")

    work.drop(row.pk)

    assert [each.task_path for each in DBTaskResult.objects.all()] == [_count.module_path]


def test_what_was_given_up_stands_for_a_week():
    now = given_up().finished_at or timezone.now()

    with time_machine.travel(now + jobs.KEEP_GIVEN_UP - timedelta(hours=1)):
        jobs.forget_finished_jobs()
        kept = DBTaskResult.objects.count()
    with time_machine.travel(now + jobs.KEEP_GIVEN_UP + timedelta(hours=1)):
        jobs.forget_finished_jobs()

    assert (kept, DBTaskResult.objects.count()) == (1, 0)
