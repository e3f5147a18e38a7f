"""Facts as people read them."""

import pytest
from django.utils import translation

from positivesocials.claims.printing import for_people, in_words

SAID = [
    ("40.8 million [37.0-45.6]", "40.8 million (between 37.0 and 45.6)"),
    ("630 000 [490 000-820 000]", "630,000 (between 490,000 and 820,000)"),
    ("128,500,000", "128.5 million"),
    ("8,000,000", "8 million"),
    ("3,800,000,000", "3.8 billion"),
    ("1,234,567", "1,234,567"),
    ("2-10%", "2–10%"),
    ("5-10 million", "5–10 million"),
    ("7 to 21 days", "7 to 21 days"),
    ("14 days", "14 days"),
    ("1 year", "1 year"),
    ("over 99 000 cases in 118+ countries", "over 99\N{NO-BREAK SPACE}000 cases in 118+ countries"),
    ("4.0% of women, 2.5% of men", "4.0% of women, 2.5% of men"),
    ("hazard ratio 0.37 (0.22-0.61)", "hazard ratio 0.37 (0.22–0.61)"),
    (
        "782-783 couples, 76 000-77 000 acts",
        "782–783 couples, 76\N{NO-BREAK SPACE}000–77\N{NO-BREAK SPACE}000 acts",
    ),
    ("no sex until a 7-day course is over", "no sex until a 7-day course is over"),
]
UNTOUCHED = [
    "HSV-2 on 2026-11-22",
    "benzathine penicillin G 2.4 million units intramuscular single dose",
    "metronidazole 500 mg by mouth twice a day for 7 days",
    "yes: 9-valent (6,11,16,18,31,33,45,52,58)",
]


@pytest.mark.parametrize(("value", "printed"), SAID, ids=[value for value, _printed in SAID])
def test_a_value_is_printed_for_people(value, printed):
    assert for_people(value) == printed


@pytest.mark.parametrize("value", UNTOUCHED)
def test_doses_names_and_days_stay_as_the_sheet_has_them(value):
    for code in ("en", "es", "ar"):
        with translation.override(code):
            assert for_people(value) == value


def test_numbers_are_written_as_the_language_of_the_page_writes_them():
    with translation.override("es"):
        assert for_people("40.8 million [37.0-45.6]").startswith("40,8 ")
        assert "37,0" in for_people("40.8 million [37.0-45.6]")
        assert for_people("630 000") == "630\N{NO-BREAK SPACE}000"


def test_what_was_counted_says_its_span_in_words():
    said = "new infections a year (95% UI 95.1-165.9 million) (world, age 15-49, 2016)"

    assert in_words(said) == "new infections a year (between 95.1 and 165.9 million) (world, age 15–49, 2016)"
