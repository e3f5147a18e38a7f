"""Everybody at once: traits, a lane for each mode, and the tail of what changed since they were laid out.

Someone who changes is taken out of the sorted part and put at the end of an unsorted one, which every
search reads whole. Once that has grown, `laid_out` sorts everything anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from uuid import UUID

import numpy as np

from positivesocials.matching.compat import Side
from positivesocials.matching.engine import answers, cells, codes, lanes, query, rank
from positivesocials.matching.engine.columns import (
    I32,
    I64,
    TYPES,
    U64,
    Asked,
    Columns,
    encoded,
    halves,
    joined,
)
from positivesocials.matching.engine.lanes import Lane
from positivesocials.matching.engine.query import Found, Viewer
from positivesocials.matching.engine.rank import Counted, Taste, Traits
from positivesocials.matching.models import Mode
from positivesocials.matching.questions import asked_in
from positivesocials.profiles.choices import goals_in
from positivesocials.profiles.places import band

MOST_TAIL = 256  # And one in fifty of the sorted part.


def _counted(place: int, mode: str) -> Counted:
    goals = codes.bits(codes.GOAL_CODES, goals_in(mode))
    return Counted(goals, answers.among(asked_in(mode)), appeal=2 * place, choosy=2 * place + 1)


COUNTED_IN = {mode: _counted(place, mode) for place, mode in enumerate(Mode.values)}


@dataclass(frozen=True)
class Base:
    """The sorted part; nothing in it moves. `by_id` (uint64) are first halves of ids, sorted, and `places`
    (int32) whose they are. Both have shape (n,)."""

    traits: Traits
    lanes: Mapping[str, Lane]
    by_id: U64
    places: I32

    @classmethod
    def of(cls, columns: Columns) -> "Base":
        """Lay out n members: O(n log n), some seconds for a million."""
        columns = columns.take(lanes.spatial(columns))
        order = np.argsort(columns.ids[:, 0], kind="stable")
        return cls(
            Traits.of(columns),
            {mode: lanes.lane(columns, mode) for mode in columns.asked},
            columns.ids[order, 0],
            order.astype(np.int32),
        )

    def place(self, pk: UUID) -> int | None:
        """Where in the traits this profile is."""
        first, second = halves(pk)
        start = int(np.searchsorted(self.by_id, np.uint64(first), side="left"))
        while start < len(self.by_id) and int(self.by_id[start]) == first:
            place = int(self.places[start])
            if int(self.traits.ids[place, 1]) == second:
                return place
            start += 1
        return None

    @property
    def bytes(self) -> int:
        return lanes.size((self.traits, dict(self.lanes), self.by_id, self.places))

    def columns(self) -> Columns:
        """Everyone who is still in a lane, as columns again: what the next base is made of."""
        count = len(self.traits)
        humans, youngest, oldest = (np.zeros(count, dtype=np.uint8) for _ in range(3))
        asked = {mode: _nothing_asked(count) for mode in self.lanes}
        for mode, lane in self.lanes.items():
            rows, here, what = lane.rows, lane.rows.member, asked[mode]
            humans[here], youngest[here], oldest[here] = rows.humans, rows.youngest, rows.oldest
            what.wants[here], what.low[here], what.high[here] = rows.wants, rows.low, rows.high
            what.asks[here], what.reach[here] = rows.asks, rows.reach
            what.only[here] = (rows.shut & np.uint16(codes.ANY)) == 0
        plain = {f.name: getattr(self.traits, f.name) for f in fields(self.traits)}
        everyone = Columns(**plain, humans=humans, youngest=youngest, oldest=oldest, asked=asked)
        return everyone.take(_in_some_lane(everyone))


def _nothing_asked(count: int) -> Asked:
    return Asked(*(np.zeros(count, dtype=TYPES[f.name]) for f in fields(Asked)))


def _in_some_lane(columns: Columns) -> I64:
    there = [asked.wants != 0 for asked in columns.asked.values()]
    return np.flatnonzero(np.logical_or.reduce(there))


@dataclass(frozen=True)
class Proposed:
    """Ids of profiles in the order of `rank`, and how many fit in all."""

    ids: list[UUID]
    count: int


class Pool:
    """A base and its tail. One thread at a time changes or searches it."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.tail = encoded([])
        self._places: dict[UUID, int] = {}  # Of the living rows of the tail.

    @classmethod
    def of(cls, sides: Sequence[Side]) -> "Pool":
        return cls(Base.of(encoded(sides)))

    def change(self, sides: Iterable[Side], *, gone: Iterable[UUID] = ()) -> None:
        """From now on these profiles say this, and those are in nobody's list."""
        coming = list(sides)
        for pk in [*gone, *(side.id for side in coming)]:
            self._take_out(pk)
        for place, side in enumerate(coming, start=len(self.tail)):
            self._places[side.id] = place
        if coming:
            self.tail = joined(self.tail, encoded(coming))

    def _take_out(self, pk: UUID) -> None:
        tail_place = self._places.pop(pk, None)
        if tail_place is not None:
            for asked in self.tail.asked.values():
                asked.wants[tail_place] = 0
        place = self.base.place(pk)
        if place is not None:
            for lane in self.base.lanes.values():
                _take_out_of(lane, place)

    @property
    def is_ragged(self) -> bool:
        """Whether laying everything out anew is worth it."""
        return len(self.tail) > max(MOST_TAIL, len(self.base.traits) // 50)

    def columns(self) -> Columns:
        """A copy of everyone as of now, to lay out anew."""
        return joined(self.base.columns(), self.tail.take(_in_some_lane(self.tail)))

    def search(self, side: Side, mode: str, *, most: int, lot: int, without: Iterable[UUID] = ()) -> Proposed:
        """The best `most` of those who fit this side both ways, without some; `lot` as in `rank.best`."""
        mine = encoded([side])
        away = {side.id, *without}
        found = self._found(mine, mode, away)
        taste = Taste.of(mine, 0, COUNTED_IN[mode])
        parts = [
            rank.best(traits, taste, each, most, lot)
            for traits, each in zip((self.base.traits, Traits.of(self.tail)), found, strict=True)
        ]
        return Proposed(rank.merged(parts, most), sum(len(each) for each in found))

    def count(self, side: Side, mode: str, *, without: Iterable[UUID] = ()) -> int:
        """How many fit."""
        found = self._found(encoded([side]), mode, {side.id, *without})
        return sum(len(each) for each in found)

    def ids(self, side: Side, mode: str, *, without: Iterable[UUID] = ()) -> list[UUID]:
        """Everyone who fits, in no order."""
        base, tail = self._found(encoded([side]), mode, {side.id, *without})
        return rank.uuids(self.base.traits.ids[base.members]) + rank.uuids(self.tail.ids[tail.members])

    def _found(self, mine: Columns, mode: str, away: set[UUID]) -> tuple[Found, Found]:
        viewer = Viewer.of(mine, 0, mode)
        base = query.fitting(self.base.lanes[mode], viewer)
        places = [place for pk in away if (place := self.base.place(pk)) is not None]
        tail_places = [self._places[pk] for pk in away if pk in self._places]
        return _without(base, places), _without(self._found_in_tail(viewer, mode), tail_places)

    def _found_in_tail(self, viewer: Viewer, mode: str) -> Found:
        everyone = np.arange(len(self.tail))
        rows = lanes.rows_of(self.tail, self.tail.asked[mode], everyone)
        # Many rows of a tail may share a cell; it is short, so each has its own vector.
        centres = cells.vectors(self.tail.cell)
        bands = cells.bands(viewer.cell, self.tail.cell, centres, cells.directions(centres))
        return query.fitting_rows(rows, bands, viewer)


def _without(found: Found, places: list[int]) -> Found:
    if not places:
        return found
    return found.keep(np.isin(found.members, np.array(places, dtype=np.int32), invert=True))


def _take_out_of(lane: Lane, place: int) -> None:
    """In each tier the members ascend, so that a place is found by halving."""
    # Of the column's own type: for another one the whole column would be converted.
    wanted = np.int32(place)
    for tier in lane.tiers:
        start, stop = int(tier.starts[0]), int(tier.starts[-1])
        at = start + int(np.searchsorted(lane.rows.member[start:stop], wanted))
        if at < stop and lane.rows.member[at] == place:
            lane.rows.wants[at] = 0


def in_order(own: Side, sides: Sequence[Side], mode: str, *, most: int, lot: int) -> list[UUID]:
    """The first `most` of these sides as a search would order them."""
    columns, mine = encoded(sides), encoded([own])
    bands = np.array([band(own.cell, side.cell) for side in sides], dtype=np.uint8)
    found = Found(np.arange(len(sides), dtype=np.int32), bands)
    best = rank.best(Traits.of(columns), Taste.of(mine, 0, COUNTED_IN[mode]), found, most, lot)
    return rank.uuids(best.ids)
