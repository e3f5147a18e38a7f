"""Search in one's own conversations: in memory, in bounded pieces, in no address."""

from typing import Any

import pytest
from django.urls import reverse

from positivesocials.messaging import searching, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.tests.test_pages import page
from positivesocials.safety import services as safety

pytestmark = pytest.mark.django_db
ADDRESS = reverse("messaging:search")


def texts(found):
    return [hit.before + hit.word + hit.after for hit in found.hits]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("At the CAFÉ", "cafe"),
        ("At the cafe", "Café"),
        ("Straße nach Norden", "STRASSE"),
        ("مُحَمَّد هنا", "محمد"),
        ("سـلام", "سلام"),
        ("أحمد", "احمد"),
        ("one two three", "three ONE"),
        ("καλός", "ΚΑΛΟΣ"),
    ],
)
def test_case_and_accents_do_not_matter(talk, ada, say, written, asked):
    say(ada, talk, written)

    assert len(searching.find(ada, words=asked).hits) == 1


def test_all_words_have_to_be_there(talk, ada, say):
    say(ada, talk, "The ferry is late")

    assert searching.find(ada, words="ferry early").hits == []


def test_both_sides_find_what_either_wrote(talk, ada, ben, cleo, say):
    say(ada, talk, "A lamp in the window")

    found = [len(searching.find(each, words="lamp").hits) for each in (ada, ben, cleo)]

    assert found == [1, 1, 0]


def test_what_was_taken_back_left_or_blocked_is_not_found(talk, ada, ben, cleo, say):
    messaging.take_back(ada, talk.pk, say(ada, talk, "lamp one").pk)
    other = messaging.open_conversation(ada.profile, cleo.profile)
    say(ada, other, "lamp two")
    messaging.leave(ada, other.pk)
    say(ada, talk, "lamp three")
    safety.block(ben, [ada.pk])

    assert searching.find(ada, words="lamp").hits == []


def test_the_newest_come_first_from_all_conversations(talk, ada, cleo, say):
    other = messaging.open_conversation(ada.profile, cleo.profile)
    for number, where in enumerate([talk, other, talk]):
        say(ada, where, f"lamp {number}")

    assert texts(searching.find(ada, words="lamp")) == ["lamp 2", "lamp 1", "lamp 0"]


PIECES: dict[str, Any] = {"words": "lamp", "most_opened": 3, "most_hits": 2}


def test_only_so_many_are_opened_and_looking_on_misses_none(talk, ada, say):
    for number in range(10):
        say(ada, talk, f"{'lamp' if number % 2 else 'ferry'} {number}")

    found, read, opened = searching.find(ada, **PIECES), [], []
    while True:
        read += texts(found)
        opened.append(found.opened)
        if not found.further:
            break
        found = searching.find(ada, **PIECES, further=found.further)

    assert read == ["lamp 9", "lamp 7", "lamp 5", "lamp 3", "lamp 1"]
    assert (max(opened), sum(opened)) == (3, 10)


def test_a_place_of_somebody_else_or_made_up_starts_anew(talk, ada, ben, say):
    for number in range(5):
        say(ada, talk, f"lamp {number}")
    theirs = searching.find(ben, **PIECES).further

    for place in (theirs, "made up", "a:b", theirs[:-1]):
        assert texts(searching.find(ada, **PIECES, further=place)) == ["lamp 4", "lamp 3"]


def test_a_long_text_is_shortened_around_the_word():
    before, word, after = searching.around("x" * 200 + " Café! " + "y" * 200, "cafe")

    assert word == "Café"
    assert (before[0], after[-1], len(before), len(after)) == ("…", "…", 61, 61)


def test_the_page_shows_hits_and_the_way_to_them(talk, ada, ben, say, signed_in):
    message = say(ben, talk, "A <b>lamp</b> in the window")

    shown = signed_in(ada).post(ADDRESS, {"words": "lamp"}).content.decode()

    assert "&lt;b&gt;<mark>lamp</mark>&lt;/b&gt;" in shown
    assert page(talk, "show-message", message.pk) in shown


def test_what_is_looked_for_is_taken_from_no_address(talk, ada, say, signed_in):
    say(ada, talk, "A lamp in the window")

    shown = signed_in(ada).get(ADDRESS, {"words": "lamp"}).content.decode()

    assert "window" not in shown
    assert 'value="lamp"' not in shown


def test_a_search_that_finds_nothing_says_how_far_it_went(talk, ada, say, signed_in):
    say(ada, talk)

    shown = signed_in(ada).post(ADDRESS, {"words": "lamp"}).content.decode()

    assert "Nothing found" in shown
    assert "Looked through 1 message," in shown
    assert "That is everything." in shown


@pytest.mark.parametrize("words", ["", "   ", "x" * 101])
def test_what_cannot_be_looked_for_is_said_in_the_form(ada, signed_in, words):
    assert signed_in(ada).post(ADDRESS, {"words": words}).status_code == 422


def test_marks_alone_find_nothing(talk, ada, say):
    say(ada, talk, "Café")

    assert searching.find(ada, words="\u0301").hits == []


def test_the_thirty_first_search_in_a_minute_waits(ada, signed_in, time_machine):
    time_machine.move_to("2026-11-25 10:00:00+00:00", tick=False)
    browser = signed_in(ada)

    answers = [browser.post(ADDRESS, {"words": "lamp"}).status_code for _ in range(31)]

    assert answers[29:] == [200, 429]


def test_more_hits_need_no_more_queries(talk, ada, ben, say, django_assert_max_num_queries):
    for _ in range(15):
        say(ben, talk, "lamp")

    with django_assert_max_num_queries(4):
        assert len(searching.find(ada, words="lamp").hits) == 15


@pytest.mark.parametrize("later", [0, 5, 30, 60, 120])
def test_a_hit_leads_to_the_page_it_stands_on(talk, ada, say, signed_in, later):
    say(ada, talk, "Before")
    message = say(ada, talk, "The lamp")
    for number in range(later):
        say(ada, talk, f"After {number}")
    browser = signed_in(ada)

    answer = browser.get(page(talk, "show-message", message.pk))
    address, _, anchor = answer.url.partition("#")

    assert anchor == f"m-{message.pk}"
    assert f'id="{anchor}"' in browser.get(address).content.decode()


def test_from_an_earlier_page_links_lead_on_to_the_newest_without_gaps(talk, ada, say, signed_in):
    first = say(ada, talk, "Number 0")
    for number in range(1, 2 * selectors.PAGE + 20):
        say(ada, talk, f"Number {number}")
    browser = signed_in(ada)
    shown = browser.get(browser.get(page(talk, "show-message", first.pk)).url.partition("#")[0]).context[
        "talk"
    ]

    read = [line.text for line in shown.lines]
    while not shown.is_newest:
        query = {"before": shown.newer} if shown.newer else {}
        shown = browser.get(page(talk), query).context["talk"]
        read += [line.text for line in shown.lines if line.text not in read]

    assert read == [f"Number {number}" for number in range(2 * selectors.PAGE + 20)]


def test_only_the_newest_page_says_that_it_is(talk, ada, say, signed_in):
    for number in range(selectors.PAGE + 5):
        say(ada, talk, f"Number {number}")
    browser = signed_in(ada)
    newest = browser.get(page(talk))

    older = browser.get(page(talk), {"before": newest.context["talk"].older})

    assert ("data-past" in newest.content.decode(), "data-past" in older.content.decode()) == (False, True)
    assert "To the newest" in older.content.decode()
