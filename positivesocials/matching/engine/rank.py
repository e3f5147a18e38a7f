"""In which order those who fit are shown: what is likely to please both comes first.

Each side's interest in the other is a logistic chance from answers, what they share, the band and, only
for those who consented, learned biases. The order follows the harmonic mean of the two chances, so that a
wish of one side alone does not carry anybody up. Place enters by the band alone; inside equal chances a
lot drawn for each viewer and day decides, so that the order says nothing about where somebody is.
"""

from dataclasses import dataclass, fields
from typing import Self
from uuid import UUID

import numpy as np

from positivesocials.matching.engine.answers import Replies, satisfaction
from positivesocials.matching.engine.codes import ANY
from positivesocials.matching.engine.columns import F32, I8, I16, I32, I64, U8, U16, U32, U64, Columns
from positivesocials.matching.engine.query import Found

MOST_COMMON = 4
STEPS = 16  # Of one logit: chances are looked up by whole sixteenths, the same on every machine.
LIMIT = 8  # Logits at most, either way.
PIECE = 1 << 13

BASE = -16
BY_BAND = np.array([8, 6, 4, 2, 0, -2, -4], dtype=np.int16)
BY_SATISFACTION = 64
BY_COMMON = 4


def _odds_against() -> F32:
    logits = np.arange(-LIMIT * STEPS, LIMIT * STEPS + 1, dtype=np.float64) / STEPS
    return np.exp(-logits).astype(np.float32)


AGAINST = _odds_against()


@dataclass(frozen=True)
class Traits:
    """What the order reads of n members, in spatial order; 120 bytes each, see `columns`."""

    ids: U64
    cell: I32
    circles: U16
    goals: U16
    interests: U64
    languages: U32
    answers: U64
    learned: I8

    @classmethod
    def of(cls, columns: Columns) -> Self:
        return cls(*(getattr(columns, f.name) for f in fields(cls)))

    def take(self, rows: I32 | I64) -> "Traits":
        return Traits(*(np.take(getattr(self, f.name), rows, axis=0) for f in fields(self)))

    def __len__(self) -> int:
        return len(self.cell)


@dataclass(frozen=True)
class Chances:
    """Odds against: of the viewer liking each of n, and of each liking the viewer. float32, (n,)."""

    mine: F32
    theirs: F32

    @property
    def both(self) -> F32:
        """The harmonic mean of the two chances, 2 / (2 + odds against one + odds against the other)."""
        mean: F32 = np.float32(2) / (np.float32(2) + self.mine + self.theirs)
        return mean

    @property
    def likes(self) -> F32:
        chance: F32 = np.float32(1) / (np.float32(1) + self.mine)
        return chance

    @property
    def liked(self) -> F32:
        chance: F32 = np.float32(1) / (np.float32(1) + self.theirs)
        return chance

    def take(self, which: I64) -> "Chances":
        return Chances(self.mine[which], self.theirs[which])


@dataclass(frozen=True)
class Counted:
    """What counts in one mode: its goals and questions, as bits, and where in `learned` its biases are."""

    goals: int
    questions: int
    appeal: int
    choosy: int


@dataclass(frozen=True)
class Taste:
    """The viewer's side of the order, or those of n viewers of n pairs; only of what counts in the mode."""

    replies: Replies
    interests: U64 | np.uint64
    languages: U32 | np.uint32
    circles: U16 | np.uint16
    goals: U16 | np.uint16
    appeal: I8 | np.int8
    choosy: I8 | np.int8
    counted: Counted

    @classmethod
    def of(cls, traits: Traits | Columns, rows: int | I32, counted: Counted) -> Self:
        learned = traits.learned[rows]
        return cls(
            replies=Replies.of(np.ascontiguousarray(traits.answers[rows].T), counted.questions),
            interests=traits.interests[rows],
            languages=traits.languages[rows],
            circles=traits.circles[rows] & np.uint16(ANY - 1),
            goals=traits.goals[rows] & np.uint16(counted.goals),
            appeal=learned[..., counted.appeal],
            choosy=learned[..., counted.choosy],
            counted=counted,
        )


def chances(traits: Traits, taste: Taste, found: Found) -> Chances:
    """How likely the viewer and each of n found members like each other."""
    starts = range(0, len(found), PIECE)
    pieces = [_chances(traits, taste, found.cut(start, start + PIECE)) for start in starts]
    if not pieces:
        return Chances(np.zeros(0, np.float32), np.zeros(0, np.float32))
    return Chances(np.concatenate([p.mine for p in pieces]), np.concatenate([p.theirs for p in pieces]))


def chances_of_pairs(traits: Traits, viewers: I32, others: I32, bands: U8, counted: Counted) -> Chances:
    """The same for n pairs, all arrays of shape (n,): to the bit what `chances` says of each."""
    return _chances(traits, Taste.of(traits, viewers, counted), Found(others, bands))


def _chances(traits: Traits, taste: Taste, found: Found) -> Chances:
    members = found.members
    planes = np.ascontiguousarray(np.take(traits.answers, members, axis=0).T)
    satisfied, pleasing = satisfaction(taste.replies, planes)
    shared = BY_BAND[found.bands] + _common(traits, taste, members) * np.int16(BY_COMMON) + np.int16(BASE)
    # Wide enough for every sum before it is limited.
    learned, at = np.take(traits.learned, members, axis=0), taste.counted
    me = shared + learned[:, at.appeal] - np.asarray(taste.choosy, dtype=np.int16)
    them = shared - learned[:, at.choosy] + np.asarray(taste.appeal, dtype=np.int16)
    return Chances(_against(me, satisfied), _against(them, pleasing))


def _common(traits: Traits, taste: Taste, members: I32) -> U8:
    """How many interests, goals, circles and languages the two share, up to a few."""
    common = np.bitwise_count(np.take(traits.interests, members) & taste.interests)
    common += np.bitwise_count(np.take(traits.goals, members) & taste.goals)
    common += np.bitwise_count(np.take(traits.circles, members) & taste.circles)
    common += (np.take(traits.languages, members) & taste.languages) != 0
    few: U8 = np.minimum(common, np.uint8(MOST_COMMON))
    return few


def _against(sixteenths: I16, satisfied: F32) -> F32:
    logit = (satisfied * np.float32(BY_SATISFACTION)).astype(np.int16) - np.int16(BY_SATISFACTION // 2)
    place = np.clip(logit + sixteenths, -LIMIT * STEPS, LIMIT * STEPS) + np.int16(LIMIT * STEPS)
    odds: F32 = np.take(AGAINST, place)
    return odds


@dataclass(frozen=True)
class Ordered:
    """The first of those found: ids (uint64, (n, 2)), members (int32), and what they are ordered by, (n,)."""

    ids: U64
    members: I32
    likely: F32
    drawn: U64

    def first(self, most: int) -> "Ordered":
        order = np.lexsort((self.drawn, -self.likely))[:most]
        return Ordered(self.ids[order], self.members[order], self.likely[order], self.drawn[order])


def best(traits: Traits, taste: Taste, found: Found, most: int, lot: int) -> Ordered:
    """The first `most` of those found, in order.

    `lot` is the viewer's secret number of the day, below 2**64.
    """
    likely, members = chances(traits, taste, found).both, found.members
    if len(likely) > most:
        # Everybody who ties with the last of them takes part in the lot.
        least = np.partition(likely, len(likely) - most)[len(likely) - most]
        chosen = np.flatnonzero(likely >= least)
        likely, members = likely[chosen], members[chosen]
    ids = np.take(traits.ids, members, axis=0)
    return Ordered(ids, members, likely, lots(ids[:, 0], lot)).first(most)


def merged(parts: list[Ordered], most: int) -> list[UUID]:
    """The ids of the first `most` of several orders drawn by one lot."""
    together = Ordered(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Ordered)))
    return uuids(together.first(most).ids)


def uuids(ids: U64) -> list[UUID]:
    """Halves of shape (n, 2) as ids."""
    return [UUID(int=first << 64 | second) for first, second in ids.tolist()]


def lots(ids: U64, lot: int) -> U64:
    """A number drawn for each of n ids (uint64) by a key.

    The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
    """
    mixed = ids ^ np.uint64(lot)
    mixed = (mixed ^ mixed >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ mixed >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return mixed ^ mixed >> np.uint64(31)
