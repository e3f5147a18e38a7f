import doctest

import pytest

from positivesocials.search import folding, marking, nearness


def test_the_examples_in_the_words_hold():
    assert doctest.testmod(folding).failed == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("sífilis", "SIFILIS"),
        ("Māori", "maori"),
        ("condón", "condones"),
        ("HSV-2", "hsv2"),
        ("partner's", "partners"),
        ("tested", "testing"),
        ("batteries", "battery"),
        ("الإيدز", "ايدز"),
        ("مُتَعَايِش", "متعايش"),
        ("المدرسة", "مدرسه"),
        ("٣", "3"),
    ],
)
def test_words_that_differ_in_signs_and_endings_are_one(one, other):
    assert folding.terms(one) == folding.terms(other)


def test_words_of_other_meaning_stay_apart():
    assert (
        len({folding.terms(word)[0] for word in ("virus", "viral", "HIV", "HPV", "HSV", "test", "text")}) == 7
    )


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("herpes", "herpies", 1), ("scabies", "sacbies", 1), ("hiv", "hiv", 0), ("mpox", "rose", 3)],
)
def test_slips_are_counted(one, other, slips):
    assert nearness.distance(one, other, most=2) == slips


def test_a_short_word_is_never_taken_for_another():
    assert nearness.nearest("hvi", ["hiv", "hpv"]) == []


def test_the_nearest_are_those_with_the_fewest_slips():
    assert nearness.nearest("chlamidia", ["chlamydia", "clamidia", "hives"]) == ["chlamydia", "clamidia"]


def test_marked_pieces_say_the_same_text():
    text = "Some tests for <b>HIV</b>; a test result."

    pieces = marking.marked(text, frozenset({"test", "hiv"}))

    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.is_hit] == ["tests", "HIV", "test"]


def test_the_excerpt_is_where_most_of_the_words_stand_together():
    text = "A test is free. " + "Something else. " * 60 + "The test for scabies is a look. " + "More. " * 60

    shown = "".join(piece.text for piece in marking.excerpt("", text, frozenset({"test", "scaby"})))

    assert "The test for scabies" in shown
    assert len(shown) < 300
