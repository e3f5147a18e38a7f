"""Who fits: an exact search over a lane, by whole stretches and narrow columns.

Every must-have is a comparison of small integers that holds for all rows of a stretch at once. Distance is
decided per occupied cell, exactly as `places.band` does, and spread over the rows of the cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np

from positivesocials.matching.engine import cells, codes
from positivesocials.matching.engine.columns import I32, I64, U8, Bools, Columns
from positivesocials.matching.engine.lanes import Lane, Rows, Tier
from positivesocials.profiles.places import ANYWHERE

GAP = 4096  # Rows: reading over a gap this short costs less than another stretch.
PIECE = 1 << 16  # Rows at once, so that what is between stays in the cache.


@dataclass(frozen=True)
class Viewer:
    """The one who looks, in one mode; bits as in `columns`. `kept_from` are bits of wants of those whom they
    do not find."""

    wants: int
    humans: int
    youngest: int
    oldest: int
    low: int
    high: int
    reach: int
    hopes: int
    asks: int
    shut: int
    cell: int
    kept_from: int = 0

    @classmethod
    def of(cls, columns: Columns, row: int, mode: str, *, kept_from: int = 0) -> "Viewer":
        asked = columns.asked[mode]
        circles = int(columns.circles[row])
        return cls(
            wants=int(asked.wants[row]),
            humans=int(columns.humans[row]),
            youngest=int(columns.youngest[row]),
            oldest=int(columns.oldest[row]),
            low=int(asked.low[row]),
            high=int(asked.high[row]),
            reach=int(asked.reach[row]),
            hopes=int(columns.goals[row]) | codes.ANY,
            asks=int(asked.asks[row]),
            shut=circles if asked.only[row] else circles | codes.ANY,
            cell=int(columns.cell[row]),
            kept_from=kept_from,
        )

    @classmethod
    def at(cls, rows: Rows, row: int, cell: int) -> "Viewer":
        """Someone of a lane."""
        named = [f.name for f in fields(cls) if f.name not in ("cell", "kept_from")]
        return cls(**{name: int(getattr(rows, name)[row]) for name in named}, cell=cell)


@dataclass(frozen=True)
class Found:
    """Members who fit (int32, by their place in the traits) and the band to each (uint8). Both (n,)."""

    members: I32
    bands: U8

    def __len__(self) -> int:
        return len(self.members)

    def cut(self, start: int, stop: int) -> "Found":
        return Found(self.members[start:stop], self.bands[start:stop])

    def keep(self, which: Bools | I64) -> "Found":
        return Found(self.members[which], self.bands[which])


NOBODY = Found(np.zeros(0, np.int32), np.zeros(0, np.uint8))


def fitting(lane: Lane, viewer: Viewer) -> Found:
    """Everyone in the lane who fits both ways, in the order of the lane; the viewer too, if they fit."""
    if not viewer.wants:
        return NOBODY
    pieces = [piece for tier in lane.tiers for piece in _of_tier(lane.rows, tier, viewer)]
    return joined(pieces)


def fitting_rows(rows: Rows, bands: U8, viewer: Viewer) -> Found:
    """The same over loose rows, whose bands from the viewer are given."""
    if not viewer.wants or not len(bands):
        return NOBODY
    fits = bands <= np.minimum(rows.reach, viewer.reach)
    fits &= admitted(rows, viewer)
    return Found(rows.member, bands).keep(np.flatnonzero(fits))


def near(lane: Lane, cell: int, reach: int) -> tuple[Rows, U8]:
    """Whoever is within `reach` of a cell and would go as far, and the band to each: what all viewers of
    that cell and reach have in common."""
    parts = [part for tier in lane.tiers for part in _near_in(lane.rows, tier, cell, reach)]
    rows = [np.zeros(0, np.int64), *(rows for rows, _ in parts)]
    return lane.rows.take(np.concatenate(rows)), np.concatenate(
        [np.zeros(0, np.uint8), *(b for _, b in parts)]
    )


def _near_in(rows: Rows, tier: Tier, cell: int, reach: int) -> Iterator[tuple[I64, U8]]:
    to = cells.bands(cell, tier.cells, tier.centres, tier.rough)
    reached = to <= min(reach, tier.reach)
    to[~reached] = cells.BEYOND
    for first, last in _stretches(reached, tier.starts):
        apart = np.repeat(to[first:last], np.diff(tier.starts[first : last + 1]))
        start = int(tier.starts[first])
        here = np.flatnonzero(apart <= rows.reach[start : start + len(apart)])
        yield here + start, apart[here]


def joined(found: list[Found]) -> Found:
    if not found:
        return NOBODY
    members, bands = np.concatenate([f.members for f in found]), np.concatenate([f.bands for f in found])
    return Found(members, bands)


def _of_tier(rows: Rows, tier: Tier, viewer: Viewer) -> Iterator[Found]:
    near = cells.bands(viewer.cell, tier.cells, tier.centres, tier.rough)
    reached = near <= min(viewer.reach, tier.reach)
    near[~reached] = cells.BEYOND
    for first, last in _stretches(reached, tier.starts):
        yield from _of_stretch(rows, tier, near, viewer, first, last)


def _stretches(reached: Bools, starts: I64) -> list[tuple[int, int]]:
    """Ranges of cells that hold everyone reached, joined over short gaps."""
    chosen = np.flatnonzero(reached)
    if not len(chosen):
        return []
    # Rows of cells that are not reached, between one chosen cell and the next.
    gaps = starts[chosen[1:]] - starts[chosen[:-1] + 1]
    cut = np.flatnonzero(gaps > GAP)
    firsts = chosen[np.concatenate([[0], cut + 1])]
    lasts = chosen[np.concatenate([cut, [len(chosen) - 1]])]
    return list(zip(firsts.tolist(), (lasts + 1).tolist(), strict=True))


def _of_stretch(rows: Rows, tier: Tier, near: U8, viewer: Viewer, first: int, last: int) -> Iterator[Found]:
    begins = tier.starts[first : last + 1]
    bands = np.repeat(near[first:last], np.diff(begins))
    offset, end = int(begins[0]), int(begins[-1])
    for start in range(offset, end, PIECE):
        stop = min(start + PIECE, end)
        piece, apart = rows.cut(start, stop), bands[start - offset : stop - offset]
        fits = admitted(piece, viewer)
        # A tier that reaches anywhere asks nothing more; what is beyond the viewer has been marked.
        fits &= apart != cells.BEYOND if tier.reach == ANYWHERE else apart <= piece.reach
        where = np.flatnonzero(fits)
        if len(where):
            yield Found(piece.member[where], apart[where])


def admitted(rows: Rows, viewer: Viewer) -> Bools:
    """All must-haves of both sides but distance. Rows that were taken out want no kind at all."""
    fits: Bools = (rows.wants & _kind_of(viewer)) != 0
    if viewer.wants & codes.COUPLE == 0:
        fits &= (rows.wants & codes.IS_COUPLE) == 0
    elif viewer.wants & codes.INDIVIDUAL == 0:
        fits &= (rows.wants & codes.IS_COUPLE) != 0
    first, second = viewer.humans & 15, viewer.humans >> 4
    fits &= (rows.wants & first) != 0
    if second != first:
        fits &= (rows.wants & second) != 0
    if viewer.wants & codes.ANY_SEARCH == 0:
        wanted = viewer.wants & 7
        fits &= (rows.humans & wanted) != 0
        fits &= (rows.humans & (wanted << 4)) != 0
    fits &= rows.low <= viewer.youngest
    fits &= rows.high >= viewer.oldest
    if (viewer.low, viewer.high) != (codes.NO_AGE_YOUNGEST, codes.NO_AGE_OLDEST):
        fits &= rows.youngest >= viewer.low
        fits &= rows.oldest <= viewer.high
    fits &= (rows.asks & viewer.hopes) != 0
    if viewer.asks != codes.ANY:
        fits &= (rows.hopes & viewer.asks) != 0
    fits &= (rows.shut & viewer.shut) != 0
    if viewer.kept_from:
        fits &= (rows.wants & viewer.kept_from) == 0
    return fits


def _kind_of(viewer: Viewer) -> int:
    return codes.COUPLE if viewer.wants & codes.IS_COUPLE else codes.INDIVIDUAL
