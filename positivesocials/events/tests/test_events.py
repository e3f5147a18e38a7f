"""Who makes events, who reads what of them, and what becomes of them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.events import access, selectors, services
from positivesocials.events.models import Ahead, Answer, Attendance, Event
from positivesocials.events.services import Alias
from positivesocials.events.tests.plans import begins, plan, planned
from positivesocials.groups import closing, founding
from positivesocials.groups import services as groups
from positivesocials.groups.models import Membership, SeenAs, Standing
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Report
from positivesocials.notifications.models import Notice
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

pytestmark = pytest.mark.django_db


def told(account):
    return list(Notice.objects.filter(account=account, seen_at=None).values_list("kind", flat=True))


def names(people):
    return [each.name for each in people]


def test_who_tends_a_group_makes_its_events_and_others_do_not(ada, ben, group):
    groups.join_group(ben, group)

    assert planned(ada, group).group == group
    with pytest.raises(NotThere):
        planned(ben, group)
    Membership.objects.filter(account=ben).update(standing=Standing.MODERATOR)
    planned(ben, group)


def test_a_moderator_of_the_site_makes_events_where_nobody_tends_the_group(mo):
    welcome = founding.found_welcome()

    with pytest.raises(NotThere):
        planned(mo, welcome)
    groups.join_group(mo, welcome)
    planned(mo, welcome)


def test_the_same_form_sent_twice_is_one_event(ada, group):
    first = services.make_event(ada, group, plan(), client_key="k")

    assert services.make_event(ada, group, plan(), client_key="k") == first


@pytest.mark.parametrize(
    "wrong", [{"ahead": -timedelta(hours=1)}, {"ahead": timedelta(days=900)}, {"title": " "}]
)
def test_an_event_is_to_come_soon_and_has_a_title(ada, group, wrong):
    with pytest.raises(Refused):
        planned(ada, group, **wrong)


def test_guests_and_outsiders_read_of_an_open_groups_event_a_title_and_a_time(ada, ben, group):
    event = planned(ada, group, limit=5)
    services.answer(ada, event, Answer.COMES)

    for viewer in (None, ben):
        shown = selectors.view_of(access.get_event_for(viewer, group.slug, event.pk), viewer)
        assert (shown.title, shown.sees_all) == ("A walk", False)
        assert (shown.where, shown.about, shown.free, shown.coming) == ("", None, None, ())
    groups.join_group(ben, group)
    shown = selectors.view_of(event, ben)
    assert (shown.where, shown.free, names(shown.coming)) == ("By the old mill", 4, ["Ada"])


def test_events_of_a_closed_group_are_there_for_its_members_alone(ada, ben, closed):
    event = planned(ada, closed)

    for viewer in (None, ben):
        with pytest.raises(NotThere):
            access.get_event_for(viewer, closed.slug, event.pk)
    groups.join_group(ben, closed)
    assert access.get_event_for(ben, closed.slug, event.pk) == event


def test_who_does_not_belong_to_the_group_cannot_come(ada, ben, group):
    event = planned(ada, group)

    with pytest.raises(NotThere):
        services.answer(ben, event, Answer.COMES)
    with pytest.raises(NotThere):
        access.get_event_to_attend(ben, group.slug, event.pk)


def test_an_alias_is_made_for_one_event_and_gone_with_the_answer(ada, group, make_joined):
    event, gus = planned(ada, group), make_joined("Gus", group)
    services.answer(gus, event, Answer.COMES, alias=Alias("Quiet Heron"))

    assert names(selectors.view_of(event, ada).coming) == ["Quiet Heron"]
    services.step_back(gus, event)
    assert not gus.personas.filter(is_alias=True).exists()
    with pytest.raises(Refused):
        services.answer(gus, event, Answer.COMES, alias=Alias("gus "))


def test_nobody_comes_under_a_name_that_another_bears_there(ada, group, make_joined):
    event, gus, ida = planned(ada, group), make_joined("Gus", group), make_joined("Ida", group)
    services.answer(gus, event, Answer.COMES, alias=Alias("Quiet Heron"))
    with pytest.raises(Refused):
        services.answer(ida, event, Answer.COMES, alias=Alias("Quiet Her\u043en"))
    safety.block(ida, [gus.pk], shown_as="Gus")
    services.answer(ida, event, Answer.COMES, alias=Alias("Quiet Heron"))

    assert names(selectors.view_of(event, ada).coming) == ["Quiet Heron"] * 2


def test_who_comes_is_listed_by_name_and_not_by_time(ada, group, make_joined):
    event = planned(ada, group)
    for name in ("Zoe", "gus", "Ida"):
        services.answer(make_joined(name, group), event, Answer.COMES)

    assert names(selectors.view_of(event, ada).coming) == ["gus", "Ida", "Zoe"]


def test_blocked_people_do_not_meet_in_the_list(ada, group, make_joined):
    event, gus = planned(ada, group), make_joined("Gus", group)
    services.answer(ada, event, Answer.COMES)
    services.answer(gus, event, Answer.COMES, alias=Alias("Quiet Heron"))
    safety.block(ada, [gus.pk], shown_as="Gus")

    assert names(selectors.view_of(event, ada).coming) == ["Ada"]
    assert names(selectors.view_of(event, gus).coming) == ["Quiet Heron"]


def test_who_answered_is_told_of_another_time_and_of_the_end(ada, group, make_joined):
    event, gus, ida = planned(ada, group), make_joined("Gus", group), make_joined("Ida", group)
    services.answer(gus, event, Answer.COMES)
    services.answer(ida, event, Answer.MAYBE)
    services.change_event(ada, event, plan(ahead=timedelta(days=9)))

    assert (told(gus), told(ida), told(ada)) == (["event"], ["event"], [])
    Notice.objects.all().delete()
    services.call_off(ada, event)
    assert (told(gus), told(ida)) == (["event"], ["event"])
    with pytest.raises(Refused):
        services.answer(gus, event, Answer.MAYBE)


def test_a_block_between_two_keeps_neither_from_learning_that_an_event_is_off(ada, group, make_joined):
    event, gus = planned(ada, group), make_joined("Gus", group)
    services.answer(gus, event, Answer.COMES)
    safety.block(gus, [ada.pk], shown_as="Ada")
    services.call_off(ada, event)

    assert told(gus) == ["event"]


def test_other_words_tell_nobody(ada, group, make_joined):
    event, gus = planned(ada, group), make_joined("Gus", group)
    services.answer(gus, event, Answer.COMES)
    times = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    services.change_event(ada, event, plan(title="A longer walk", **times))

    event.refresh_from_db()
    assert (event.title, told(gus)) == ("A longer walk", [])


def test_an_event_stays_with_the_group_when_its_maker_is_gone(ada, group, make_joined):
    event, gus = planned(ada, group), make_joined("Gus", group)
    services.answer(ada, event, Answer.COMES)
    services.answer(gus, event, Answer.COMES)
    ada.delete()
    event = Event.objects.get(pk=event.pk)

    assert (event.title, event.maker) == ("A walk", None)
    assert names(selectors.view_of(event, gus).coming) == ["Gus"]
    # The group's next founder looks after it.
    assert access.get_arranged_event_for(gus, group.slug, event.pk) == event


def test_who_leaves_the_group_comes_to_none_of_its_events(ada, group, make_joined):
    event, gus = planned(ada, group, limit=1), make_joined("Gus", group)
    services.answer(gus, event, Answer.COMES)
    services.answer(ada, event, Answer.COMES)
    groups.leave_group(gus, group)
    services.release_places()

    assert Attendance.objects.get().answer == Answer.COMES
    assert Attendance.objects.get().account == ada


def test_an_alias_does_not_go_with_the_name_that_leaves(ada, group, make_joined, monkeypatch):
    event, gus = planned(ada, group), make_joined("Gus", group)
    services.answer(gus, event, Answer.COMES, alias=Alias("Quiet Heron"))
    Membership.objects.filter(account=gus).update(standing=Standing.PUT_OUT)

    monkeypatch.setattr("secrets.randbelow", lambda most: most - 1)
    services.release_places()
    assert names(selectors.view_of(event, ada).coming) == ["Quiet Heron"]
    monkeypatch.setattr("secrets.randbelow", lambda most: 0)
    services.release_places()
    assert names(selectors.view_of(event, ada).coming) == []


def test_who_was_put_out_behind_an_alias_stands_in_the_list_as_before(ada, group, make_joined):
    event, gus = planned(ada, group), make_joined("Gus", group)
    services.answer(gus, event, Answer.COMES, reminded=[Ahead.DAY])
    out = Membership.objects.filter(account=gus)
    out.update(standing=Standing.PUT_OUT, seen_as=SeenAs.MEMBER)
    services.release_places()
    services.call_off(ada, event)

    assert names(selectors.view_of(event, ada).coming) == ["Gus"]
    assert told(gus) == []
    with pytest.raises(NotThere):
        services.answer(gus, event, Answer.MAYBE)


def test_events_go_with_their_group_and_so_does_the_key(ada, group, django_capture_on_commit_callbacks):
    event = planned(ada, group)
    with django_capture_on_commit_callbacks(execute=True):
        group.delete()

    assert vault.key_of(KeyOwner("events.Event", event.pk)) is None


def test_nothing_is_planned_or_answered_in_a_group_that_is_closed(ada, group):
    event = planned(ada, group)
    closing.close_group(ada, group)
    group.refresh_from_db()
    event = Event.objects.get(pk=event.pk)

    for act in (lambda: planned(ada, group), lambda: services.answer(ada, event, Answer.COMES)):
        with pytest.raises(NotThere):
            act()
    with pytest.raises(NotThere):
        access.get_event_for(ada, group.slug, event.pk)


def test_who_came_is_forgotten_a_month_after(ada, group):
    event = planned(ada, group)
    services.answer(ada, event, Answer.COMES, alias=Alias("Quiet Heron"))
    begins(event, -timedelta(days=29))
    services.forget_attendance()
    assert Attendance.objects.exists()

    begins(event, -timedelta(days=31))
    services.forget_attendance()
    assert not Attendance.objects.exists()
    assert not ada.personas.filter(is_alias=True).exists()


def test_an_event_can_be_reported_and_a_moderator_takes_it_away(ada, ben, mo, group):
    event = planned(ada, group)
    moderation.report(ben, kind="event", item_id=event.pk, why="spam")
    said = Report.objects.get().evidence["text"]

    assert said == "A walk"
    moderation.remove(mo, kind="event", item_id=event.pk, reason="No selling here.")
    with pytest.raises(NotThere):
        access.get_event_for(ada, group.slug, event.pk)


def test_past_events_are_apart_and_off_ones_stay_to_be_seen(ada, group):
    old, off = planned(ada, group, title="Old"), planned(ada, group, title="Off")
    begins(old, -timedelta(days=2))
    services.call_off(ada, off)
    calendar = selectors.calendar_of(group, ada)

    assert [(line.title, line.is_called_off) for line in calendar.to_come] == [("Off", True)]
    assert [line.title for line in calendar.past] == ["Old"]


def test_a_page_asks_as_much_for_many_events_and_people_as_for_few(ada, group, make_joined):
    def asked():
        with CaptureQueriesContext(connection) as found:
            selectors.calendar_of(group, ada)
            selectors.beside(ada, group)
            selectors.view_of(Event.objects.order_by("made_at")[0], ada)
        return len(found)

    services.answer(ada, planned(ada, group), Answer.COMES)
    first = Event.objects.get()
    before = asked()
    for name in ("Gus", "Ida", "Zoe"):
        services.answer(make_joined(name, group), first, Answer.COMES, alias=Alias(f"{name} Heron"))
        planned(ada, group)

    assert asked() == before
