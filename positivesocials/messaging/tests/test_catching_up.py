"""A page that heard nothing for a while asks for everything after the last message it shows."""

import re
from uuid import uuid4

import pytest

from positivesocials.messaging.models import Message
from positivesocials.messaging.selectors import PAGE

pytestmark = pytest.mark.django_db
SHOWN = re.compile(r'data-message="([0-9a-f-]{36})"')


@pytest.fixture
def ask(signed_in, talk, ben):
    """What Ben's page is told after a message: which ones, and whether there are more."""
    browser = signed_in(ben)

    def after(message_id=""):
        path = (
            f"/conversations/{talk.pk}/after/{message_id}/"
            if message_id
            else f"/conversations/{talk.pk}/after/"
        )
        news = browser.get(path).json()
        return SHOWN.findall(news["part"]), news["more"]

    return after


def stored():
    return [str(pk) for pk in Message.objects.order_by("sent_at").values_list("pk", flat=True)]


def test_what_was_stored_and_never_told_is_read_on(talk, ada, say, ask):
    """As after a server was killed between commit and push: nothing is attached here to push to."""
    say(ada, talk, "Before")
    (shown,), _more = ask()
    say(ada, talk, "Never told")

    news, more = ask(shown)

    assert (news, more) == (stored()[1:], False)


def test_after_a_long_break_a_page_asks_until_there_is_no_more(talk, ada, say, ask):
    for number in range(2 * PAGE + 5):
        say(ada, talk, f"Number {number}")

    (shown, more), asked = ask(), 1
    while more:
        news, more = ask(shown[-1])
        shown, asked = shown + news, asked + 1

    assert (shown, asked) == (stored(), 3)


def test_who_sends_after_a_long_break_is_told_that_there_is_more(talk, ada, ben, say, signed_in):
    for number in range(PAGE):
        say(ada, talk, f"Number {number}")

    answer = signed_in(ben).post(
        f"/conversations/{talk.pk}/send/",
        {"text": "And I?", "client_key": str(uuid4())},
        headers={"accept": "application/json"},
    )

    assert answer.json()["more"] is True
