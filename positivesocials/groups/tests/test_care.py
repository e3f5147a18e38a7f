"""Before a post or a reply: what gives somebody away; and help where words call for it."""

import pytest

from positivesocials.groups import founding
from positivesocials.groups.models import Post
from positivesocials.groups.tests.test_groups import post
from positivesocials.groups.tests.test_views import sent
from positivesocials.moderation import services as moderation
from positivesocials.replies.models import Reply

NUMBER = "Call me on +44 7700 900123 tonight"
DARK = "I want to kill myself"


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


@pytest.fixture
def hers(ada, welcome):
    moderation.trust([ada.pk])
    return post(ada, welcome, text="Hello all")


def test_a_number_in_a_post_is_asked_about_once_and_then_its_writers_to_decide(ada, signed_in, welcome):
    browser, words = signed_in(ada), sent(text=NUMBER)
    asked = browser.post("/groups/welcome/write/", words)

    assert (asked.status_code, Post.objects.exists()) == (428, False)
    assert "Post it anyway" in asked.text
    assert NUMBER in asked.text
    browser.post("/groups/welcome/write/", {**words, "sure": "on"})
    assert Post.objects.exists()


def test_replies_and_changed_posts_are_looked_over_too(ada, ben, hers, signed_in):
    said = {"voice": str(ben.profile.persona_id), "text": NUMBER, "client_key": "c"}
    path = f"/groups/welcome/{hers.pk}/"

    assert signed_in(ben).post(f"{path}reply/", said).status_code == 428
    assert signed_in(ada).post(f"{path}edit/", {"text": "Hello", "title": NUMBER}).status_code == 428
    assert not Reply.objects.exists()
    signed_in(ben).post(f"{path}reply/", {**said, "sure": "on"})
    assert Reply.objects.exists()


def test_a_preview_shows_what_gives_away_and_whom_to_call(ada, ben, hers, signed_in):
    said = {"voice": str(ben.profile.persona_id), "client_key": "c"}
    path = f"/groups/welcome/{hers.pk}/"
    previews = (
        (ada, "/groups/welcome/write/preview/", sent()),
        (ada, f"{path}edit/", {"preview": "1"}),
        (ben, f"{path}reply/preview/", said),
    )

    for writer, address, form in previews:
        shown = signed_in(writer).post(address, {**form, "text": f"{DARK}. {NUMBER}"})
        assert shown.status_code == 200
        for words in ("This is how it will look", "Before you post", "It is shown because of some words"):
            assert words in shown.text


def test_help_is_there_at_once_for_the_writer_and_a_word_for_readers(ada, ben, hers, welcome, signed_in):
    dark = post(ada, welcome, text=DARK)
    path = f"/groups/welcome/{dark.pk}/"

    assert "It is shown because of some words" in signed_in(ada).get(path).text
    read = signed_in(ben).get(path).text
    assert "It is shown because of some words" not in read
    assert "Help is here." in read
    assert "Help is here." in signed_in(ben).get("/groups/welcome/").text
    assert "Help is here." not in signed_in(ben).get(f"/groups/welcome/{hers.pk}/").text
