from uuid import uuid4

import pytest

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.messaging import composing, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Conversation, Message, Participant
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


def test_two_individuals_get_a_seat_each(talk, ada, ben):
    seats = Participant.objects.filter(conversation=talk)

    assert {seat.account_id for seat in seats} == {ada.pk, ben.pk}


def test_both_partners_of_a_couple_get_a_seat(ada, eli_and_fern, eli, fern):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)

    seats = Participant.objects.filter(conversation=talk, side=1)

    assert {seat.account_id: seat.is_second for seat in seats} == {eli.pk: False, fern.pk: True}


def test_people_with_a_block_between_them_get_no_conversation(ada, dora):
    with pytest.raises(NotThere):
        messaging.open_conversation(dora.profile, ada.profile)

    assert not Conversation.objects.exists()


def test_nobody_sits_on_both_sides(eli, eli_and_fern):
    with pytest.raises(NotThere):
        messaging.open_conversation(eli.profile, eli_and_fern)


def test_a_message_is_counted_as_unread_by_the_others_only(talk, ada, ben, say):
    say(ada, talk)

    assert (selectors.unread_count(ben), selectors.unread_count(ada)) == (1, 0)


def test_the_same_key_again_returns_the_first_message(talk, ada, say):
    first = say(ada, talk, "Once", client_key="k")

    again = say(ada, talk, "Twice", client_key="k")

    assert again.pk == first.pk
    assert Message.objects.get().envelope["text"] == "Once"


def test_two_writers_may_use_the_same_key(talk, ada, ben, say):
    assert say(ada, talk, client_key="k").pk != say(ben, talk, client_key="k").pk


def test_messages_never_share_a_moment_even_when_the_clock_stands_still(talk, ada, say, time_machine):
    time_machine.move_to(talk.opened_at, tick=False)

    moments = [say(ada, talk).sent_at for _ in range(3)]

    assert moments == sorted(set(moments))


@pytest.mark.parametrize("stranger", ["cleo", "mo"])
def test_nobody_outside_can_write(talk, stranger, say, request):
    with pytest.raises(NotThere):
        say(request.getfixturevalue(stranger), talk)


def test_who_left_can_neither_read_nor_write(talk, ada, say):
    messaging.leave(ada, talk.pk)

    with pytest.raises(NotThere):
        say(ada, talk)


def test_after_one_left_the_other_is_told_that_it_is_closed(talk, ada, ben, say):
    messaging.leave(ada, talk.pk)

    with pytest.raises(messaging.ConversationClosed, match=r"This conversation is closed\."):
        say(ben, talk)


def test_a_repeated_send_is_answered_even_after_a_closing(talk, ada, say):
    first = say(ada, talk, client_key="k")
    messaging.close_conversation(talk)

    assert say(ada, talk, client_key="k").pk == first.pk


@pytest.mark.parametrize("blocker", ["ada", "eli", "fern"])
def test_a_block_by_anyone_closes_the_conversation_for_all(ada, eli_and_fern, blocker, say, request):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)
    blocker = request.getfixturevalue(blocker)
    others = {ada.pk, *eli_and_fern.account_ids} - {blocker.pk}

    safety.block(blocker, [others.pop()])

    for seat in Participant.objects.filter(conversation=talk):
        with pytest.raises(messaging.ConversationClosed):
            say(seat.account, talk)


def test_a_conversation_stays_closed_after_the_block_is_lifted(talk, ada, ben, say):
    safety.block(ada, [ben.pk])
    safety.unblock(ada, [ben.pk])

    with pytest.raises(messaging.ConversationClosed):
        say(ada, talk)


def test_when_a_couple_ends_only_its_own_conversations_close(ada, ben, eli_and_fern, talk, say):
    joint = messaging.open_conversation(ada.profile, eli_and_fern)

    messaging.close_conversations_of(eli_and_fern)

    with pytest.raises(messaging.ConversationClosed):
        say(ada, joint)
    assert say(ada, talk)


@pytest.mark.parametrize("text", ["", " \n ", "x" * (composing.LONGEST + 1)])
def test_empty_and_too_long_messages_are_refused(talk, ada, text, say):
    with pytest.raises(Refused):
        say(ada, talk, text)

    assert not Message.objects.exists()


def test_the_longest_message_counts_a_line_break_once(talk, ada, say):
    assert say(ada, talk, "\r\n".join("x" * (composing.LONGEST // 2)) + "y")


def test_the_author_takes_back_the_words(talk, ada, ben, say):
    message = say(ada, talk)

    messaging.take_back(ada, talk.pk, message.pk)

    message = Message.objects.get()
    assert (message.envelope, selectors.unread_count(ben)) == (None, 0)


def test_nobody_else_takes_them_back(talk, ada, ben, say):
    message = say(ada, talk)

    with pytest.raises(NotThere):
        messaging.take_back(ben, talk.pk, message.pk)


def test_a_message_of_another_conversation_is_not_there(talk, ada, cleo, say):
    other = messaging.open_conversation(ada.profile, cleo.profile)
    message = say(ada, other)

    with pytest.raises(NotThere):
        messaging.take_back(ada, talk.pk, message.pk)


def test_reading_never_moves_back(talk, ada, ben, say):
    first, second = say(ada, talk), say(ada, talk)
    seat = Participant.objects.get(conversation=talk, account=ben)

    messaging.mark_read(seat, up_to=second.sent_at)
    messaging.mark_read(seat, up_to=first.sent_at)

    assert selectors.unread_count(ben) == 0


def test_what_an_erased_account_wrote_opens_for_nobody(talk, ada, ben, say):
    say(ada, talk)

    vault.shred(KeyOwner("accounts.Account", ada.pk))
    ada.delete()

    assert Message.objects.get().envelope is None
    with pytest.raises(messaging.ConversationClosed):
        say(ben, talk, client_key=uuid4().hex)
