from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.feed import weekly
from positivesocials.feed.models import WeekQuestion
from positivesocials.groups.models import Post
from positivesocials.hosts.models import Host
from positivesocials.moderation import services as moderation
from positivesocials.safety import services as safety

MONDAY = date(2026, 11, 30)


@pytest.fixture
def known(mo):
    moderation.trust([mo.pk])
    now = timezone.now()
    Host.objects.create(account=mo, passed_at=now, asked_at=now, made_at=now)
    return mo


@pytest.fixture(autouse=True)
def _on_a_wednesday():
    with time_machine.travel("2026-12-02 12:00:00+00:00", tick=False):
        yield


def test_a_week_begins_on_monday_also_over_new_year():
    assert weekly.monday() == MONDAY
    assert weekly.monday(date(2027, 1, 3)) == date(2026, 12, 28)


def test_a_question_for_this_week_is_a_post_that_tops_the_feed_of_all(known, ada, signed_in):
    weekly.plan(known, week=MONDAY, words="What made you smile?")

    post = Post.objects.get()
    page = signed_in(ada).get("/feed/").text
    assert (post.group.slug, post.author) == ("welcome", known)
    assert "What made you smile?" in page
    assert f"/groups/welcome/{post.pk}/" in page
    assert page.count("What made you smile?") == 1


def test_a_question_that_is_planned_waits_for_its_week_and_is_asked_once(known, ada, signed_in):
    weekly.plan(known, week=MONDAY + timedelta(weeks=1), words="What made you smile?")
    weekly.ask_the_week()
    assert not Post.objects.exists()

    with time_machine.travel("2026-12-07 00:10:00+00:00", tick=False):
        weekly.ask_the_week()
        weekly.ask_the_week()
        assert Post.objects.count() == 1
        assert "What made you smile?" in signed_in(ada).get("/feed/").text


def test_asking_the_same_question_again_changes_nothing(known):
    question = weekly.plan(known, week=MONDAY, words="What made you smile?")

    weekly.ask(question)

    assert Post.objects.count() == 1


def test_each_week_has_one_question(known, olu):
    weekly.plan(known, week=MONDAY, words="What made you smile?")

    with pytest.raises(Refused, match="before"):
        weekly.plan(known, week=MONDAY, words="And now?")
    assert MONDAY not in weekly.free_weeks()


@pytest.mark.parametrize("weeks", [-1, 13])
def test_a_question_is_for_this_week_or_the_next_twelve(known, weeks):
    with pytest.raises(Refused):
        weekly.plan(known, week=MONDAY + timedelta(weeks=weeks), words="What made you smile?")


def test_members_ask_no_question_and_find_no_page_for_it(ada, known, signed_in):
    waiting = weekly.plan(known, week=MONDAY + timedelta(weeks=1), words="What made you smile?")

    with pytest.raises(NotThere):
        weekly.plan(ada, week=MONDAY, words="Me?")
    with pytest.raises(NotThere):
        weekly.take_back(ada, waiting)
    assert signed_in(ada).get("/feed/questions/").status_code == 404


def test_a_question_is_taken_back_before_its_week_and_not_after(known):
    waiting = weekly.plan(known, week=MONDAY + timedelta(weeks=1), words="What made you smile?")
    asked = weekly.plan(known, week=MONDAY, words="And now?")

    for question in (waiting, asked):
        weekly.take_back(known, question)

    assert list(WeekQuestion.objects.all()) == [asked]


def test_who_asks_no_more_is_not_asked_for(known):
    weekly.plan(known, week=MONDAY + timedelta(weeks=1), words="What made you smile?")
    Host.objects.all().delete()

    with time_machine.travel("2026-12-07 00:10:00+00:00", tick=False):
        weekly.ask_the_week()
    assert not Post.objects.exists()
    with time_machine.travel("2026-12-14 00:10:00+00:00", tick=False):
        weekly.ask_the_week()
    assert not WeekQuestion.objects.exists()


def test_who_is_kept_apart_from_the_asker_is_not_asked(known, ada, signed_in):
    weekly.plan(known, week=MONDAY, words="What made you smile?")
    safety.block(ada, [known.pk])

    assert "What made you smile?" not in signed_in(ada).get("/feed/").text


def test_a_question_goes_with_its_asker(known):
    weekly.plan(known, week=MONDAY + timedelta(weeks=1), words="What made you smile?")
    known.delete()

    assert not WeekQuestion.objects.exists()


def test_hosts_plan_and_take_back_on_their_page(known, signed_in):
    browser = signed_in(known)
    week = (MONDAY + timedelta(weeks=2)).isoformat()

    assert (
        "What made you smile?"
        in browser.post("/feed/questions/", {"week": week, "words": "What made you smile?"}, follow=True).text
    )
    assert browser.post("/feed/questions/", {"week": "soon", "words": "What?"}).status_code == 422
    question = WeekQuestion.objects.get()
    browser.post(f"/feed/questions/{question.pk}/take-back/")

    assert not WeekQuestion.objects.exists()
