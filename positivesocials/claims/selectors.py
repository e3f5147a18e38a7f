"""What may be printed now, and what waits for an editor."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q
from django.utils import timezone

from positivesocials.claims.models import (
    Act,
    Claim,
    ClaimChange,
    ClaimQuerySet,
    ClaimSource,
    FactsVersion,
    State,
)

SOON = timedelta(days=90)
A_PAGE = 30
PARTS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Source:
    key: str
    title: str
    publisher: str
    url: str
    year: int | None


@dataclass(frozen=True)
class Fact:
    """A confirmed claim. `confirmed_by` is empty where the makers of the fact sheet read its source."""

    key: str
    subject: str
    topic: str
    body: str
    about: str
    value: str
    note: str
    low: int | None
    high: int | None
    unit: str
    source: Source
    confirmed_by: str
    confirmed_on: date


class Facts:
    """What may be printed: confirmed, not withdrawn, not expired. Never changes; ask `facts()` again."""

    def __init__(self, printed: Sequence[Fact], *, version: int) -> None:
        self.version = version
        self._by_key: Mapping[str, Fact] = {fact.key: fact for fact in printed}

    def get(self, key: str) -> Fact | None:
        return self._by_key.get(key)

    def of(self, subject: str, topic: str) -> Sequence[Fact]:
        """In the order of their keys."""
        return self._by_topic.get((subject, topic), ())

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    @cached_property
    def _by_topic(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self:
            found[fact.subject, fact.topic].append(fact)
        return {name: tuple(each) for name, each in found.items()}


Read = tuple[int, date, Facts]
_last: list[Read] = []


def facts() -> Facts:
    """One cheap question; the rows are read again only when one has changed, or on a new day."""
    number, today = _number(), timezone.localdate()
    for known, day, read in _last:
        if (known, day) == (number, today):
            return read
    # The number was read before the rows: rows that are newer than it are read once more, never too seldom.
    read = _read(number, today)
    _last[:] = [(number, today, read)]
    return read


def _number() -> int:
    return FactsVersion.objects.filter(only=1).values_list("number", flat=True).first() or 0


def _read(number: int, today: date) -> Facts:
    rows = Claim.objects.printed(today).select_related("source")
    printed = sorted(map(_fact, rows), key=lambda fact: in_order(fact.key))
    # Within one number claims only expire, so that their count tells the days apart.
    return Facts(printed, version=number + Claim.objects.expired().count())


def in_order(key: str) -> list[tuple[int, str]]:
    """Sorts `hiv.testing.10` after `hiv.testing.2`."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in PARTS.split(key)]


def _fact(claim: Claim) -> Fact:
    assert claim.confirmed_on is not None
    return Fact(
        key=claim.key,
        subject=claim.subject,
        topic=claim.topic,
        body=claim.body,
        about=claim.about,
        value=claim.value,
        note=claim.note,
        low=claim.low,
        high=claim.high,
        unit=claim.unit,
        source=_source(claim.source),
        confirmed_by=claim.confirmed_by,
        confirmed_on=claim.confirmed_on,
    )


def _source(row: ClaimSource) -> Source:
    return Source(row.key, row.title, row.publisher, row.url, row.year)


def source(key: str) -> Source | None:
    """Of the sheet, or of a claim that an editor added."""
    row = ClaimSource.objects.filter(key=key).first()
    return _source(row) if row else None


def last_changes() -> Mapping[str, datetime]:
    """When each claim was changed last, by its key."""
    says = ~Q(changes__act=Act.SUGGESTED)
    rows = Claim.objects.filter(says, changes__isnull=False).order_by()
    return dict(rows.annotate(last=Max("changes__at")).values_list("key", "last"))


def claims_named(keys: Iterable[str]) -> Mapping[str, Claim]:
    """In whatever state they are; for editors. A key that no claim has is missing."""
    rows = Claim.objects.filter(key__in=list(keys)).select_related("source")
    return {claim.key: claim for claim in rows}


def waiting(subject: str | None = None) -> Sequence[Claim]:
    """What an editor has yet to confirm, or to confirm again."""
    rows = Claim.objects.to_confirm().select_related("source", "suggestion")
    if subject is not None:
        rows = rows.filter(subject=subject)
    return sorted(rows, key=lambda claim: in_order(claim.key))


class Show(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    EXPIRING = "expiring"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Line:
    """One claim, with what other bodies say of the same thing, and where a part of it is said too."""

    claim: Claim
    others: Sequence[Claim]
    linked: Sequence[Claim]


@dataclass(frozen=True)
class Part:
    """The claims of one subject."""

    name: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Choice:
    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Listed:
    show: Show
    of: str
    counts: Mapping[Show, int]
    subjects: Sequence[Choice]
    parts: Sequence[Part]
    page: Page[Claim]


def rows_of(show: Show) -> ClaimQuerySet:
    today = timezone.localdate()
    if show is Show.WAITING:
        return Claim.objects.to_confirm()
    if show is Show.EXPIRING:
        return Claim.objects.printed(today).filter(expires_on__lte=today + SOON)
    if show is Show.WITHDRAWN:
        return Claim.objects.filter(state=State.WITHDRAWN)
    return Claim.objects.printed(today)


def listed(show: str = "", of: str = "", page: str = "") -> Listed:
    """A page of claims by subject. What the address does not say rightly is the first of its kind."""
    shown = Show(show) if show in list(Show) else Show.WAITING
    counted = rows_of(shown).order_by().values_list("subject").annotate(Count("pk"))
    subjects = [Choice(mark_of(subject), name_of(subject), count) for subject, count in counted]
    chosen = next((subject for subject, _count in counted if mark_of(subject) == of), "")
    rows = rows_of(shown).filter(**({"subject": chosen} if chosen else {}))
    claims = sorted(rows.select_related("source", "suggestion__source"), key=_place)
    turned = Paginator(claims, A_PAGE).get_page(page)
    return Listed(
        show=shown,
        of=of if chosen else "",
        counts={each: rows_of(each).count() for each in Show},
        subjects=sorted(subjects, key=lambda choice: choice.name),
        parts=_parts(list(turned)),
        page=turned,
    )


def _place(claim: Claim) -> tuple[str, list[tuple[int, str]]]:
    return claim.subject_name, in_order(claim.key)


def _parts(claims: Sequence[Claim]) -> list[Part]:
    beside = _beside(claims)
    return [
        Part(
            name_of(subject), [Line(claim, _others(claim, beside), _linked(claim, beside)) for claim in each]
        )
        for subject, each in groupby(claims, key=lambda claim: claim.subject)
    ]


def _beside(claims: Sequence[Claim]) -> Sequence[Claim]:
    subjects = {claim.subject for claim in claims}
    rows = Claim.objects.filter(subject__in=subjects).exclude(state=State.WITHDRAWN)
    return sorted(rows.select_related("source"), key=lambda claim: in_order(claim.key))


def _others(claim: Claim, beside: Sequence[Claim]) -> list[Claim]:
    """What is said of the same thing by others: the same test, or for treatments the same topic."""
    same = [each for each in beside if each.topic == claim.topic and each.pk != claim.pk]
    return [each for each in same if each.subject == claim.subject and each.about == claim.about]


def _linked(claim: Claim, beside: Sequence[Claim]) -> list[Claim]:
    return [each for each in beside if each.part_of == claim.key or each.key == claim.part_of]


def linked_to(claim: Claim) -> list[Claim]:
    """What repeats a part of it, or what it repeats a part of."""
    return list(Claim.objects.linked_to(claim).select_related("source"))


def of_the_same_topic(claim: Claim) -> list[Claim]:
    """For the page of one claim: first of the same thing, then the rest of its topic."""
    rows = [each for each in _beside([claim]) if each.topic == claim.topic and each.pk != claim.pk]
    return sorted(rows, key=lambda each: each.about != claim.about)


def of_source(source: ClaimSource) -> list[Claim]:
    """What waits of one document, to be confirmed in one reading."""
    rows = Claim.objects.to_confirm().filter(source=source).select_related("source", "suggestion__source")
    return sorted(rows, key=_place)


def waiting_count() -> int:
    return Claim.objects.to_confirm().count()


def sources() -> list[ClaimSource]:
    return list(ClaimSource.objects.all())


def name_of(subject: str) -> str:
    return Claim(subject=subject).subject_name


def mark_of(subject: str) -> str:
    """Stands for a subject in addresses, which tell nobody what somebody reads about."""
    return hashlib.sha256(subject.encode()).hexdigest()[:8]


def history_of(claim: Claim) -> list[ClaimChange]:
    """The newest first."""
    return list(claim.changes.order_by("-version"))


def claim_of(key: str) -> Claim | None:
    return Claim.objects.select_related("source").filter(key=key).first()


def all_claims(*, only: Show | None = None) -> list[Claim]:
    rows = Claim.objects.all() if only is None else rows_of(only)
    return sorted(rows.select_related("source"), key=_place)
