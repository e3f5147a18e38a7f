"""Helplines by country, as the file has them that ships with the site. No country is ever guessed."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from positivesocials.core import countries

FILE = Path(__file__).parent / "content" / "helplines.csv"
EVERYWHERE = "ZZ"
# The most urgent first.
KINDS = {
    "emergency": _("In danger right now"),
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
    key: str
    country: str
    service: str
    kind: str
    phone: str
    other_ways: str
    hours: str
    url: str
    is_checked: bool
    checked_on: date | None = None
    checked_by: str = ""
    is_own: bool = False
    is_withdrawn: bool = False
    # Of the row that an operator wrote; 0 while the shipped line stands.
    version: int = 0

    @property
    def phones(self) -> list[Phone]:
        """Several numbers in one line are parted by slashes."""
        shown = [number.strip() for number in self.phone.split("/") if number.strip()]
        return [Phone(number, re.sub(r"[^\d+]", "", number)) for number in shown]

    @property
    def ways(self) -> list[str]:
        return [way.strip() for way in self.other_ways.split(";") if way.strip()]

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
def shipped() -> dict[str, Helpline]:
    """By their keys."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {line.key: line for line in map(_line, csv.DictReader(file))}


def sorted_lines(lines: Iterable[Helpline]) -> list[Helpline]:
    order = list(KINDS)
    return sorted(lines, key=lambda line: order.index(line.kind))


def _line(row: dict[str, str]) -> Helpline:
    return Helpline(
        key=slugify(f"{row['country']} {row['service']}")[:80],
        country=row["country"],
        service=row["service"],
        kind=row["kind"] if row["kind"] in KINDS else "crisis",
        phone=row["phone"],
        other_ways=row["sms_or_chat"],
        hours=row["hours"],
        url=row["source_url"],
        is_checked=row["verified"] == "yes",
    )


def country(code: str) -> Country | None:
    code = code.strip().upper()
    return Country(code, countries.name_of(code)) if code in countries.NAMES else None


def names_of(lines: Iterable[Helpline]) -> dict[str, str]:
    """The countries of these lines, by their codes."""
    codes = {line.country for line in lines}
    return {
        code: str(_("Anywhere in the world")) if code == EVERYWHERE else countries.name_of(code)
        for code in codes
    }


def all_countries() -> list[Country]:
    return [Country(code, name) for code, name in countries.choices()]
