"""How findable a profile is: whether few others share what those who fit it may see.

Says of nobody how many there are: only whether it is fewer than twenty, and by what.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.matching import proposals
from positivesocials.matching.access import Me
from positivesocials.matching.engine.codes import CIRCLE_CODES, bits
from positivesocials.matching.engine.known import Known
from positivesocials.matching.models import Mode
from positivesocials.profiles import places
from positivesocials.profiles.circles import circle
from positivesocials.profiles.visibility import THOSE_WHO_FIT, seen_by

ENOUGH = 20


@dataclass(frozen=True)
class Marks:
    """What somebody could be known by, as far as those who fit may see it."""

    is_couple: bool
    cell: int | None
    ages: tuple[int, ...]
    circles: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """Each mark by a name: an age, or a circle's slug. The place is the ground they are looked for on."""
        return [*(["age"] if self.ages else []), *self.circles]


@dataclass(frozen=True)
class Findable:
    """What singles a profile out, in sentences; and what would help. Without a warning it is one of many."""

    warnings: list[str]
    away: str
    by_place: bool
    by_age: bool
    by_circles: bool
    is_region: bool
    region_helps: bool

    @property
    def may_widen(self) -> bool:
        return self.by_place and not self.is_region


def findable(me: Me) -> Findable:
    marks, region = marks_of(me), me.said.region
    around = _cells(marks.cell, is_region=region)
    few = _few(proposals.known(around), marks)
    place = bool(few) and around is not None
    wider = _few(proposals.known(_cells(marks.cell, is_region=True)), marks) if place and not region else few
    named = {name for names in few for name in names}
    return Findable(
        warnings=[_sentence(names, has_place=around is not None, is_region=region) for names in few],
        away=_away(me),
        by_place=place,
        by_age="age" in named,
        by_circles=bool(named - {"age"}),
        is_region=region,
        region_helps=not wider,
    )


def marks_of(me: Me) -> Marks:
    shown, today = seen_by(me.said, THOSE_WHO_FIT), timezone.localdate()
    ages = (person.age(today) for person in shown.people)
    return Marks(
        is_couple=me.profile.is_couple,
        cell=shown.place,
        ages=tuple(age for age in ages if age is not None),
        circles=tuple(slug for slug in shown.all_circles if slug in CIRCLE_CODES),
    )


def _cells(cell: int | None, *, is_region: bool) -> Collection[int] | None:
    """The ground to look on: the area, the region around it, or everywhere for those who show no place."""
    if cell is None:
        return None
    return places.region_cells(cell) if is_region else {cell}


def _few(known: Known, marks: Marks) -> list[tuple[str, ...]]:
    """The smallest sets of marks that fewer than twenty share, the owner among them."""
    found: list[tuple[str, ...]] = []
    for names in _sets(marks.names):
        covered = any(set(each) <= set(names) for each in found)
        if not covered and _count(known, marks, names) < ENOUGH:
            found.append(names)
    return found


def _sets(names: list[str]) -> Iterator[tuple[str, ...]]:
    """None, each, each two, and all: more at once than two nobody reads as a warning."""
    for size in sorted({0, 1, 2, len(names)}):
        yield from combinations(names, size)


def _count(known: Known, marks: Marks, names: Collection[str]) -> int:
    chosen = bits(CIRCLE_CODES, [name for name in names if name != "age"])
    ages = marks.ages if "age" in names else ()
    return known.count(is_couple=marks.is_couple, ages=ages, circles=chosen)


def _sentence(names: tuple[str, ...], *, has_place: bool, is_region: bool) -> str:
    """What few share, in words."""
    marks = [_("your age") if name == "age" else _circle_named(name) for name in names]
    if has_place:
        marks.insert(0, _("your region") if is_region else _("your area"))
    if not marks:
        return _("Fewer than 20 people here are of your kind of profile.")
    joined = _("%(first)s and %(last)s")
    while len(marks) > 1:
        marks[:2] = [joined % {"first": marks[0], "last": marks[1]}]
    return _("Fewer than 20 people here share %(them)s.") % {"them": marks[0]}


def _circle_named(slug: str) -> str:
    found = circle(slug)
    return _("the circle %(name)s") % {"name": found.name if found else slug}


def _away(me: Me) -> str:
    """Why nobody finds the profile just now, if so."""
    profile = me.profile
    if profile.hidden_at:
        return _("You are hidden: only your matches see you.")
    if profile.paused_at:
        return _("You are taking a break: you are in nobody’s list.")
    if not any(me.side.wish(mode).on for mode in Mode.values):
        return _("You meet in no mode: you are in nobody’s list.")
    if profile.incognito_at:
        return _("You are incognito: only people you say yes to find you.")
    return ""
