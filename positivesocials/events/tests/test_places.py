"""Places that are counted: who has one, who waits, and who moves up."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from positivesocials.core.refusals import Refused
from positivesocials.events import selectors, services
from positivesocials.events.models import Answer, Attendance
from positivesocials.events.services import Alias
from positivesocials.events.tests.plans import begins, plan, planned
from positivesocials.notifications.models import Notice
from positivesocials.safety import services as safety
from tests.moments import at_once


@pytest.fixture
def people(group, make_joined):
    return [make_joined(name, group) for name in ("Gus", "Ida", "Kim", "Lou")]


def says(account, event):
    return Attendance.objects.get(event=event, account=account).answer


def ahead_of(account, event):
    own = selectors.view_of(event, account).own
    return own and own.ahead


def numbers(event):
    return {each.number for each in Attendance.objects.filter(event=event, answer=Answer.COMES)}


def come(account, event, **more):
    return services.answer(account, event, Answer.COMES, **more)


def test_places_go_to_who_asks_first_and_then_one_waits(db, ada, group, people):
    event = planned(ada, group, limit=2)

    assert [come(each, event) for each in people] == ["comes", "comes", "waits", "waits"]
    assert come(people[2], event) == "waits"
    assert ahead_of(people[3], event) == 1
    assert selectors.view_of(event, people[3]).free == 0


def test_whoever_waits_longest_moves_up_by_itself_and_is_told(db, ada, group, people):
    event = planned(ada, group, limit=1)
    gus, ida, kim, _lou = people
    for each in (gus, ida, kim):
        come(each, event)
    services.step_back(gus, event)

    assert (says(ida, event), says(kim, event)) == ("comes", "waits")
    notice = Notice.objects.get(kind="event-place")
    assert (notice.account, notice.target) == (ida, event.pk)


def test_maybe_gives_the_place_to_who_waits_and_so_does_an_erased_account(db, ada, group, people):
    event = planned(ada, group, limit=1)
    gus, ida, kim, _lou = people
    for each in (gus, ida, kim):
        come(each, event)
    services.answer(gus, event, Answer.MAYBE)
    assert says(ida, event) == "comes"

    ida.delete()
    assert says(kim, event) == "comes"


def test_who_steps_back_and_comes_again_is_last(db, ada, group, people):
    event = planned(ada, group, limit=1)
    gus, ida, kim, _lou = people
    for each in (gus, ida, kim):
        come(each, event)
    services.step_back(gus, event)
    come(gus, event)
    services.step_back(ida, event)

    assert (says(kim, event), says(gus, event)) == ("comes", "waits")


def test_more_places_let_people_up_and_none_is_taken_from_who_has_one(db, ada, group, people):
    event = planned(ada, group, limit=1)
    for each in people:
        come(each, event)
    when = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    services.change_event(ada, event, plan(limit=3, **when))
    assert [says(each, event) for each in people] == ["comes", "comes", "comes", "waits"]

    with pytest.raises(Refused, match="3 people"):
        services.change_event(ada, event, plan(limit=2, **when))
    services.change_event(ada, event, plan(limit=None, **when))
    assert says(people[3], event) == "comes"
    services.change_event(ada, event, plan(limit=4, **when))
    assert come(ada, event) == "waits"


def test_nobody_moves_up_to_what_is_over(db, ada, group, people):
    event = planned(ada, group, limit=1)
    for each in people[:2]:
        come(each, event)
    begins(event, -timedelta(days=1))
    services.step_back(people[0], event)

    assert says(people[1], event) == "waits"


def test_the_waiting_list_counts_those_whom_a_block_hides(db, ada, group, people):
    event = planned(ada, group, limit=1)
    gus, ida, kim, _lou = people
    for each in (gus, ida, kim):
        come(each, event)
    safety.block(kim, [ida.pk], shown_as="Ida")

    assert ahead_of(kim, event) == 1


def test_two_of_an_event_never_have_one_place(db, ada, group, people):
    event = planned(ada, group, limit=1)
    come(people[0], event)

    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(event=event, account=people[1], answer=Answer.COMES, number=1)


@pytest.mark.django_db(transaction=True)
def test_the_last_place_is_given_once_however_many_ask_at_once(ada, group, people):
    event = planned(ada, group, limit=2)

    refused = at_once(
        *[lambda each=each: come(each, event, alias=Alias(f"Heron {each.pk.hex[:8]}")) for each in people]
    )

    answers = sorted(Attendance.objects.values_list("answer", flat=True))
    assert (refused, answers, numbers(event)) == ([], ["comes", "comes", "waits", "waits"], {1, 2})


@pytest.mark.django_db(transaction=True)
def test_stepping_back_and_asking_at_once_leave_no_place_empty_and_none_twice(ada, group, people):
    event = planned(ada, group, limit=2)
    gus, ida, kim, lou = people
    for each in (gus, ida, kim):
        come(each, event)

    at_once(
        lambda: services.step_back(gus, event),
        lambda: services.step_back(gus, event),
        lambda: services.step_back(ida, event),
        lambda: come(lou, event),
        lambda: come(ada, event),
    )

    answers = Attendance.objects.filter(event=event)
    assert says(kim, event) == "comes"
    assert (numbers(event), answers.filter(answer="comes").count()) == ({1, 2}, 2)
    assert answers.filter(answer="waits").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_once_is_one_answer_and_one_alias(ada, group):
    event = planned(ada, group)

    refused = at_once(*[lambda: come(ada, event, alias=Alias("Quiet Heron"))] * 3)

    assert (refused, Attendance.objects.count()) == ([], 1)
    assert ada.personas.filter(is_alias=True).count() == 1
