"""What is noticed before posting: every line of the list."""

import time

import pytest

from positivesocials.care.noticing import Kind, findings_in
from positivesocials.care.tests.listed import noticing_lines

PARTS = [
    "0",
    "0 ",
    "1-",
    "a@",
    "a ",
    "at ",
    "a at b dot ",
    "12 a ",
    "calle a ",
    "my name is ",
    "i am A ",
    "photo ",
    "a.",
    "+",
    "one ",
    "هذه ",
    "((((",
    "send me a ",
    "does this look like ",
    "look at my ",
    "W1 1",
    "flat 1 a ",
    "ﷺ",
    "شارع ا ",
    "a.b",
    "i can post ",
    "o ",
    "l|",
    "rua A ",
    "a street ",
    "my name is john ",
    "a dash ",
    "go by A a ",
    "gmail: a.",
    "a @ a . ",
]


@pytest.mark.parametrize(("kinds", "has_picture", "language", "text"), noticing_lines("noticing.txt"))
def test_what_the_list_says_is_noticed(kinds, has_picture, language, text):
    found = {str(finding.kind) for finding in findings_in(text, has_picture=has_picture)}

    assert found == (set() if kinds == "-" else set(kinds.split("+")))


def test_a_finding_says_where_it_stands_in_what_was_written():
    text = "Hé, ça va? ＋４４ ７７００ ９００１２３ is mine, \u200bwrite to jane@example.com."

    found = {one.kind: text[one.start : one.end] for one in findings_in(text)}

    assert found == {Kind.PHONE: "＋４４ ７７００ ９００１２３", Kind.MAIL: "jane@example.com."[:-1]}


@pytest.mark.parametrize("part", PARTS)
def test_no_text_takes_long(part):
    text = part * (100_000 // len(part))
    started = time.process_time()

    findings_in(text, has_picture=True)

    assert time.process_time() - started < 3
