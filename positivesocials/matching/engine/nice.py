"""Nice-to-haves as one number for each mode.

A word (uint64) holds in bits 0-2 searches, 4-5 kinds of profile, 7 "people of my circles", 8-15 and 16-23 the
youngest and oldest age, 24-39 goals, and 40-47 the widest band plus one. A line that is a must-have, or asks
nothing, is 0 there. Bit 6 says that the member is a couple, and asks nothing.
"""

from positivesocials.matching.engine import codes
from positivesocials.matching.engine.codes import bits
from positivesocials.matching.models import Mode
from positivesocials.matching.wishes import OLDEST, YOUNGEST, Wishes
from positivesocials.profiles.places import ANYWHERE

PLACES = {mode: place for place, mode in enumerate(Mode.values)}
SEARCHES, KINDS, CIRCLES = 7, codes.INDIVIDUAL | codes.COUPLE, 1 << 7
LOW, HIGH, GOALS, REACH = 8, 16, 24, 40


def word(liked: Wishes, *, is_couple: bool) -> int:
    """What `Wishes.liked` asks, as one number."""
    said = bits(codes.SEARCH_CODES, liked.searches) | bits(codes.KIND_CODES, liked.kinds)
    said |= codes.IS_COUPLE if is_couple else 0
    said |= CIRCLES if liked.circles_only else 0
    if liked.asks_age:
        said |= liked.age_from << LOW | liked.age_to << HIGH
    said |= bits(codes.GOAL_CODES, liked.goals) << GOALS
    return said | (liked.band + 1 << REACH if liked.band < ANYWHERE else 0)


def wishes(word: int) -> Wishes:
    """What a word asks, as wishes."""
    reach, asks_age = word >> REACH & 255, word >> HIGH & 255 != 0
    return Wishes(
        kinds=tuple(codes.slugs(codes.KIND_CODES, word)),
        searches=tuple(codes.slugs(codes.SEARCH_CODES, word)),
        band=reach - 1 if reach else ANYWHERE,
        goals=tuple(codes.slugs(codes.GOAL_CODES, word >> GOALS & 0xFFFF)),
        circles_only=bool(word & CIRCLES),
        age_from=word >> LOW & 255 if asks_age else YOUNGEST,
        age_to=word >> HIGH & 255 if asks_age else OLDEST,
    )
