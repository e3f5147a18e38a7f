"""Mute and archive: one's own side of a conversation."""

import pytest
from django.urls import reverse

from positivesocials.messaging import access, selectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(signed_in, talk):
    """Press a button of the conversation: `press(ben, "mute")`."""

    def send(account, name):
        return signed_in(account).post(reverse(f"messaging:{name}", args=[talk.pk]))

    return send


def listed(account, show=selectors.ALL):
    return [item.id for item in selectors.conversations_of(account, show=show).items]


def test_a_muted_conversation_counts_nothing_for_that_side_alone(talk, ada, ben, say, press):
    press(ben, "mute")

    say(ada, talk)
    say(ben, talk)

    assert (selectors.unread_count(ben), selectors.unread_count(ada)) == (0, 1)


def test_who_sends_notices_can_ask_whether_a_side_is_muted(talk, ada, ben, press):
    press(ben, "mute")

    assert (access.is_muted(ben.pk, talk.pk), access.is_muted(ada.pk, talk.pk)) == (True, False)


def test_unmuting_counts_again(talk, ada, ben, say, press):
    press(ben, "mute")
    say(ada, talk)

    press(ben, "unmute")

    assert selectors.unread_count(ben) == 1


def test_a_muted_conversation_is_marked_in_its_owners_list_only(talk, ada, ben, press, signed_in):
    press(ben, "mute")
    address = reverse("messaging:list-conversations")

    assert "Muted" in signed_in(ben).get(address).content.decode()
    assert "Muted" not in signed_in(ada).get(address).content.decode()


def test_an_archived_conversation_is_found_under_archived_only(talk, ada, ben, press):
    press(ben, "archive")

    assert (listed(ben), listed(ben, "archived"), listed(ada)) == ([], [talk.pk], [talk.pk])


@pytest.mark.parametrize("writer", ["ada", "ben"])
def test_something_new_brings_an_archived_conversation_back(talk, ada, ben, say, press, writer):
    press(ben, "archive")

    say({"ada": ada, "ben": ben}[writer], talk)

    assert (listed(ben), listed(ben, "archived")) == ([talk.pk], [])


def test_a_conversation_is_brought_back_by_hand(talk, ben, press):
    press(ben, "archive")

    press(ben, "unarchive")

    assert listed(ben) == [talk.pk]


def test_the_filter_for_unread_shows_what_waits_wherever_it_was_put(talk, ada, ben, say, press):
    say(ada, talk)
    press(ben, "archive")
    press(ben, "mute")

    assert (listed(ben, "unread"), listed(ada, "unread")) == ([talk.pk], [])


def test_each_filter_says_why_it_is_empty(ada, signed_in):
    browser, address = signed_in(ada), reverse("messaging:list-conversations")

    shown = {show: browser.get(address, {"show": show}).content.decode() for show in ("unread", "archived")}

    assert "Everything is read." in shown["unread"]
    assert "Nothing is archived." in shown["archived"]


@pytest.mark.parametrize("name", ["mute", "unmute", "archive", "unarchive"])
def test_nobody_else_changes_a_side(talk, cleo, press, name):
    assert press(cleo, name).status_code == 404


def test_pages_offer_what_undoes_a_choice(talk, ben, press, signed_in):
    press(ben, "mute")
    press(ben, "archive")

    shown = signed_in(ben).get(reverse("messaging:show-more", args=[talk.pk])).content.decode()

    assert "unmute/" in shown
    assert "unarchive/" in shown
