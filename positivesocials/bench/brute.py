"""The comparator: one full scan over every member, written apart from the engine. And columns as sides.

The scan knows no layout and no shortcut, so that what the engine finds can be held against it.
"""

from uuid import UUID

import numpy as np

from positivesocials.matching.answers import Answer, Importance
from positivesocials.matching.compat import Bias, Human, Side
from positivesocials.matching.engine import cells, codes
from positivesocials.matching.engine.answers import GIVEN, IMPORTANCE, WELCOME
from positivesocials.matching.engine.codes import slugs
from positivesocials.matching.engine.columns import I64, NO_CELL, U8, U64, Asked, Bools, Columns
from positivesocials.matching.models import Mode
from positivesocials.matching.questions import LETTERS, QUESTIONS
from positivesocials.matching.wishes import OLDEST, YOUNGEST, Wishes
from positivesocials.profiles.places import ANYWHERE

WELCOMED = {letter: 1 << WELCOME + place for place, letter in enumerate(LETTERS)}


class Scan:
    """Everyone in one mode, in the order of `columns`."""

    def __init__(self, columns: Columns, mode: str) -> None:
        self.columns, self.asked = columns, columns.asked[mode]
        self.cells, self.at = np.unique(columns.cell, return_inverse=True)
        self.centres = cells.vectors(self.cells)
        self.rough = cells.directions(self.centres)

    def bands(self, row: int) -> U8:
        """The band from one member to each, uint8 of shape (n,)."""
        near = cells.bands(int(self.columns.cell[row]), self.cells, self.centres, self.rough)
        everyone: U8 = near[self.at]
        return everyone

    def fitting(self, row: int) -> tuple[I64, U8]:
        """Who fits this member, by row, and the bands to them."""
        bands = self.bands(row)
        fits = self._admits(row, bands) & self._is_admitted(row, bands)
        where = np.flatnonzero(fits)
        return where, bands[where]

    def _admits(self, row: int, bands: U8) -> Bools:
        """Whether this member's must-haves admit each."""
        c, a = self.columns, self.asked
        wants, is_couple = a.wants[row], (a.wants & codes.IS_COUPLE) != 0
        fits: Bools = np.where(is_couple, wants & codes.COUPLE, wants & codes.INDIVIDUAL) != 0
        fits &= (a.wants != 0) & (bands <= a.reach[row])
        fits &= (((c.humans & wants) & 15) != 0) & (((c.humans >> 4) & wants & 15) != 0)
        fits &= (c.youngest >= a.low[row]) & (c.oldest <= a.high[row])
        fits &= ((c.goals | codes.ANY) & a.asks[row]) != 0
        return fits & self._shares_circles(row) if a.only[row] else fits

    def _is_admitted(self, row: int, bands: U8) -> Bools:
        """Whether each one's must-haves admit this member."""
        c, a = self.columns, self.asked
        kind = codes.COUPLE if a.wants[row] & codes.IS_COUPLE else codes.INDIVIDUAL
        fits: Bools = ((a.wants & kind) != 0) & bool(a.wants[row]) & (bands <= a.reach)
        fits &= ((c.humans[row] & 15 & a.wants) != 0) & ((c.humans[row] >> 4 & a.wants) != 0)
        fits &= (a.low <= c.youngest[row]) & (a.high >= c.oldest[row])
        fits &= (a.asks & (int(c.goals[row]) | codes.ANY)) != 0
        fits &= (a.only == 0) | self._shares_circles(row)
        return fits

    def _shares_circles(self, row: int) -> Bools:
        shares: Bools = (self.columns.circles & self.columns.circles[row]) != 0
        return shares


def side(columns: Columns, row: int) -> Side:
    """One row as `compatible` reads it."""
    first, second = int(columns.humans[row]) & 7, int(columns.humans[row]) >> 4 & 7
    is_couple = any(int(asked.wants[row]) & codes.IS_COUPLE for asked in columns.asked.values())
    ages = [int(columns.youngest[row]), int(columns.oldest[row])]
    known = ages != [codes.NO_AGE_YOUNGEST, codes.NO_AGE_OLDEST]
    humans = [
        Human(frozenset(slugs(codes.SEARCH_CODES, bits)), age if known else None)
        for bits, age in zip((first, second), ages, strict=True)
    ]
    return Side(
        id=UUID(int=int(columns.ids[row, 0]) << 64 | int(columns.ids[row, 1])),
        kind="couple" if is_couple else "individual",
        humans=tuple(humans if is_couple else humans[:1]),
        cell=None if columns.cell[row] == NO_CELL else int(columns.cell[row]),
        goals=frozenset(slugs(codes.GOAL_CODES, int(columns.goals[row]))),
        circles=frozenset(slugs(codes.CIRCLE_CODES, int(columns.circles[row]))),
        wishes={mode: _wishes(asked, row) for mode, asked in columns.asked.items()},
        interests=frozenset(slugs(codes.INTEREST_CODES, int(columns.interests[row]))),
        languages=frozenset(slugs(codes.LANGUAGE_CODES, int(columns.languages[row]))),
        answers=answers_in(columns.answers[row]),
        learned={
            mode: Bias(*columns.learned[row, 2 * place : 2 * place + 2].tolist())
            for place, mode in enumerate(Mode.values)
        },
    )


def answers_in(planes: U64) -> dict[int, Answer]:
    """One row of planes as answers."""
    code = {number: _code(planes, number - 1) for number in QUESTIONS}
    return {
        number: Answer(
            reply=LETTERS[(bits >> GIVEN & 7) - 1],
            accepts=frozenset(slugs(WELCOMED, bits)),
            importance=Importance(bits >> IMPORTANCE),
            is_visible=True,
        )
        for number, bits in code.items()
        if bits & 7
    }


def _code(planes: U64, place: int) -> int:
    """One question's bit of each plane."""
    return sum((int(plane) >> place & 1) << number for number, plane in enumerate(planes.tolist()))


def _wishes(asked: Asked, row: int) -> Wishes:
    wants, ages = int(asked.wants[row]), (int(asked.low[row]), int(asked.high[row]))
    asks_ages = ages != (codes.NO_AGE_YOUNGEST, codes.NO_AGE_OLDEST)
    return Wishes(
        on=wants != 0,
        kinds=tuple(slugs(codes.KIND_CODES, wants)),
        searches=tuple(slugs(codes.SEARCH_CODES, wants)),
        age_from=ages[0] if asks_ages else YOUNGEST,
        age_to=ages[1] if asks_ages else OLDEST,
        band=min(int(asked.reach[row]), ANYWHERE),
        goals=tuple(slugs(codes.GOAL_CODES, int(asked.asks[row]))),
        circles_only=bool(asked.only[row]),
    )
