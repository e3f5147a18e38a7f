"""Reporting a message with a little of what was said before it."""

import pytest
from django.urls import reverse

from positivesocials.messaging import services as messaging
from positivesocials.moderation import selectors as cases
from positivesocials.moderation import services as moderation


@pytest.fixture
def said(talk, ada, ben, say):
    """Seven messages in turn, Ada's first; the last is hers."""
    return [
        say(who, talk, f"line {number}") for number, who in enumerate([ada, ben, ada, ben, ada, ben, ada])
    ]


def file(ben, said, **more):
    return moderation.report(ben, kind="message", item_id=said[-1].pk, why="harassment", **more)


def told(mo, said):
    case = cases.get_case_for(mo, kind="message", item_id=said[-1].pk)
    return [(each.by, each.text) for each in case.copies[0].before]


def test_a_report_reveals_nothing_else_unless_its_reporter_says_so(said, ben, mo):
    file(ben, said)

    assert told(mo, said) == []


def test_it_reveals_five_messages_before_if_its_reporter_says_so(said, ben, mo):
    file(ben, said, before=5)

    assert told(mo, said) == [
        ("reporter", "line 1"),
        ("author", "line 2"),
        ("reporter", "line 3"),
        ("author", "line 4"),
        ("reporter", "line 5"),
    ]


@pytest.mark.parametrize("before", [-1, 6, 1000])
def test_no_other_number_reveals_anything(said, ben, mo, before):
    file(ben, said, before=before)

    assert told(mo, said) == []


def test_what_was_taken_back_is_not_revealed(talk, said, ada, ben, mo):
    messaging.take_back(ada, talk.pk, said[2].pk)

    file(ben, said, before=5)

    assert "line 2" not in dict(told(mo, said)).values()


def test_the_copy_stays_when_messages_are_taken_back_later(talk, said, ada, ben, mo):
    file(ben, said, before=5)

    messaging.take_back(ada, talk.pk, said[2].pk)

    assert ("author", "line 2") in told(mo, said)


def test_the_third_in_a_conversation_is_someone_else(ada, eli_and_fern, eli, fern, mo, say):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)
    say(fern, talk, "from Fern")
    said = [say(eli, talk, "from Eli")]

    file(ada, said, before=5)

    assert told(mo, said) == [("other", "from Fern")]


def test_the_page_offers_it_and_sends_what_was_chosen(said, ben, mo, signed_in):
    browser, address = signed_in(ben), reverse("moderation:report", args=["message", said[-1].pk])

    assert "And up to five messages before it" in browser.get(address).content.decode()
    browser.post(address, {"why": "harassment", "before": "5"})

    assert len(told(mo, said)) == 5


def test_the_first_message_has_nothing_before_it_and_is_not_asked_about(said, ben, signed_in):
    address = reverse("moderation:report", args=["message", said[0].pk])

    assert "up to five messages" not in signed_in(ben).get(address).content.decode()


def test_a_moderator_reads_it_without_names(said, ben, mo, signed_in):
    file(ben, said, before=5)

    page = signed_in(mo).get(reverse("moderation:show-case", args=["message", said[-1].pk])).content.decode()

    assert "Whoever reports" in page
    assert "Ben" not in page
