"""What ought to be true, in plain Python and in the words of the rules: nothing here asks the product.

Whether two sides fit is the statement in words that `compatible` is held against.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from positivesocials.matching.compat import Human, Side
from positivesocials.matching.tests.test_compat import fits_in_words
from positivesocials.matching.wishes import Wishes

MODES = ("friends", "dating")
LIKE, NOT_NOW, LATER = "like", "not-now", "later"
Pair = frozenset[UUID]


@dataclass
class Person:
    """One account. `age` is in whole years, at the start of the quarter."""

    id: UUID
    searches: tuple[str, ...]
    birth_year: int
    circles: tuple[str, ...]

    def human(self, today: date) -> Human:
        # All are born in December, so that nobody has had the birthday yet.
        return Human(frozenset(self.searches), today.year - self.birth_year - 1)


@dataclass
class Face:
    """One profile: of one person, or of two who are a couple."""

    id: UUID
    owners: tuple[Person, ...]
    names: list[str]
    place: int
    goals: tuple[str, ...]
    wishes: dict[str, Wishes]
    is_hidden: bool = False
    is_paused: bool = False

    @property
    def is_listed(self) -> bool:
        return not (self.is_hidden or self.is_paused)

    def side(self, today: date) -> Side:
        return Side(
            id=self.id,
            kind="couple" if len(self.owners) == 2 else "individual",
            humans=tuple(owner.human(today) for owner in self.owners),
            cell=self.place,
            goals=frozenset(self.goals),
            circles=frozenset(circle for owner in self.owners for circle in owner.circles),
            wishes=self.wishes,
        )


@dataclass
class Model:
    today: date
    people: dict[UUID, Person] = field(default_factory=dict)
    faces: dict[UUID, Face] = field(default_factory=dict)
    blocks: set[tuple[UUID, UUID]] = field(default_factory=set)
    linked: set[Pair] = field(default_factory=set)
    said: dict[tuple[UUID, UUID, str], str] = field(default_factory=dict)
    matches: set[tuple[Pair, str]] = field(default_factory=set)
    # Who asked to be told of somebody new, and who fitted then; and who has been told.
    waiting: dict[tuple[UUID, str], set[UUID]] = field(default_factory=dict)
    told: set[tuple[UUID, str]] = field(default_factory=set)
    # What nobody is called any more, and those who are gone were called.
    old_names: set[str] = field(default_factory=set)

    def is_apart(self, one: Face, other: Face) -> bool:
        """The same human, partners (former ones too), or a block in either direction."""
        pairs = [(a.id, b.id) for a in one.owners for b in other.owners]
        return any(
            a == b or (a, b) in self.blocks or (b, a) in self.blocks or frozenset({a, b}) in self.linked
            for a, b in pairs
        )

    def fits(self, one: Face, other: Face, mode: str) -> bool:
        there = one.is_listed and other.is_listed and not self.is_apart(one, other)
        return there and fits_in_words(one.side(self.today), other.side(self.today), mode)

    def likes(self, one: Face, other: Face, mode: str) -> bool:
        return self.said.get((one.id, other.id, mode)) == LIKE

    def is_match(self, one: Face, other: Face, mode: str) -> bool:
        return (frozenset({one.id, other.id}), mode) in self.matches

    def is_admitted_by_a_like(self, me: Face, liker: Face, mode: str) -> bool:
        there = liker.is_listed and not self.is_apart(me, liker) and liker.wishes[mode].on
        return there and self.likes(liker, me, mode)

    def may_answer(self, me: Face, other: Face, mode: str) -> bool:
        """Whether `me` may say something of `other`, or open its page."""
        if me.id == other.id or self.is_apart(me, other):
            return False
        meets = self.fits(me, other, mode) or self.is_admitted_by_a_like(me, other, mode)
        return meets or self.is_match(me, other, mode)

    def listed_for(self, me: Face, mode: str) -> set[UUID]:
        return {o.id for o in self._others(me) if self.fits(me, o, mode) and self._is_open(me, o, mode)}

    def _is_open(self, me: Face, other: Face, mode: str) -> bool:
        return (me.id, other.id, mode) not in self.said and not self.is_match(me, other, mode)

    def likers_of(self, me: Face, mode: str) -> set[UUID]:
        waiting = (None, LATER)
        return {
            other.id
            for other in self._there(me, mode)
            if self.likes(other, me, mode)
            and self.said.get((me.id, other.id, mode)) in waiting
            and not self.is_match(me, other, mode)
        }

    def liked_by(self, me: Face, mode: str) -> set[UUID]:
        there = self._there(me, mode)
        return {o.id for o in there if self.likes(me, o, mode) and not self.is_match(me, o, mode)}

    def kept_by(self, me: Face, mode: str) -> set[UUID]:
        return {
            other.id
            for other in self._there(me, mode)
            if self.said.get((me.id, other.id, mode)) == LATER
            and (self.fits(me, other, mode) or self.likes(other, me, mode))
        }

    def _there(self, me: Face, mode: str) -> list[Face]:
        """Whom a list may name at all: both are listed, the mode is on, nothing keeps them apart."""
        others = [o for o in self._others(me) if o.is_listed and o.wishes[mode].on]
        return [o for o in others if me.is_listed and not self.is_apart(me, o)]

    def _others(self, me: Face) -> Iterator[Face]:
        return (other for other in self.faces.values() if other.id != me.id)

    def of(self, person: UUID) -> list[Face]:
        return [face for face in self.faces.values() if person in {owner.id for owner in face.owners}]

    # What happens.

    def say(self, me: Face, other: Face, mode: str, what: str) -> None:
        self.said[me.id, other.id, mode] = what
        if what == LIKE and self.likes(other, me, mode):
            self.matches.add((frozenset({me.id, other.id}), mode))

    def part(self, me: Face, other: Face, mode: str) -> None:
        self.matches.discard((frozenset({me.id, other.id}), mode))
        self.said[me.id, other.id, mode] = self.said[other.id, me.id, mode] = NOT_NOW

    def block(self, blocker: UUID, blocked: UUID) -> None:
        self.blocks.add((blocker, blocked))
        pair = frozenset({blocker, blocked})
        for face in [face for face in self.faces.values() if {o.id for o in face.owners} == pair]:
            self.end(face)
        mine, theirs = ({face.id for face in self.of(one)} for one in (blocker, blocked))
        self._forget(lambda a, b: (a in mine and b in theirs) or (a in theirs and b in mine))

    def end(self, face: Face) -> None:
        """A couple parts, or a person is gone."""
        del self.faces[face.id]
        self._forget(lambda a, b: face.id in (a, b))
        self.waiting = {key: known for key, known in self.waiting.items() if key[0] != face.id}
        self.told = {key for key in self.told if key[0] != face.id}

    def leave(self, person: UUID) -> None:
        for face in self.of(person):
            own = [owner.id for owner in face.owners].index(person)
            self.old_names.add(face.names[own])
            self.end(face)
        del self.people[person]
        self.blocks = {pair for pair in self.blocks if person not in pair}
        # With the account goes the link, and with it what kept the partner's other halves apart.
        self.linked = {pair for pair in self.linked if person not in pair}

    def _forget(self, goes: Callable[[UUID, UUID], bool]) -> None:
        self.said = {key: what for key, what in self.said.items() if not goes(key[0], key[1])}
        self.matches = {(pair, mode) for pair, mode in self.matches if not goes(*sorted(pair))}

    def tell(self) -> None:
        for (face, mode), known in self.waiting.items():
            if self.listed_for(self.faces[face], mode) - known:
                self.told.add((face, mode))

    def ninety_days_pass(self) -> None:
        self.said = {key: what for key, what in self.said.items() if what != NOT_NOW}

    def wish(self, face: Face, mode: str, wishes: Wishes) -> None:
        face.wishes[mode] = wishes
