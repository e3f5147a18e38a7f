"""Answers to value questions as bit planes, and how satisfied two people would be with each other's.

A row of answers has nine planes of 64 questions (uint64): 0-1 the reply given (two bits), 2 whether there
is one, 3-6 whether reply 0, 1, 2 or 3 of another is accepted, 7-8 the importance (two bits, 0 to 3).
A plane keeps only what may be shown, so that no order betrays a private answer.

Source: the two-way satisfaction of OkCupid's match percentage (C. Rudder, "The math behind OkCupid"),
damped for few common answers.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from positivesocials.matching.engine.columns import F32, U64

GIVEN, ANSWERED, ACCEPTED, IMPORTANCE = 0, 2, 3, 7
WEIGHTS = (0, 1, 6, 20)
Plane = U64 | np.uint64
DOUBT = 20  # As if this much weight had been answered half to one's liking.


@dataclass(frozen=True)
class Replies:
    """One person's planes, ready to be compared with many; or those of n, each with one."""

    answered: Plane
    given: tuple[Plane, ...]
    accepted: tuple[Plane, ...]
    important: tuple[Plane, ...]

    @classmethod
    def of(cls, row: U64) -> "Replies":
        """From one row of shape (9,), or from n of shape (9, n)."""
        low, high, answered = row[GIVEN], row[GIVEN + 1], row[ANSWERED]
        first, second = row[IMPORTANCE], row[IMPORTANCE + 1]
        return cls(
            answered=answered,
            given=(
                ~high & ~low & answered,
                ~high & low & answered,
                high & ~low & answered,
                high & low & answered,
            ),
            accepted=tuple(row[ACCEPTED : ACCEPTED + 4]),
            important=(~second & first, second & ~first, second & first),
        )


def satisfaction(mine: Replies, theirs: U64) -> tuple[F32, F32]:
    """How satisfied I would be with each of n others, and each of them with me: float32 from 0 to 1.

    `theirs` has shape (9, n). With nothing in common both are a half. Whole numbers divided once, so the
    result is the same on every machine.
    """
    low, high, answered = theirs[GIVEN], theirs[GIVEN + 1], theirs[ANSWERED] & mine.answered
    first, second = theirs[IMPORTANCE], theirs[IMPORTANCE + 1]
    a0, a1, a2, a3 = mine.accepted
    # Choosing by the two bits of a reply: (high ? (low ? a3 : a2) : (low ? a1 : a0)).
    if_low, if_high = a0 ^ (low & (a0 ^ a1)), a2 ^ (low & (a2 ^ a3))
    i_accept = (if_low ^ (high & (if_low ^ if_high))) & answered
    they_accept = theirs[ACCEPTED] & mine.given[0]
    for reply in (1, 2, 3):
        they_accept |= theirs[ACCEPTED + reply] & mine.given[reply]
    they_accept &= answered
    my_share = _share(mine.important, i_accept, answered)
    return my_share, _share((~second & first, second & ~first, second & first), they_accept, answered)


def _share(important: tuple[Plane, ...], accepted: U64, common: U64) -> F32:
    earned = _weighed(important, accepted)
    possible = _weighed(important, common)
    share: F32 = (earned + np.float32(DOUBT / 2)) / (possible + np.float32(DOUBT))
    return share


def _weighed(important: tuple[Plane, ...], chosen: U64) -> F32:
    total: npt.NDArray[np.uint16] = np.zeros(len(chosen), dtype=np.uint16)
    for weight, plane in zip(WEIGHTS[1:], important, strict=True):
        total += np.bitwise_count(plane & chosen) * np.uint16(weight)
    return total.astype(np.float32)
