"""Answers to value questions as bit planes, and how satisfied two people would be with each other's.

A row of answers has ten planes of 64 questions (uint64), question n at bit n - 1: 0-2 the reply given (three
bits, 1 to 5 for a to e, 0 for none), 3-7 whether reply a, b, c, d or e of another is welcome, 8-9 the
importance (two bits, 0 to 3; 0 too where every reply or none is welcome). Visible answers have bits and no
others, so that no order betrays a private one.

`satisfaction` says for many at once, to the last bit, what `affinity.Affinity.satisfied` says of two.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from positivesocials.matching.affinity import DOUBT
from positivesocials.matching.answers import WEIGHTS, Answer, Given, Importance, visible
from positivesocials.matching.questions import LETTERS, QUESTIONS

U64 = npt.NDArray[np.uint64]
F32 = npt.NDArray[np.float32]
Plane = U64 | np.uint64

GIVEN, WELCOME, IMPORTANCE, PLANES = 0, 3, 8, 10
MOST_QUESTIONS = 64
EACH = np.arange(PLANES, dtype=np.uint16)
LITTLE, SOMEWHAT, VERY = (WEIGHTS[step] for step in Importance if step)
# What the first bit of the importance adds, what the second, and what both together add to that.
ADDED = (LITTLE, SOMEWHAT, VERY - SOMEWHAT - LITTLE)


def among(numbers: Collection[int]) -> int:
    """The bits of these questions."""
    if max(numbers, default=1) > MOST_QUESTIONS:
        raise ValueError(f"A plane holds {MOST_QUESTIONS} questions.")
    return sum(1 << (number - 1) for number in set(numbers))


def packed(everyone: Sequence[Given]) -> U64:
    """What n people answered visibly. uint64 of shape (n, PLANES)."""
    codes = np.zeros((len(everyone), MOST_QUESTIONS), dtype=np.uint16)
    for row, given in enumerate(everyone):
        for number, answer in visible(given).items():
            codes[row, number - 1] = _code(number, answer)
    bits = (codes[:, None, :] >> EACH[:, None] & np.uint16(1)).astype(np.uint8)
    planes: U64 = np.packbits(bits, axis=2, bitorder="little").view("<u8")[:, :, 0]
    return planes


def _code(number: int, answer: Answer) -> int:
    """One answer's bit in each plane."""
    reply = 1 + LETTERS.index(answer.reply)
    welcome = sum(1 << LETTERS.index(letter) for letter in answer.accepts)
    importance = int(answer.importance) if answer.asks(QUESTIONS[number]) else 0
    return reply << GIVEN | welcome << WELCOME | importance << IMPORTANCE


@dataclass(frozen=True)
class Replies:
    """One person's planes, ready to be compared with many; or those of n, each with one."""

    answered: Plane
    given: tuple[Plane, ...]
    welcome: tuple[Plane, ...]
    important: tuple[Plane, ...]

    @classmethod
    def of(cls, row: U64, questions: int) -> "Replies":
        """From one row of shape (PLANES,), or from n of shape (PLANES, n): of these questions only."""
        counted = np.uint64(questions)
        low, middle, high = (plane & counted for plane in row[GIVEN:WELCOME])
        return cls(
            answered=low | middle | high,
            given=(low & ~middle & ~high, middle & ~low, middle & low, high & ~low, high & low),
            welcome=tuple(plane & counted for plane in row[WELCOME:IMPORTANCE]),
            important=_important(row),
        )


def _important(row: U64) -> tuple[Plane, ...]:
    first, second = row[IMPORTANCE], row[IMPORTANCE + 1]
    return first, second, first & second


def satisfaction(mine: Replies, theirs: U64) -> tuple[F32, F32]:
    """How satisfied I would be with each of n others, and each of them with me: float32 from 0 to 1.

    `theirs` has shape (PLANES, n). With nothing in common both are a half. Whole numbers divided once, so
    the result is the same on every machine.
    """
    low, middle, high = theirs[GIVEN:WELCOME]
    common = (low | middle | high) & mine.answered
    they_welcome = theirs[WELCOME] & mine.given[0]
    for place in range(1, len(LETTERS)):
        they_welcome |= theirs[WELCOME + place] & mine.given[place]
    my_share = _share(mine.important, _welcomed(mine.welcome, low, middle, high), common)
    return my_share, _share(_important(theirs), they_welcome, common)


def _welcomed(welcome: tuple[Plane, ...], low: U64, middle: U64, high: U64) -> U64:
    """Which of the replies given are among the welcome ones: of these, one is chosen by the three bits."""
    a, b, c, d, e = welcome
    one, two_or_three, four_or_five = low & a, b ^ (low & (b ^ c)), d ^ (low & (d ^ e))
    below_four = one ^ (middle & (one ^ two_or_three))
    found: U64 = below_four ^ (high & (below_four ^ four_or_five))
    return found


def _share(important: tuple[Plane, ...], welcomed: U64, common: U64) -> F32:
    # Both at once: for a few hundred people a call costs more than what it does.
    both = np.stack((welcomed, common))
    weights: npt.NDArray[np.uint16] = np.zeros(both.shape, dtype=np.uint16)
    for added, plane in zip(ADDED, important, strict=True):
        weights += np.bitwise_count(both & plane) * np.uint16(added)
    got, whole = weights.astype(np.float32)
    share: F32 = (got + np.float32(DOUBT / 2)) / (whole + np.float32(DOUBT))
    return share
