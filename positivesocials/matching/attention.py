"""How attention fell on groups when introductions were drawn: for the operator, and in steps only.

Nothing is kept from which a single person could be told. How many are in a group is kept as one of a few
steps, so that no group can be subtracted from the others, and of fewer than five nothing else is kept.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from positivesocials.matching.engine.fairness import Group
from positivesocials.matching.models import Draw, Mode
from positivesocials.profiles.choices import SEARCHES
from positivesocials.profiles.circles import CIRCLES
from positivesocials.profiles.models import Kind

# From how many members on a group is of the next step.
STEPS = (5, 20, 100, 1_000, 10_000, 100_000)
SIZES = (
    _("fewer than 5"),
    _("5 to 19"),
    _("20 to 99"),
    _("100 to 999"),
    _("1,000 to 9,999"),
    _("10,000 to 99,999"),
    _("100,000 or more"),
)
FIRST_TOLD, FIRST_COUNTED = 1, 2  # Steps from which a share is told, and who was shown to nobody.
FAIR = 80  # Per cent of a fair share; below it a group is marked.
DAYS = 7
OLDEST_SHOWN = 99  # Whoever is older is in the last group, which is open.
# By kind of group: the number of the step, per cent of a fair share, per cent who were shown to nobody.
Figures = dict[str, list[int | None]]


def figures(groups: Sequence[Group]) -> Figures:
    """What is kept of a draw in one mode, by "kind:name"."""
    everyone = [group for group in groups if group.kind == "kind"]
    members = sum(group.members for group in everyone)
    fair = sum(group.shown for group in everyone) / members if members else 0.0
    return {f"{group.kind}:{group.name}": _told(group, fair) for group in groups}


def _told(group: Group, fair: float) -> list[int | None]:
    step = bisect_right(STEPS, group.members)
    if step < FIRST_TOLD or not fair:
        return [step, None, None]
    share = _in_fives(group.mean / fair)
    missed = _in_fives(group.not_shown / group.members) if step >= FIRST_COUNTED else None
    return [step, share, missed]


def _in_fives(part: float) -> int:
    # Rounded down, so that what is below the mark is told as below; the small part undoes a float's error.
    return int(part * 20 + 1e-9) * 5


@dataclass(frozen=True)
class Line:
    """One group on the operator's page. Shares are per cent of a fair share."""

    name: str | Promise
    size: str | Promise
    share: int | None
    week: int | None
    missed: int | None

    @property
    def is_low(self) -> bool:
        return self.share is not None and self.share < FAIR

    @property
    def is_told(self) -> bool:
        return self.share is not None


@dataclass(frozen=True)
class Table:
    title: str | Promise
    lines: list[Line]


@dataclass(frozen=True)
class Attention:
    """The last draw in one mode, beside the mean of the last days."""

    mode: str
    day: date
    tables: list[Table]

    @property
    def label(self) -> str:
        return str(Mode(self.mode).label)

    @property
    def is_told(self) -> bool:
        """Whether anything but sizes is told: not where hardly anybody takes part."""
        return any(line.is_told for table in self.tables for line in table.lines)

    @property
    def low(self) -> list[Line]:
        return [line for table in self.tables for line in table.lines if line.is_low]


TITLES = {
    "kind": _("Kind of profile"),
    "searches": _("Searches they appear in"),
    "age": _("Age"),
    "circle": _("Circle"),
}


def _name(kind: str, name: str) -> str | Promise:
    named: Mapping[str, Mapping[str, str | Promise]] = {
        "kind": dict(Kind.choices),
        "searches": SEARCHES,
        "circle": {circle.slug: circle.name for circle in CIRCLES},
    }
    if kind == "age":
        youngest, _dash, oldest = name.partition("-")
        eldest = _("%(age)s and over") % {"age": youngest}
        return eldest if int(oldest) > OLDEST_SHOWN else f"{youngest}–{oldest}"
    return named[kind].get(name, name)


def attention(mode: str) -> Attention | None:
    """What the last draws say of one mode; None where none was made lately."""
    since = timezone.localdate() - timedelta(days=DAYS)
    draws = Draw.objects.filter(day__gt=since).exclude(done_at=None).order_by("-day")
    told = [(draw.day, (draw.figures or {}).get(mode, {})) for draw in draws]
    if not told:
        return None
    day, last = told[0]
    lines = {key: _line(key, value, [each for _day, each in told]) for key, value in last.items()}
    return Attention(mode, day, [_table(kind, lines) for kind in TITLES])


def attentions() -> list[Attention]:
    return [found for mode in Mode.values if (found := attention(mode))]


def _table(kind: str, lines: Mapping[str, Line]) -> Table:
    return Table(TITLES[kind], [line for key, line in lines.items() if key.startswith(f"{kind}:")])


def _line(key: str, value: Sequence[int | None], days: Iterable[Figures]) -> Line:
    kind, _colon, name = key.partition(":")
    step, share, missed = value
    shares = list(_shares(key, days))
    return Line(
        name=_name(kind, name),
        size=SIZES[step or 0],
        share=share,
        week=sum(shares) // len(shares) if share is not None and shares else None,
        missed=missed,
    )


def _shares(key: str, days: Iterable[Figures]) -> Iterator[int]:
    for each in days:
        share = each.get(key, [0, None, None])[1]
        if share is not None:
            yield share
