"""Slugs as bits: what a member says, in integers that a column can hold.

Bit 3 of a set of searches, and bit 15 of goals and of circles, are said by everyone: whoever asks nothing
asks for that bit, so that "asks nothing" needs no case of its own.
"""

from collections.abc import Iterable, Mapping

from positivesocials.profiles.choices import GOALS, INTERESTS, LANGUAGES, SEARCHES
from positivesocials.profiles.circles import CIRCLES

ANY_SEARCH = 1 << 3
ANY = 1 << 15
INDIVIDUAL, COUPLE = 1 << 4, 1 << 5  # Kinds that are wanted, in the byte of wants.
IS_COUPLE = 1 << 6
AVOIDS_NEW = 1 << 7  # In the byte of wants too: is not found by new accounts.
NO_AGE_YOUNGEST, NO_AGE_OLDEST = 0, 255  # Outside every window that asks for an age.

Codes = Mapping[str, int]


def _codes(slugs: Iterable[str], *, most: int) -> Codes:
    found = {slug: 1 << place for place, slug in enumerate(slugs)}
    if len(found) > most:
        raise ValueError(f"A column holds {most} choices; there are {len(found)}.")
    return found


SEARCH_CODES = _codes(SEARCHES, most=3)
GOAL_CODES = _codes(GOALS, most=15)
CIRCLE_CODES = _codes((circle.slug for circle in CIRCLES), most=15)
INTEREST_CODES = _codes(INTERESTS, most=64)
LANGUAGE_CODES = _codes(LANGUAGES, most=32)
KIND_CODES: Codes = {"individual": INDIVIDUAL, "couple": COUPLE}


def bits(codes: Codes, slugs: Iterable[str]) -> int:
    """The bits of these slugs together; a slug of another release has none."""
    total = 0
    for slug in slugs:
        total |= codes.get(slug, 0)
    return total


def slugs(codes: Codes, value: int) -> list[str]:
    """The slugs of these bits."""
    return [slug for slug, bit in codes.items() if value & bit]
