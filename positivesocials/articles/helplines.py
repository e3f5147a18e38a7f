"""Helplines by country, from the file that ships with the site. No country is ever guessed."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from positivesocials.core import countries

FILE = Path(__file__).parent / "content" / "helplines.csv"
EVERYWHERE = "ZZ"
KINDS = {
    "crisis": _("In a crisis"),
    "partner_violence": _("Not safe with a partner"),
    "sexual_assault": _("After a sexual assault"),
    "directory": _("Find a line near you"),
    "image_abuse": _("Somebody shares intimate pictures of you"),
    "sti_hiv_information": _("Questions about sexual health"),
    "lgbtq_youth_crisis": _("Young and LGBTQ+, in a crisis"),
    "lgbtq_support": _("LGBTQ+ support"),
    "trans_peer_support": _("Trans people for trans people"),
    "youth": _("Children and young people"),
    "child_safety": _("A child is in danger"),
    "prevention_of_abuse": _("Worried about your own thoughts or acts"),
}
HOURS = {
    "24/7": _("Day and night"),
    "weekdays": _("On weekdays"),
    "weekdays and weekend hours": _("On weekdays and some weekend hours"),
    "see site": _("Hours are on their site"),
}


@dataclass(frozen=True)
class Phone:
    shown: str
    dialled: str


@dataclass(frozen=True)
class Helpline:
    country: str
    service: str
    kind: str
    phones: tuple[Phone, ...]
    other_ways: tuple[str, ...]
    hours: str
    url: str
    is_checked: bool

    @property
    def heading(self) -> str:
        return str(KINDS[self.kind])

    @property
    def hours_in_words(self) -> str:
        return str(HOURS.get(self.hours, self.hours))


@dataclass(frozen=True)
class Country:
    code: str
    name: str


@cache
def _lines() -> tuple[Helpline, ...]:
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = [_line(row) for row in csv.DictReader(file)]
    return tuple(sorted(lines, key=lambda line: list(KINDS).index(line.kind)))


def _line(row: dict[str, str]) -> Helpline:
    return Helpline(
        country=row["country"],
        service=row["service"],
        kind=row["kind"] if row["kind"] in KINDS else "crisis",
        phones=tuple(_phones(row["phone"])),
        other_ways=tuple(way.strip() for way in row["sms_or_chat"].split(";") if way.strip()),
        hours=row["hours"],
        url=row["source_url"],
        is_checked=row["verified"] == "yes",
    )


def _phones(text: str) -> list[Phone]:
    shown = [number.strip() for number in text.split("/") if number.strip()]
    return [Phone(number, re.sub(r"[^\d+]", "", number)) for number in shown]


def of_country(code: str) -> Sequence[Helpline]:
    """The lines of one country, the most urgent first; never those of another."""
    return [line for line in _lines() if line.country == code]


def everywhere() -> Sequence[Helpline]:
    return of_country(EVERYWHERE)


def country(code: str) -> Country | None:
    code = code.strip().upper()
    return Country(code, countries.name_of(code)) if code in countries.NAMES else None


def all_countries() -> list[Country]:
    return [Country(code, name) for code, name in countries.choices()]
