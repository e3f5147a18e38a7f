"""How many nice-to-haves somebody fits, for many pairs at once. Words are as in `nice`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from positivesocials.matching.engine import codes
from positivesocials.matching.engine.columns import I16, U8, U16, U64, Bools
from positivesocials.matching.engine.nice import CIRCLES, GOALS, HIGH, KINDS, LOW, REACH, SEARCHES

ASKS = np.uint64(2**64 - 1 - codes.IS_COUPLE)
Line = Callable[[U64, "Selves"], Bools]


@dataclass(frozen=True)
class Selves:
    """What n nice-to-haves are held against, one beside each; see `columns`. `own` is the self's own word,
    which says whether it is a couple. Every array has shape (n,)."""

    humans: U8
    youngest: U8
    oldest: U8
    goals: U16
    own: U64
    bands: U8
    shares: Bools


def met(words: U64, selves: Selves) -> I16:
    """How many nice-to-haves of each word the self beside it fits. int16 of shape (n,)."""
    count = np.zeros(len(words), dtype=np.int16)
    asked = np.bitwise_or.reduce(words)
    for mask, line in LINES:
        if asked & mask:
            count += line(words, selves)
    return count


def _kind(words: U64, selves: Selves) -> Bools:
    is_couple = (selves.own & np.uint64(codes.IS_COUPLE)) != 0
    own_kind = np.where(is_couple, np.uint64(codes.COUPLE), np.uint64(codes.INDIVIDUAL))
    fits: Bools = (words & own_kind) != 0
    return fits


def _searches(words: U64, selves: Selves) -> Bools:
    wanted = (words & np.uint64(SEARCHES)).astype(np.uint8)
    fits: Bools = ((selves.humans & wanted) != 0) & ((selves.humans >> np.uint8(4) & wanted) != 0)
    return fits


def _ages(words: U64, selves: Selves) -> Bools:
    low, high = _byte(words, LOW), _byte(words, HIGH)
    fits: Bools = (high != 0) & (selves.youngest >= low) & (selves.oldest <= high)
    return fits


def _goals(words: U64, selves: Selves) -> Bools:
    fits: Bools = ((words >> np.uint64(GOALS)).astype(np.uint16) & selves.goals) != 0
    return fits


def _near(words: U64, selves: Selves) -> Bools:
    # Without such a wish the byte is 0, and no band is below it.
    return selves.bands < _byte(words, REACH)


def _circles(words: U64, selves: Selves) -> Bools:
    fits: Bools = ((words & np.uint64(CIRCLES)) != 0) & selves.shares
    return fits


def _byte(words: U64, shift: int) -> U8:
    return (words >> np.uint64(shift) & np.uint64(255)).astype(np.uint8)


LINES: tuple[tuple[np.uint64, Line], ...] = (
    (np.uint64(KINDS), _kind),
    (np.uint64(SEARCHES), _searches),
    (np.uint64(255 << HIGH), _ages),
    (np.uint64(0xFFFF << GOALS), _goals),
    (np.uint64(255 << REACH), _near),
    (np.uint64(CIRCLES), _circles),
)
