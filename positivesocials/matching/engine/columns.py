"""Open facets as columns: one row a member, in no order. What the engine is built from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from uuid import UUID

import numpy as np
import numpy.typing as npt

from positivesocials.matching.compat import Bias, Side
from positivesocials.matching.engine import codes
from positivesocials.matching.engine.answers import packed
from positivesocials.matching.engine.codes import bits
from positivesocials.matching.models import Mode
from positivesocials.matching.wishes import Wishes

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I8 = npt.NDArray[np.int8]
I16 = npt.NDArray[np.int16]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
F32 = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]

NO_CELL = -1


@dataclass(frozen=True)
class Asked:
    """What n members look for in one mode. Every array has shape (n,).

    `wants` (uint8): bits 0-2 searches, bit 3 any search, bits 4-5 kinds of profile, bit 6 is a couple
    itself; 0 where the mode is off. `low`, `high` (uint8, years): the ages asked for, 0 and 255 if none
    are. `asks` (uint16): goals, bit 15 if none is. `reach` (uint8): the widest band. `only` (uint8): 1 for
    "my circles only".
    """

    wants: U8
    low: U8
    high: U8
    asks: U16
    reach: U8
    only: U8

    def take(self, rows: Any) -> Self:
        return type(self)(*(getattr(self, f.name)[rows] for f in fields(self)))


@dataclass(frozen=True)
class Columns:
    """What n members say of themselves. Arrays have shape (n,) unless told otherwise.

    `ids` (uint64, (n, 2)): the halves of the profile's id. `humans` (uint8): searches of the first human in
    bits 0-2 and of the second, or again the first, in bits 4-6; bits 3 and 7 always. `youngest`, `oldest`
    (uint8, years): 0 and 255 where an age is not said. `cell` (int32): -1 where it is not said. `goals`,
    `circles` (uint16), `interests` (uint64), `languages` (uint32): bits as in `codes`. `answers` (uint64,
    (n, 10)): see `answers`. `learned` (int8, (n, 4)): appeal and choosiness in each mode, in the order of
    `Mode`, in sixteenths of a logit; 0 without consent.
    """

    ids: U64
    humans: U8
    youngest: U8
    oldest: U8
    cell: I32
    goals: U16
    circles: U16
    interests: U64
    languages: U32
    answers: U64
    learned: I8
    asked: Mapping[str, Asked]

    def __len__(self) -> int:
        return len(self.humans)

    def take(self, rows: Any) -> Self:
        plain = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name != "asked"}
        return type(self)(**plain, asked={mode: asked.take(rows) for mode, asked in self.asked.items()})


def joined(*parts: Columns) -> Columns:
    """The rows of all parts, one after the other."""
    names = [f.name for f in fields(Columns) if f.name != "asked"]
    plain = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    asked = {mode: _joined([part.asked[mode] for part in parts]) for mode in parts[0].asked}
    return Columns(**plain, asked=asked)


def _joined(parts: Sequence[Asked]) -> Asked:
    return Asked(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Asked)))


def encoded(sides: Sequence[Side]) -> Columns:
    """Sides as columns, in their order."""
    said = [_said(side) for side in sides]
    names = [f.name for f in fields(Columns) if f.name not in ("asked", "answers")]
    plain = {
        name: np.array([row[place] for row in said], dtype=TYPES[name]) for place, name in enumerate(names)
    }
    if not sides:
        plain |= {name: np.zeros((0, width), dtype=TYPES[name]) for name, width in WIDTHS.items()}
    plain["answers"] = packed([side.answers for side in sides])
    return Columns(**plain, asked={mode: _encoded(sides, mode) for mode in Mode.values})


TYPES: Mapping[str, Any] = {
    "ids": np.uint64,
    "humans": np.uint8,
    "youngest": np.uint8,
    "oldest": np.uint8,
    "cell": np.int32,
    "goals": np.uint16,
    "circles": np.uint16,
    "interests": np.uint64,
    "languages": np.uint32,
    "answers": np.uint64,
    "learned": np.int8,
    "wants": np.uint8,
    "low": np.uint8,
    "high": np.uint8,
    "asks": np.uint16,
    "reach": np.uint8,
    "only": np.uint8,
}


WIDTHS = {"ids": 2, "learned": 2 * len(Mode)}


def halves(pk: UUID) -> tuple[int, int]:
    return pk.int >> 64, pk.int & (2**64 - 1)


def _said(side: Side) -> tuple[Any, ...]:
    """One row, in the order of the fields of Columns, without answers."""
    searches = [bits(codes.SEARCH_CODES, human.searches) | codes.ANY_SEARCH for human in side.humans]
    ages = [human.age for human in side.humans]
    known = [age for age in ages if age is not None]
    all_known = bool(ages) and len(known) == len(ages)
    return (
        halves(side.id),
        searches[0] | searches[-1] << 4,
        min(known) if all_known else codes.NO_AGE_YOUNGEST,
        max(known) if all_known else codes.NO_AGE_OLDEST,
        NO_CELL if side.cell is None else side.cell,
        bits(codes.GOAL_CODES, side.goals),
        bits(codes.CIRCLE_CODES, side.circles),
        bits(codes.INTEREST_CODES, side.interests),
        bits(codes.LANGUAGE_CODES, side.languages),
        [number for mode in Mode.values for number in side.learned.get(mode, Bias())],
    )


def _encoded(sides: Sequence[Side], mode: str) -> Asked:
    rows = [_asked(side, side.wish(mode), mode) for side in sides]
    names = [f.name for f in fields(Asked)]
    return Asked(*(np.array([r[p] for r in rows], dtype=TYPES[n]) for p, n in enumerate(names)))


def _asked(side: Side, wish: Wishes, mode: str) -> tuple[int, ...]:
    if mode != Mode.DATING:
        wish = replace(wish, searches=(), age_from=Wishes.age_from, age_to=Wishes.age_to)
    kinds = bits(codes.KIND_CODES, wish.kinds or codes.KIND_CODES)
    searches = bits(codes.SEARCH_CODES, wish.searches) if wish.searches else codes.ANY_SEARCH
    own = codes.IS_COUPLE if side.kind == "couple" else 0
    return (
        (kinds | searches | own) if wish.on else 0,
        wish.age_from if wish.asks_age else codes.NO_AGE_YOUNGEST,
        wish.age_to if wish.asks_age else codes.NO_AGE_OLDEST,
        bits(codes.GOAL_CODES, wish.goals) if wish.goals else codes.ANY,
        wish.band,
        int(wish.circles_only),
    )
