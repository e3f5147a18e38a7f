"""The pages of events, as people use them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from positivesocials.events import services
from positivesocials.events.models import Answer, Attendance, Event, Reminder
from positivesocials.events.tests.plans import begins, planned
from positivesocials.groups import founding
from positivesocials.notifications import notices
from positivesocials.notifications.models import Notice

pytestmark = pytest.mark.django_db


def to(event, name):
    return reverse(f"events:{name}", args=[event.group.slug, event.pk])


def html(client, address):
    return client.get(address).content.decode()


def filled(**more):
    day = (timezone.now() + timedelta(days=9)).strftime("%Y-%m-%d")
    typed = {"title": "A walk", "day": day, "begins": "19:00", "ends": "21:00", "zone": "Europe/Paris"}
    return {**typed, "where": "By the mill", "about": "", "limit": "", "client_key": uuid4().hex, **more}


def test_an_event_is_planned_changed_and_called_off_by_forms(ada, group, signed_in):
    client = signed_in(ada)
    made = client.post(reverse("events:make-event", args=[group.slug]), filled(limit="4"))
    event = Event.objects.get()
    assert (made.url, event.limit, event.zone) == (to(event, "show-event"), 4, "Europe/Paris")
    assert 'value="19:00"' in html(client, to(event, "change-event"))

    client.post(to(event, "change-event"), filled(title="A run", begins="23:00", ends="01:00"))
    event.refresh_from_db()
    assert (event.title, event.limit, event.ends_at - event.starts_at) == ("A run", None, timedelta(hours=2))
    client.post(to(event, "call-off"))
    assert "called off" in html(client, to(event, "show-event"))


def test_a_form_that_is_wrong_comes_back_with_what_was_typed(ada, group, signed_in):
    wrong = filled(day="2020-01-01", where="Somewhere else")
    page = signed_in(ada).post(reverse("events:make-event", args=[group.slug]), wrong).content.decode()

    assert "That is in the past" in page
    assert "Somewhere else" in page


def test_a_guest_reads_a_title_and_a_time_and_no_more(ada, group, client):
    event = planned(ada, group)
    services.answer(ada, event, Answer.COMES)

    for address in (to(event, "show-event"), reverse("events:list-events", args=[group.slug])):
        page = html(client, address)
        assert "A walk" in page
        assert not any(word in page for word in ("old mill", "umbrella", "Ada", "Who is coming"))
    assert "A walk" in html(client, reverse("groups:show-group", args=[group.slug]))


def test_a_list_tells_waiting_for_a_place_from_coming(ada, group, make_joined, signed_in):
    event, gus = planned(ada, group, limit=1), make_joined("Gus", group)
    for account in (ada, gus):
        services.answer(account, event, Answer.COMES)
    page = reverse("events:list-events", args=[group.slug])

    assert "I’ll come" in html(signed_in(ada), page)
    waiting = html(signed_in(gus), page)
    assert "Waiting for a place" in waiting
    assert "I’ll come" not in waiting


def test_a_member_comes_under_an_alias_is_reminded_and_steps_back(ada, group, make_joined, signed_in):
    event, gus = planned(ada, group), make_joined("Gus", group)
    client = signed_in(gus)
    typed = {"says": "comes", "voice": "alias", "alias": "Quiet Heron", "salt": "0" * 16, "remind": ["day"]}
    client.post(to(event, "answer"), typed)

    assert [each.persona and each.persona.name for each in Attendance.objects.all()] == ["Quiet Heron"]
    assert Reminder.objects.get().ahead == "day"
    page = html(signed_in(ada), to(event, "show-event"))
    assert "Quiet Heron" in page
    assert "Gus" not in page
    client.post(to(event, "answer"), {"says": "maybe"})
    assert (Attendance.objects.get().answer, Reminder.objects.count()) == ("maybe", 0)
    client.post(to(event, "step-back"))
    assert not Attendance.objects.exists()


def test_another_alias_keeps_what_was_chosen(ada, group, signed_in):
    event = planned(ada, group)
    said = {"says": "maybe", "remind": ["hour"], "alias": "Quiet Heron"}
    page = signed_in(ada).post(to(event, "suggest-alias"), said).content.decode()

    assert 'value="maybe" id="id_says_1" checked' in " ".join(page.split()) or "checked" in page
    assert "Quiet Heron" not in page


def test_the_file_for_a_calendar_is_for_members_and_neutral(ada, ben, group, signed_in):
    event = planned(ada, group)
    response = signed_in(ada).get(to(event, "save-file"))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="appointment.ics"' in response["Content-Disposition"]
    assert b"A walk" not in response.content
    assert b"SUMMARY:A walk" in signed_in(ada).get(to(event, "save-file") + "?as=words").content
    assert signed_in(ben).get(to(event, "save-file")).status_code == 404


def test_opening_the_page_is_having_seen_its_notice(ada, group, signed_in):
    event = planned(ada, group)
    notices.notify([ada.pk], services.HOUR, target=event.pk)
    assert "An event begins within an hour" in html(signed_in(ada), reverse("notifications:list-notices"))
    html(signed_in(ada), to(event, "show-event"))

    assert Notice.objects.get().seen_at is not None


def test_a_group_without_events_says_nothing_of_them_to_who_cannot_plan_any(client):
    founding.found_welcome()

    assert "events/" not in html(client, "/groups/welcome/")


def test_what_is_over_takes_no_answer(ada, group, signed_in):
    event = planned(ada, group)
    begins(event, -timedelta(days=1))
    page = html(signed_in(ada), to(event, "show-event"))

    assert "This event is over" in page
    assert to(event, "answer") not in page
