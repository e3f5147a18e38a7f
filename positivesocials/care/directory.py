"""Helplines as this site shows them: the shipped ones, and what its operators wrote in their place."""

import re
from collections.abc import Mapping

from positivesocials.care import helplines
from positivesocials.care.helplines import EVERYWHERE, Helpline
from positivesocials.care.models import OwnLine


def lines_of(code: str) -> list[Helpline]:
    """The lines of one country, the most urgent first; never those of another."""
    replaced = {row.key: row for row in OwnLine.objects.all()}
    shipped = [line for line in helplines.shipped().values() if line.key not in replaced]
    own = [_own(row) for row in replaced.values() if not row.is_withdrawn]
    return helplines.sorted_lines(line for line in [*shipped, *own] if line.country == code)


def everywhere() -> list[Helpline]:
    return lines_of(EVERYWHERE)


def every_line() -> Mapping[str, Helpline]:
    """For those who look after them: what is shown, and what was withdrawn."""
    return helplines.shipped() | {row.key: _own(row) for row in OwnLine.objects.all()}


def contacts() -> set[str]:
    """Numbers and mailboxes of helplines: whoever passes one on gives nobody away."""
    lines = [*helplines.shipped().values(), *map(_own, OwnLine.objects.all())]
    numbers = {re.sub(r"\D", "", phone.dialled) for line in lines for phone in line.phones}
    ways = {way.casefold() for line in lines for way in line.ways}
    return numbers | ways | {re.sub(r"\D", "", way) for way in ways} - {""}


def _own(row: OwnLine) -> Helpline:
    return Helpline(
        key=row.key,
        country=row.country,
        service=row.service,
        kind=row.kind,
        phone=row.phone,
        other_ways=row.other_ways,
        hours=row.hours,
        url=row.url,
        is_checked=row.checked_on is not None,
        checked_on=row.checked_on,
        checked_by=row.checked_by,
        is_own=True,
        is_withdrawn=row.is_withdrawn,
        version=row.version,
    )
