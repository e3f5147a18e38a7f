"""The operator's page about jobs, and the same on the console."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from positivesocials.config import waiting
from positivesocials.home.selectors.work import as_json, work
from positivesocials.notifications.services import deliver

pytestmark = pytest.mark.django_db
PATH = "/opening/work/"


def asked_for(**fields):
    made = deliver.enqueue(str(uuid4()))
    DBTaskResult.objects.filter(pk=made.id).update(**fields)
    return DBTaskResult.objects.get(pk=made.id)


def given_up():
    return asked_for(
        status="FAILED",
        finished_at=timezone.now(),
        exception_class_path="SMTPConnectError",
        worker_ids=["one"] * 10,
    )


def test_the_page_counts_each_kind_by_what_becomes_of_it(signed_in, olu):
    now = timezone.now()
    asked_for(enqueued_at=now - timedelta(minutes=7))
    asked_for(run_after=now + timedelta(hours=1))
    asked_for(status="RUNNING", started_at=now)
    given_up()

    page = signed_in(olu).get(PATH).content.decode()

    (kind,) = work().kinds
    assert (kind.name, kind.waiting, kind.later, kind.running, kind.given_up) == (
        *("notifications.deliver", 1, 1, 1, 1),
    )
    assert "1 job waits." in page
    assert "7\xa0minutes" in page


def test_when_nothing_waits_the_page_says_so(signed_in, olu):
    page = signed_in(olu).get(PATH).content.decode()

    assert "Nothing waits." in page
    assert "No job was asked for within the last day." in page


def test_what_was_given_up_shows_the_class_of_its_error_and_starts_over(signed_in, olu):
    job, browser = given_up(), signed_in(olu)

    page = browser.get(PATH).content.decode()
    answer = browser.post(f"{PATH}{job.pk}/again/")

    job.refresh_from_db()
    assert "SMTPConnectError" in page
    assert (answer.status_code, job.status) == (302, "READY")


def test_all_that_was_given_up_starts_over_at_once(signed_in, olu):
    given_up()
    given_up()

    signed_in(olu).post(f"{PATH}again/")

    assert {job.status for job in DBTaskResult.objects.all()} == {"READY"}


def test_a_job_is_dropped_after_a_question(signed_in, olu):
    job, browser = given_up(), signed_in(olu)

    asked = browser.get(f"{PATH}{job.pk}/drop/")
    browser.post(f"{PATH}{job.pk}/drop/")

    assert b"Drop this job?" in asked.content
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize("what", ["again", "drop"])
def test_a_job_that_still_waits_cannot_be_touched(signed_in, olu, what):
    kept = asked_for()

    answer = signed_in(olu).post(f"{PATH}{kept.pk}/{what}/")

    assert answer.status_code == 404
    assert DBTaskResult.objects.get().status == "READY"


def test_the_console_says_the_same_in_words_and_for_programs():
    asked_for(enqueued_at=timezone.now() - timedelta(seconds=30))
    job = given_up()

    lines, data = list(waiting.table(work())), json.loads(json.dumps(as_json(work())))

    assert lines[0] == "1 waiting, the oldest for 30 s."
    assert lines[-1] == f"given up: notifications.deliver {job.pk} after 10 tries: SMTPConnectError"
    assert (data["waiting"], data["given_up"], data["oldest_seconds"]) == (1, 1, 30)
    assert data["failures"][0]["error"] == "SMTPConnectError"


def test_much_work_costs_the_page_no_more_queries(signed_in, olu, django_assert_max_num_queries):
    for _ in range(40):
        given_up()

    with django_assert_max_num_queries(6):
        work()
