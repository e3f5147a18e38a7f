import pytest

from positivesocials.core import wording

CYRILLIC_A, CYRILLIC_E, CYRILLIC_O = "\u0430", "\u0435", "\u043e"
GREEK_O, GREEK_CAPITAL_A, GREEK_CAPITAL_H = "\u03bf", "\u0391", "\u0397"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada", f"Ad{CYRILLIC_A}"),
        ("Ada", f"{GREEK_CAPITAL_A}da"),
        ("Quiet Heron", f"Quiet H{CYRILLIC_E}r{CYRILLIC_O}n"),
        ("Quiet Heron", f"quiet her{GREEK_O}n"),
        ("Quiet Heron", f"Quiet {GREEK_CAPITAL_H}eron"),
        ("Quiet Heron", "Quiet-Heron"),
        ("Quiet Heron", "QuietHeron."),
        ("Quiet Heron", "Qu\u200biet H\u00e9ron"),
        ("Lily", "Iily"),
        ("Lily", "l1ly"),
        ("Bob", "B0b"),
        ("Bernard", "Bemard"),
        ("Ben", "\uff22\uff25\uff2e"),
        ("\u0413\u043b\u0435\u0431", "\u0433\u043b\u0435\u0431"),
        ("\u039d\u03af\u03ba\u03bf\u03c2", "\u03bd\u03b9\u03ba\u03bf\u03c2"),
    ],
)
def test_names_that_read_alike_are_one(first, second):
    assert wording.is_one_name(first, second)
    assert wording.is_one_name(second, first)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ada", "Ida"),
        ("Heron 1", "Heron 2"),
        ("Quiet Heron", "Quiet Hare"),
        ("\U0001f98a", "\U0001f43b"),
        ("\u0628\u062f\u0631", "\u0628\u062f\u0648\u0631"),
        ("\u092e\u0940\u0930\u093e", "\u0930\u093e\u092e"),
        ("", "Ada"),
    ],
)
def test_names_that_read_differently_are_two(first, second):
    assert not wording.is_one_name(first, second)
