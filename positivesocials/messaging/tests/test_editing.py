from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.core.refusals import NotThere
from positivesocials.messaging import changes, composing, reading
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message
from positivesocials.messaging.tests.test_pages import page
from positivesocials.moderation import services as moderation


@pytest.fixture
def line(talk, ada, say):
    return say(ada, talk, "Coffee on Sonday?")


def edit(actor, talk, line, text="Coffee on Sunday?", version=1):
    composing.change(actor, talk.pk, line.pk, text=text, version=version)


def test_changed_words_stand_for_everybody_with_a_mark(talk, line, ada, ben, signed_in):
    client, address = signed_in(ada), page(talk, "edit-message", line.pk)

    assert "Coffee on Sonday?" in client.get(address).text
    response = client.post(address, {"text": "Coffee on Sunday?", "version": "1"})

    shown = signed_in(ben).get(page(talk)).text
    assert response.url == page(talk, "show-message", line.pk)
    assert ("Sonday" in shown, "Sunday" in shown, "<span>edited</span>" in shown) == (False, True, True)


def test_the_same_words_again_are_no_change(talk, line, ada):
    edit(ada, talk, line, "Coffee on Sonday?")

    assert Message.objects.get().edited_at is None


def test_what_it_answers_stays(talk, line, ben, ada):
    reply = composing.send(ben, talk.pk, text="Yess", client_key="k", reply_to=line.pk)

    edit(ben, talk, reply, "Yes")

    assert reading.said_in(Message.objects.get(pk=reply.pk)).reply_to == line.pk


def test_nobody_changes_the_words_of_another(talk, line, ben, signed_in):
    address = page(talk, "edit-message", line.pk)

    assert signed_in(ben).get(address).status_code == signed_in(ben).post(address).status_code == 404


def test_after_a_day_they_stand(talk, line, ada, signed_in, time_machine):
    time_machine.move_to(timezone.now() + timedelta(hours=25))

    with pytest.raises(changes.Settled):
        edit(ada, talk, line)
    assert "data-edit" not in signed_in(ada).get(page(talk)).text


def test_once_reported_they_stand_and_the_link_does_not_tell(talk, line, ada, ben, signed_in):
    moderation.report(ben, kind="message", item_id=line.pk, why="harassment", note="")

    with pytest.raises(changes.Settled):
        edit(ada, talk, line)
    assert "data-edit" in signed_in(ada).get(page(talk)).text


def test_in_a_closed_conversation_nothing_changes(talk, line, ada, signed_in):
    messaging.close_conversation(talk)

    with pytest.raises(messaging.ConversationClosed):
        edit(ada, talk, line)
    assert "data-edit" not in signed_in(ada).get(page(talk)).text


def test_words_taken_back_cannot_be_changed(talk, line, ada):
    messaging.take_back(ada, talk.pk, line.pk)

    with pytest.raises(changes.Settled):
        edit(ada, talk, line)
    assert reading.said_in(Message.objects.get()).is_gone


def test_who_left_changes_nothing(talk, line, ada):
    messaging.leave(ada, talk.pk)

    with pytest.raises(NotThere):
        edit(ada, talk, line)


def test_of_two_pages_the_later_is_told_and_keeps_its_text(talk, line, ada, signed_in):
    client, address = signed_in(ada), page(talk, "edit-message", line.pk)
    edit(ada, talk, line, "From the first page")

    response = client.post(address, {"text": "From the second page", "version": "1"})

    assert (response.status_code, "From the second page" in response.text) == (409, True)
    assert reading.said_in(Message.objects.get()).text == "From the first page"
    assert 'name="version" value="2"' in response.text


def test_saved_once_more_the_later_replaces_it(talk, line, ada):
    edit(ada, talk, line, "From the first page")

    edit(ada, talk, line, "From the second page", version=2)

    assert reading.said_in(Message.objects.get()).text == "From the second page"


@pytest.mark.parametrize("text", ["", "   ", "x" * (composing.LONGEST + 1)])
def test_no_words_and_too_many_come_back(talk, line, ada, text, signed_in):
    response = signed_in(ada).post(page(talk, "edit-message", line.pk), {"text": text, "version": "1"})

    assert (response.status_code, text.strip() in response.text) == (422, True)
    assert Message.objects.get().version == 1


def test_changed_words_that_may_hurt_are_asked_about_once(talk, line, ada, signed_in):
    client, address = signed_in(ada), page(talk, "edit-message", line.pk)

    asked = client.post(address, {"text": "You are an idiot", "version": "1"})
    assert (asked.status_code, "Are you sure?" in asked.text) == (428, True)
    assert Message.objects.get().version == 1

    client.post(address, {"text": "You are an idiot", "version": "1", "sure": "on"})
    assert reading.said_in(Message.objects.get()).text == "You are an idiot"


def test_sending_the_same_form_again_is_not_a_second_message(talk, line, ada, say):
    edit(ada, talk, line)

    assert say(ada, talk, "Anything", client_key=line.client_key).pk == line.pk
