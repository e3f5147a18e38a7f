"""No text is long enough, and none twisted enough, to keep a server busy: the parser's work is counted."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positivesocials.core.markdown import MOST_FAILED, render, render_page

LONGEST = 5000
# Calls of functions for each sign of a text. What people write takes about five.
MOST_CALLS = 40
SIGNS = "[]()!*_`<>&\\ a\n:-\"'1.#|"


def work(text, draw=render):
    calls = 0

    def count(_frame, event, _argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        draw(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("draw", [render, render_page])
@pytest.mark.parametrize(
    "part", ["[", "![[", "[[]", "[a](", "[a][", "[*", "*[", "![", "[]", "*a_", "**a", "`", "<", "> ", "- "]
)
def test_no_repeated_sign_takes_the_parser_long(part, draw):
    text = (part * LONGEST)[:LONGEST]

    assert work(text, draw) < MOST_CALLS * LONGEST
    assert work(text, draw) < 2.5 * work(text[: LONGEST // 2], draw) + 1000


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.text(SIGNS, min_size=1, max_size=6), st.integers(1, 400)), min_size=1, max_size=4)
)
def test_no_mixture_of_signs_takes_the_parser_long(parts):
    text = "".join(part * times for part, times in parts)[:2000]

    # Each line asks every rule for blocks. What grows with the square of a text is far above this.
    assert work(text) < 10 * MOST_CALLS * max(len(text), 200)


def test_open_brackets_are_signs_and_what_follows_them_is_still_a_link():
    text = "[ " * (MOST_FAILED // 4) + "and [here](https://example.org/)"

    assert render(text).count("[") == MOST_FAILED // 4
    assert ">here</a>" in render(text)


def test_any_number_of_links_and_of_matched_brackets_stays():
    links = render(" ".join(f"[{number}](https://example.org/{number})" for number in range(120)))
    boxes = render("- [ ] a task\n" * 200 + "\n[here](https://example.org/)")

    assert links.count("<a ") == 120
    assert boxes.count("[ ]") == 200
    assert ">here</a>" in boxes


def test_more_open_brackets_than_anybody_needs_show_as_typed():
    shown = render("[" * LONGEST)

    assert shown.count("[") == LONGEST
    assert "<a" not in shown
