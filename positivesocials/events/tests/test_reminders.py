"""Being told before an event begins: once, and never for nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from positivesocials.events import services
from positivesocials.events.models import Ahead, Answer, Reminder
from positivesocials.events.tests.plans import plan, planned
from positivesocials.notifications.models import Notice
from tests.moments import at_once

DAY, HOUR = Ahead.DAY, Ahead.HOUR


def told():
    return sorted(Notice.objects.values_list("kind", flat=True))


def at(event, before):
    return time_machine.travel(event.starts_at - before, tick=False)


@pytest.fixture
def event(ada, group):
    return planned(ada, group)


def test_one_is_told_a_day_and_an_hour_before_and_never_twice(db, ada, event):
    services.answer(ada, event, Answer.COMES, reminded=[DAY, HOUR])

    with at(event, timedelta(hours=25)):
        services.remind()
        assert told() == []
    with at(event, timedelta(hours=23, minutes=59)):
        services.remind()
        Notice.objects.update(seen_at=timezone.now())
        services.remind()
        assert told() == ["event-day"]
    with at(event, timedelta(minutes=59)):
        services.remind()
        services.remind()
        assert told() == ["event-day", "event-hour"]


def test_nobody_is_told_of_what_is_off_has_begun_or_has_no_place_for_them(db, ada, group, make_joined):
    off, begun, full = (planned(ada, group, limit=1) for _ in range(3))
    gus = make_joined("Gus", group)
    for event in (off, begun, full):
        services.answer(
            ada if event != full else make_joined("Ida", group), event, Answer.COMES, reminded=[HOUR]
        )
    services.answer(gus, full, Answer.COMES, reminded=[DAY])
    services.call_off(ada, off)

    with at(begun, -timedelta(minutes=1)):
        services.remind()
    with at(full, timedelta(hours=20)):
        services.remind()
    assert told() == []


def test_a_moved_event_is_told_of_before_its_new_time(db, ada, event, group, make_joined):
    gus = make_joined("Gus", group)
    services.answer(gus, event, Answer.MAYBE, reminded=[DAY])
    with at(event, timedelta(hours=20)):
        services.remind()
        later = event.starts_at + timedelta(days=3)
        services.change_event(ada, event, plan(starts_at=later, ends_at=later + timedelta(hours=1)))
        services.remind()
    Notice.objects.all().delete()
    event.refresh_from_db()

    with at(event, timedelta(hours=20)):
        services.remind()
    assert told() == ["event-day"]


def test_what_is_not_wanted_any_more_is_not_told(db, ada, event):
    services.answer(ada, event, Answer.COMES, reminded=[DAY, HOUR])
    services.answer(ada, event, Answer.COMES, reminded=[HOUR])

    assert Reminder.objects.get().ahead == HOUR


def test_what_is_due_when_one_answers_is_not_told(db, ada, event):
    with at(event, timedelta(hours=3)):
        services.answer(ada, event, Answer.COMES, reminded=[DAY, HOUR])
        assert Reminder.objects.get().ahead == HOUR


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(ada, event):
    services.answer(ada, event, Answer.COMES, reminded=[HOUR])
    Reminder.objects.update(due_at=timezone.now() - timedelta(minutes=1))

    at_once(services.remind, services.remind, services.remind)

    assert told() == ["event-hour"]
