"""Whether two profiles fit each other in a mode. Pure, integers only, symmetric by construction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from positivesocials.matching.answers import Given
from positivesocials.matching.models import Mode
from positivesocials.matching.wishes import Wishes
from positivesocials.profiles.places import ANYWHERE, band


@dataclass(frozen=True)
class Human:
    """What takes part in matching of one human behind a profile."""

    searches: frozenset[str] = frozenset()
    age: int | None = None


class Bias(NamedTuple):
    """What was learned of a profile in one mode, in sixteenths of a logit: see `engine.learning`."""

    appeal: int = 0
    choosy: int = 0


@dataclass(frozen=True)
class Side:
    """What takes part in matching of one profile. Health records never do.

    `answers` are the visible ones; they and `learned` (by mode) decide the order alone, never who fits.
    """

    id: UUID
    kind: str
    humans: tuple[Human, ...]
    cell: int | None = None
    goals: frozenset[str] = frozenset()
    circles: frozenset[str] = frozenset()
    wishes: Mapping[str, Wishes] = field(default_factory=dict)
    interests: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    answers: Given = field(default_factory=dict)
    learned: Mapping[str, Bias] = field(default_factory=dict)

    def wish(self, mode: str) -> Wishes:
        return self.wishes.get(mode) or Wishes.start(mode)


def compatible(a: Side, b: Side, mode: str) -> bool:
    """Both have the mode on, and each fits the other's must-haves. A must-have needs an answer to fit."""
    return _admits(a, b, mode) and _admits(b, a, mode)


def _admits(one: Side, other: Side, mode: str) -> bool:
    wish = one.wish(mode)
    return (
        wish.on
        and (not wish.kinds or other.kind in wish.kinds)
        and _is_near(wish, one, other)
        and (not wish.goals or not other.goals.isdisjoint(wish.goals))
        and (not wish.circles_only or not one.circles.isdisjoint(other.circles))
        and (mode != Mode.DATING or all(_is_wanted(wish, human) for human in other.humans))
    )


def _is_near(wish: Wishes, one: Side, other: Side) -> bool:
    return wish.band == ANYWHERE or band(one.cell, other.cell) <= wish.band


def _is_wanted(wish: Wishes, human: Human) -> bool:
    """Dating: each human behind a profile appears in a wanted search and is of a wanted age."""
    if wish.searches and human.searches.isdisjoint(wish.searches):
        return False
    if not wish.asks_age:
        return True
    return human.age is not None and wish.age_from <= human.age <= wish.age_to
