"""What may be printed now, and what waits for an editor."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from positivesocials.claims.models import Claim, ClaimSource, FactsVersion

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
    """One confirmed claim. `confirmed_by` is empty where the makers of the fact sheet read it in its source."""

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


def waiting(subject: str | None = None) -> Sequence[Claim]:
    """What an editor has yet to confirm, or to confirm again."""
    rows = Claim.objects.to_confirm().select_related("source", "suggestion")
    if subject is not None:
        rows = rows.filter(subject=subject)
    return sorted(rows, key=lambda claim: in_order(claim.key))
