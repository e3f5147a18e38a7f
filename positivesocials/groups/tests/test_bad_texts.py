"""Texts that are far too long, built to be slow, or written to cheat the eye."""

import time
from uuid import uuid4

import pytest

from positivesocials.core import markdown
from positivesocials.core.refusals import Refused
from positivesocials.groups import founding, selectors
from positivesocials.groups.models import Post
from positivesocials.groups.tests.test_groups import post
from positivesocials.groups.tests.test_views import sent
from positivesocials.moderation import services as moderation
from positivesocials.replies.models import Reply
from positivesocials.replies.services import LONGEST

BOMBS = {
    "quotes": "> " * 2000 + "a",
    "lists": "".join("  " * level + "- a\n" for level in range(90)),
    "numbered": "1. " * 1200 + "a",
    "links": "[" * 2400 + "a" + "](b)" * 600,
    "open links": "[a](" * 1200,
    "references": "[a]: /" + "b" * 20 + "\n" + "[a]" * 1200,
    "emphasis": "*a **b " * 700,
    "stars": "*" * 5000,
    "underscores": "_a__" * 1200,
    "ticks": "".join("`" * size + " " for size in range(1, 95)),
    "table": "|a" * 600 + "|\n" + "|-" * 600 + "|\n" + "|b" * 600,
    "autolinks": "<http://a" * 500,
    "entities": "&#x1F600;" * 550,
    "html": "<b " * 1600,
    "fences": "```\n" * 1200,
    "escapes": "\\*" * 2400,
    "lines": "a  \n" * 1250,
}


@pytest.fixture
def welcome(db):
    return founding.found_welcome()


def test_a_hundred_thousand_characters_are_refused_and_none_is_lost(ada, signed_in, welcome):
    words = "marigold " * 11_112
    answer = signed_in(ada).post("/groups/welcome/write/", sent(text=words))

    assert "at most 5000 characters" in answer.text
    assert answer.text.count("marigold ") >= 11_111
    assert not Post.objects.exists()
    with pytest.raises(Refused, match="longer"):
        post(ada, welcome, text=words)


def test_a_reply_of_a_hundred_thousand_characters_is_refused_and_none_is_lost(ada, signed_in, welcome):
    moderation.trust([ada.pk])
    hers = post(ada, welcome)
    said = {"voice": str(ada.profile.persona_id), "text": "marigold " * 11_112, "client_key": str(uuid4())}
    answer = signed_in(ada).post(f"/groups/welcome/{hers.pk}/reply/", said)

    assert "at most 5000 characters" in answer.text
    assert answer.text.count("marigold ") >= 11_111
    assert not Reply.objects.exists()


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_built_to_be_slow_is_drawn_in_bounded_time_and_size(name):
    text = BOMBS[name][:LONGEST]
    began = time.process_time()
    html = markdown.render(text)
    took = time.process_time() - began

    assert took < 1.0
    assert len(html) < 40 * LONGEST
    assert len(markdown.plain(text)) <= LONGEST


def test_a_bomb_is_kept_and_shown_in_list_thread_and_search(ada, client, welcome):
    from positivesocials.groups import finding

    moderation.trust([ada.pk])
    for name in ("quotes", "emphasis", "links"):
        post(ada, welcome, text=BOMBS[name][:LONGEST])

    assert client.get("/groups/welcome/").status_code == 200
    assert all(
        client.get(f"/groups/welcome/{pk}/").status_code == 200
        for pk in Post.objects.values_list("pk", flat=True)
    )
    assert finding.newest_posts(None, limit=9, says=lambda text: 1, most=9)


def test_marks_that_turn_or_hide_text_do_not_get_in(ada, client, welcome):
    moderation.trust([ada.pk])
    turned = "safe \u202egnirts\u202c \u2066isolated\u2069 zero\x00null \x1b[31m"
    hers = post(ada, welcome, text=turned, title="Title \u202eeltit")

    view = selectors.view_of(hers, None)
    assert not any(sign in f"{view.text}{view.title}" for sign in "\u202e\u202c\u2066\u2069\x00\x1b")
    html = client.get(f"/groups/welcome/{hers.pk}/").text
    assert 'dir="auto"' in html
    assert "\u202e" not in html


def test_a_text_in_arabic_keeps_its_marks_and_its_direction(ada, welcome):
    moderation.trust([ada.pk])
    words = "\u0645\u0631\u062d\u0628\u0627 \u200fHIV\u200f"

    assert words in str(selectors.view_of(post(ada, welcome, text=words), None).text)
