"""Several acts on one reply or thread in the same moment."""

from typing import Any

import pytest
from django.utils import timezone

from positivesocials.core.refusals import Refused
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Hold
from positivesocials.profiles.models import Persona
from positivesocials.replies import changes, services
from positivesocials.replies.models import GuestContact, Reply, SpentProof, State, Thread
from positivesocials.replies.tests.solving import solved
from positivesocials.replies.tests.test_services import write, write_as_guest
from tests.moments import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_reply_and_the_end_of_its_thread_never_cross(ada, make_member):
    thread, person = services.open_thread(), ada.profile.persona
    late = {"persona": person, "text": "Hello"}

    at_once(
        lambda: services.reply(ada, Thread.objects.get(), **late, client_key="1"),
        lambda: services.close_thread(thread),
        lambda: services.reply(ada, Thread.objects.get(), **late, client_key="2"),
    )

    closed_at = Thread.objects.get().closed_at
    assert closed_at is not None
    with pytest.raises(Refused):
        services.reply(ada, thread, **late, client_key="3")


def test_a_guests_form_sent_twice_at_once_is_one_reply_with_one_solution(db):
    thread, proof = services.open_thread(), solved()

    at_once(*[lambda: write_as_guest(thread, proof=proof)] * 3)

    assert Reply.objects.get().state == State.HELD
    assert (SpentProof.objects.count(), GuestContact.objects.count()) == (1, 1)


def test_one_solution_for_two_replies_at_once_lets_one_through(db):
    thread, proof = services.open_thread(), solved()

    at_once(
        lambda: write_as_guest(thread, text="One", proof=proof),
        lambda: write_as_guest(thread, text="Two", proof=proof),
    )

    assert sorted(Reply.objects.values_list("state", flat=True)) == [State.HELD, State.UNPROVEN]


def test_an_alias_sent_twice_at_once_is_one_alias(ada):
    thread = services.open_thread()
    sent: dict[str, Any] = {
        "alias": "Quiet Heron",
        "salt": "00ff00ff00ff00ff",
        "text": "Hello",
        "client_key": "k",
    }

    at_once(*[lambda: services.reply_as_alias(ada, thread, **sent)] * 3)

    assert Reply.objects.count() == 1
    assert Persona.objects.filter(is_alias=True).count() == 1


def test_changed_and_removed_at_once_is_removed(ada):
    moderation.trust([ada.pk])
    mine = write(ada, services.open_thread())

    at_once(
        lambda: changes.edit(ada, mine.pk, text="Better words", wants_answers=True),
        lambda: services.erase(ada, mine.pk),
    )

    mine.refresh_from_db()
    assert (mine.state, mine.text) == (State.ERASED, None)


def test_a_link_pressed_and_swept_at_once_is_one_or_the_other(db):
    write_as_guest(services.open_thread(), proof="")
    contact = GuestContact.objects.select_related("reply").get()

    at_once(
        lambda: services.confirm_as_guest(contact),
        lambda: services.erase_as_guest(contact),
    )

    left = Reply.objects.first()
    assert left is None or left.state == State.ERASED


def test_a_link_pressed_as_its_time_ends_sends_the_reply_or_comes_too_late(time_machine):
    write_as_guest(services.open_thread(), proof="")
    contact = GuestContact.objects.select_related("reply").get()
    time_machine.move_to(timezone.now() + services.KEEP_UNPROVEN)

    at_once(lambda: services.confirm_as_guest(contact), services.forget_unproven)

    states = list(Reply.objects.values_list("state", flat=True))
    assert states in ([], [State.HELD])
    assert Hold.objects.count() == len(states)
