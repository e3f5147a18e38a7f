"""By what people could be known: how many of a few areas are of an age, and in a circle."""

from collections.abc import Collection
from dataclasses import dataclass, fields

import numpy as np

from positivesocials.matching.engine import codes
from positivesocials.matching.engine.columns import I32, I64, U8, U16, Bools, Columns
from positivesocials.matching.engine.lanes import Lane
from positivesocials.matching.engine.pool import Pool
from positivesocials.matching.engine.rank import Traits

YEARS = 2  # Ages as near as this are told apart by nobody who guesses.


@dataclass(frozen=True)
class Known:
    """What n people could be known by. `couples` (bool), `youngest`, `oldest` (uint8), `circles` (uint16),
    each of shape (n,), as in `columns`."""

    couples: Bools
    youngest: U8
    oldest: U8
    circles: U16

    def take(self, which: I64) -> "Known":
        return Known(*(getattr(self, f.name)[which] for f in fields(self)))

    def joined(self, other: "Known") -> "Known":
        return Known(*(np.concatenate([getattr(self, f.name), getattr(other, f.name)]) for f in fields(self)))

    def count(self, *, is_couple: bool, ages: Collection[int] = (), circles: int = 0) -> int:
        """How many are of this kind, near each of these ages and in all of these circles (bits)."""
        like = self.couples == is_couple
        like &= (self.circles & np.uint16(circles)) == circles
        for age in ages:
            near = (_apart(self.youngest, age) <= YEARS) | (_apart(self.oldest, age) <= YEARS)
            like &= near & (self.oldest != codes.NO_AGE_OLDEST)
        return int(np.count_nonzero(like))


def _apart(ages: U8, age: int) -> I64:
    return np.abs(ages.astype(np.int64) - age)


def of_columns(columns: Columns, cells: Collection[int] | None) -> Known:
    """The people of these cells, or all, in these columns."""
    wants = np.bitwise_or.reduce([asked.wants for asked in columns.asked.values()])
    which = np.flatnonzero(_lives_in(columns.cell, cells) & (wants != 0))
    known = Known(wants & codes.IS_COUPLE != 0, columns.youngest, columns.oldest, columns.circles)
    return known.take(which)


def of_pool(pool: Pool, cells: Collection[int] | None) -> Known:
    """The people of these cells, or all, in the pool."""
    traits = pool.base.traits
    here = _lives_in(traits.cell, cells)
    parts = [_of_lane(lane, traits, here) for lane in pool.base.lanes.values()]
    members = np.concatenate([members for members, _known in parts])
    known = parts[0][1]
    for _members, more in parts[1:]:
        known = known.joined(more)
    # Whoever is in both modes is one.
    _, once = np.unique(members, return_index=True)
    return known.take(once).joined(of_columns(pool.tail, cells))


def _of_lane(lane: Lane, traits: Traits, here: Bools) -> tuple[I32, Known]:
    rows = lane.rows
    which = np.flatnonzero(here[rows.member] & (rows.wants != 0))
    members = rows.member[which]
    couples = rows.wants[which] & codes.IS_COUPLE != 0
    return members, Known(couples, rows.youngest[which], rows.oldest[which], traits.circles[members])


def _lives_in(cell: I32, cells: Collection[int] | None) -> Bools:
    if cells is None:
        return np.ones(len(cell), dtype=np.bool_)
    return np.isin(cell, np.array(sorted(cells), dtype=np.int32))
