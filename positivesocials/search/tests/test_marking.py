"""What is marked in a line that was found."""

from positivesocials.search import marking


def hits(text, *terms):
    return [piece.text for piece in marking.marked(text, frozenset(terms)) if piece.is_hit]


def test_a_single_sign_is_marked_behind_the_word_it_belongs_to():
    assert hits("HSV-1 is common, in 1 of 3 people.", "hsv", "1") == ["HSV", "1"]


def test_a_single_sign_alone_is_no_hit():
    assert hits("About 1 in 3 people.", "hsv", "1") == []
