"""What somebody began to write: kept sealed, never overwritten by an older page, gone when sent."""

from functools import partial
from uuid import uuid4

import pytest
from django.urls import reverse

from positivesocials.messaging import composing, drafts, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Draft
from positivesocials.messaging.tests.test_races import at_once
from positivesocials.safety import services as safety

pytestmark = pytest.mark.django_db


@pytest.fixture
def type_in(signed_in, talk):
    """What the composer's script posts: `type_in(ada, "Hel", 0)`."""

    def post(account, text, draft=0):
        address = reverse("messaging:keep-draft", args=[talk.pk])
        data = {"text": text, "draft": draft}
        return signed_in(account).post(address, data, headers={"accept": "application/json"})

    return post


@pytest.fixture
def opened(signed_in, talk):
    """The composer as a page shows it."""

    def show(account):
        page = signed_in(account).get(reverse("messaging:show-conversation", args=[talk.pk]))
        return page.context["form"]["text"].value(), page.context["draft"].version

    return show


def test_what_was_begun_is_there_when_the_page_opens_again(ada, type_in, opened):
    version = type_in(ada, "The ferry\nleaves at").json()["version"]

    assert opened(ada) == ("The ferry\nleaves at", version)


def test_nobody_else_sees_what_was_begun(ada, ben, type_in, opened):
    type_in(ada, "Not yet")

    assert opened(ben) == ("", 0)


def test_it_lies_sealed(ada, type_in):
    type_in(ada, "Not yet for anybody")

    raw = Draft.objects.get().__dict__["text"]
    assert b"Not yet" not in bytes(raw)


def test_a_page_that_goes_on_is_saved_each_time(ada, type_in, opened):
    first = type_in(ada, "The").json()["version"]
    second = type_in(ada, "The ferry", first).json()["version"]

    assert opened(ada) == ("The ferry", second)


def test_an_older_page_is_told_and_overwrites_nothing(ada, type_in, opened):
    type_in(ada, "Newer")

    answer = type_in(ada, "Older", 0)

    assert (answer.status_code, answer.json()["text"]) == (409, "Newer")
    assert opened(ada)[0] == "Newer"


def test_the_same_words_twice_are_no_conflict(ada, type_in):
    type_in(ada, "Same")

    assert type_in(ada, "Same", 0).status_code == 200


def test_where_nothing_is_kept_an_older_page_may_go_on(ada, type_in, opened):
    version = type_in(ada, "Sent elsewhere").json()["version"]
    type_in(ada, "", version)

    type_in(ada, "Another", 0)

    assert opened(ada)[0] == "Another"


def test_a_draft_is_no_longer_than_a_message(ada, type_in, opened):
    answer = type_in(ada, "x" * (composing.LONGEST + 1))

    assert (answer.status_code, "4000" in answer.json()["refused"]) == (409, True)
    assert opened(ada)[0] == ""


def send(client, talk, text, draft):
    data = {"text": text, "client_key": str(uuid4()), "draft": draft}
    return client.post(reverse("messaging:send-message", args=[talk.pk]), data)


def test_it_is_gone_when_it_was_sent(talk, ada, type_in, opened, signed_in):
    version = type_in(ada, "The ferry").json()["version"]

    send(signed_in(ada), talk, "The ferry leaves", version)

    assert opened(ada)[0] == ""


def test_it_is_not_kept_when_it_arrives_after_its_message(talk, ada, type_in, opened, signed_in):
    send(signed_in(ada), talk, "The ferry leaves", 0)

    type_in(ada, "The ferry leaves")

    assert opened(ada)[0] == ""


def test_sending_from_an_older_page_leaves_what_is_newer(talk, ada, type_in, opened, signed_in):
    type_in(ada, "Newer, in another window")

    send(signed_in(ada), talk, "Short", 0)

    assert opened(ada)[0] == "Newer, in another window"


def test_a_refused_message_stays_in_its_field(talk, ada, type_in, signed_in):
    type_in(ada, "Kept before")

    answer = send(signed_in(ada), talk, "y" * 5000, 1)

    assert answer.context["form"]["text"].value() == "y" * 5000


def test_the_list_marks_a_conversation_in_which_something_was_begun(ada, ben, type_in):
    type_in(ada, "Hel")

    marks = [selectors.conversations_of(each).items[0].has_draft for each in (ada, ben)]

    assert marks == [True, False]


def test_who_leaves_leaves_no_draft(talk, ada, type_in):
    type_in(ada, "Hel")

    messaging.leave(ada, talk.pk)

    assert not Draft.objects.exists()


def test_where_nobody_can_write_any_more_what_was_begun_can_be_copied(talk, ada, ben, type_in, signed_in):
    type_in(ada, "For you, in full")
    messaging.leave(ben, talk.pk)

    page = signed_in(ada).get(reverse("messaging:show-conversation", args=[talk.pk])).content.decode()

    assert "For you, in full" in page


@pytest.mark.parametrize("who", ["cleo", "ben"])
def test_a_stranger_or_blocked_person_saves_nothing(ada, ben, cleo, type_in, who):
    safety.block(ada, [ben.pk])

    assert type_in({"cleo": cleo, "ben": ben}[who], "Hel").status_code == 404


def test_what_does_not_fit_a_form_changes_nothing(ada, type_in, opened):
    type_in(ada, "Kept")

    assert type_in(ada, "With a \0 in it", 1).status_code == 422
    assert type_in(ada, "Words", -1).status_code == 422
    assert opened(ada)[0] == "Kept"


def test_the_key_for_what_waits_in_a_tab_is_ones_own(talk, ada, ben):
    keys = [drafts.tab_key(seat) for seat in talk.participants.all()]

    assert len(set(keys)) == 2
    assert {len(key) for key in keys} == {43}
    assert keys == [drafts.tab_key(seat) for seat in talk.participants.all()]


@pytest.mark.django_db(transaction=True)
def test_of_windows_that_save_at_once_one_is_kept_and_the_others_are_told(talk, ada):
    def save(number):
        try:
            return drafts.keep(ada, talk.pk, text=f"Window {number}", version=0)
        except drafts.Overtaken as told:
            return told

    answers = at_once(*[partial(save, number) for number in range(5)])

    kept = [answer for answer in answers if isinstance(answer, drafts.Begun)]
    assert [answer.text for answer in kept] == [drafts.draft_of(talk.participants.get(account=ada)).text]
    assert len(answers) == 5
