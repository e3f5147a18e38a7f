"""Which words show help: every line of the list."""

import time

import pytest

from positivesocials.care.crisis import signs_in
from positivesocials.care.tests.listed import code_of, crisis_lines

PARTS = [
    "i want to ",
    "i ",
    "i really just still ",
    ". ",
    "kms ",
    "he hit ",
    "ﷺ",
    "k*ll ",
    "i'm ",
    "aaaa",
    "اريد ان ",
    "used to kill myself. ",
    "1a",
    "'",
    "a'",
    "@",
    "my friend ",
    "i i want to die ",
    "\u200b",
    "my head ",
    "i want to think of killing him ",
    "they all left ",
    "in the film ",
    "pills or ",
]


@pytest.mark.parametrize(("sign", "language", "text"), crisis_lines("crisis.txt"))
def test_words_are_a_sign_of_what_the_list_says(sign, language, text):
    assert code_of(signs_in(text)) == sign


def test_the_list_is_long_enough_to_mean_something():
    signs = [sign for sign, _language, _text in crisis_lines("crisis.txt")]

    assert len(signs) >= 800
    assert signs.count("-") >= 250


@pytest.mark.parametrize("part", PARTS)
def test_no_text_takes_long(part):
    text = part * (100_000 // len(part))
    started = time.process_time()

    signs_in(text)

    assert time.process_time() - started < 3


def test_a_sign_at_the_end_of_a_long_post_is_seen():
    assert code_of(signs_in("I slept well and went to work. " * 3200 + "I want to die")) == "2"
