"""The layout: who takes part in a mode, sorted so that a search reads few and long stretches of memory.

The order is (tier of reach, cell, category, age). Tier 0 reaches 100 km at most, tier 1 500 km, tier 2
anywhere: someone far away can only be in a tier that accepts that far. Cells follow each other in Morton
order, so that an area is few stretches. Columns that a search reads take 17 bytes a row.
"""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from positivesocials.matching.engine import cells, codes
from positivesocials.matching.engine.columns import I32, I64, NO_CELL, U8, U16, U64, Asked, Columns
from positivesocials.profiles.places import ANYWHERE

TIERS = (3, 5, ANYWHERE)  # The widest band of each tier.


@dataclass(frozen=True)
class Rows:
    """What a search reads of n members in one mode; arrays have shape (n,), see `columns` for the bits.

    `shut` (uint16) is the circles, with bit 15 for everyone who does not insist on their own.
    `member` (int32) is the place of the row in the traits.
    """

    wants: U8
    humans: U8
    youngest: U8
    oldest: U8
    low: U8
    high: U8
    reach: U8
    hopes: U16
    asks: U16
    shut: U16
    member: I32

    def take(self, which: I64) -> "Rows":
        """A copy of these rows."""
        return Rows(*(np.take(getattr(self, f.name), which) for f in fields(self)))

    def cut(self, start: int, stop: int) -> "Rows":
        """A view of these rows."""
        return Rows(*(getattr(self, f.name)[start:stop] for f in fields(self)))


@dataclass(frozen=True)
class Tier:
    """Rows of one tier: its `n` occupied cells (int32) and where the rows of each begin (int64, n + 1)."""

    reach: int
    cells: I32
    starts: I64
    centres: I64
    rough: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lane:
    """Everyone who takes part in one mode."""

    rows: Rows
    tiers: tuple[Tier, ...]

    def __len__(self) -> int:
        return len(self.rows.wants)


def spatial(columns: Columns) -> I64:
    """The order of the traits: by cell, then category, then age. int64 of shape (n,)."""
    category = _category(columns.humans)
    key = cells.neighbourly(columns.cell) << np.uint64(16) | category << np.uint64(8)
    return np.argsort(key | columns.youngest, kind="stable")


def _category(humans: U8) -> U64:
    """Both humans' searches in six bits."""
    wide = humans.astype(np.uint64)
    return wide & np.uint64(7) | (wide >> np.uint64(1)) & np.uint64(0x38)


def lane(columns: Columns, mode: str) -> Lane:
    """The lane of a mode. `columns` are in spatial order, so that a stable sort by tier is all it takes."""
    asked = columns.asked[mode]
    # Without a cell of one's own nobody is near: it takes both to be anywhere.
    there = (asked.wants != 0) & ((columns.cell != NO_CELL) | (asked.reach == ANYWHERE))
    members = np.flatnonzero(there)
    tier = np.searchsorted(TIERS, asked.reach[members], side="left").astype(np.uint8)
    members = members[np.argsort(tier, kind="stable")]
    ends = np.cumsum(np.bincount(tier, minlength=len(TIERS)))
    rows = rows_of(columns, asked.take(members), members)
    placed = columns.cell[members]
    tiers = [
        _tier(reach, placed[start:stop], int(start))
        for reach, start, stop in zip(TIERS, np.concatenate([[0], ends]), ends, strict=False)
    ]
    return Lane(rows, tuple(tiers))


def rows_of(columns: Columns, asked: Asked, members: I64) -> Rows:
    """What a search reads of these members, in their order; `asked` is theirs already."""
    circles = columns.circles[members]
    return Rows(
        wants=asked.wants,
        humans=columns.humans[members],
        youngest=columns.youngest[members],
        oldest=columns.oldest[members],
        low=asked.low,
        high=asked.high,
        reach=asked.reach,
        hopes=columns.goals[members] | np.uint16(codes.ANY),
        asks=asked.asks,
        shut=np.where(asked.only != 0, circles, circles | np.uint16(codes.ANY)),
        member=members.astype(np.int32),
    )


def _tier(reach: int, placed: I32, offset: int) -> Tier:
    first = (
        np.flatnonzero(np.concatenate([[True], placed[1:] != placed[:-1]]))
        if len(placed)
        else np.array([], int)
    )
    occupied = placed[first]
    centres = cells.vectors(occupied)
    starts = np.concatenate([first, [len(placed)]]).astype(np.int64) + offset
    return Tier(reach, occupied, starts, centres, cells.directions(centres))


def size(of: object) -> int:
    """Bytes of every array in a dataclass of arrays, tuples and such dataclasses."""
    if isinstance(of, np.ndarray):
        return of.nbytes
    if isinstance(of, tuple | list):
        return sum(size(each) for each in of)
    if isinstance(of, dict):
        return sum(size(each) for each in of.values())
    if hasattr(of, "__dataclass_fields__"):
        return sum(size(getattr(of, name)) for name in of.__dataclass_fields__)
    return 0
