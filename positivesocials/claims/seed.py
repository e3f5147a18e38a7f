"""The fact sheet that ships with the software, read into rows: a start for editors, never the last word.

Keys are `<condition>.<topic>` or `<condition>.<topic>.<n>`, numbered from 1 in the order of the sheet; what
another body says of the same test ends with that body: `hiv.testing.2.cdc`. A key never changes its meaning.

What only guides say stands in a second file, under names: `hsv2.shedding.first-year`. It is verified where
the same figure stands in a verified row of the sheet.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import slugify

SHEET = Path(__file__).parent / "content" / "conditions.json"
GUIDE_FACTS = SHEET.with_name("guide_facts.json")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Seed:
    """One figure or fact as it ships.

    `low` and `high` are whole days (`unit` "days") where the value is a span of time; None where it is words.
    """

    key: str
    subject: str
    topic: str
    about: str
    value: str
    source: str
    is_verified: bool
    body: str = ""
    note: str = ""
    low: int | None = None
    high: int | None = None
    unit: str = ""


@cache
def sheet() -> Row:
    read: Row = json.loads(SHEET.read_text(encoding="utf-8"))
    return read


def read_on() -> date:
    """The day on which the sheet's verified rows were read in their sources."""
    return date.fromisoformat(sheet()["generated"])


@cache
def names() -> Mapping[str, str]:
    return {condition["id"]: condition["name"] for condition in sheet()["conditions"]}


def seeds() -> Iterator[Seed]:
    for condition in sheet()["conditions"]:
        yield from _incubation(condition)
        yield from _testing(condition)
        yield from _treatment(condition)
        yield from _partners(condition)
        yield from _plain(condition)
        yield from _listed(condition)
    yield from guide_facts()


def guide_facts() -> Iterator[Seed]:
    for row in json.loads(GUIDE_FACTS.read_text(encoding="utf-8")):
        said = dict(row)
        yield Seed(is_verified=said.pop("verified"), **said)


def _incubation(condition: Row) -> Iterator[Seed]:
    row = condition["incubation"]
    if row["min_days"] is None and row["max_days"] is None:
        return
    yield Seed(
        **_of(condition, "signs", row),
        about="first signs after contact",
        note=row["note"] or "",
        **_days(row["min_days"], row["max_days"]),
    )


def _testing(condition: Row) -> Iterator[Seed]:
    for number, row in enumerate(condition["tests"], start=1):
        about = f"{row['test']} ({row['specimen']})"
        for topic, days in (("seen", "detectable_from_days"), ("testing", "conclusive_after_days")):
            if row[days] is not None:
                note = row["notes"] or ""
                yield Seed(
                    **_of(condition, topic, row, number),
                    about=about,
                    note=note,
                    **_days(row[days], row[days]),
                )
        for other in row["other_bodies"]:
            days = other["conclusive_after_days"]
            if days is not None:
                told = _of(condition, "testing", other, number)
                told["key"] += f".{slugify(other['body'])}"
                yield Seed(**told, about=about, note=other["note"] or "", **_days(days, days))


def _treatment(condition: Row) -> Iterator[Seed]:
    for number, row in enumerate(condition["treatment"], start=1):
        about, note = row["population"], row["notes"] or ""
        yield Seed(**_of(condition, "treatment", row, number), about=about, value=row["regimen"], note=note)


def _partners(condition: Row) -> Iterator[Seed]:
    for number, row in enumerate(condition["partner_notification"], start=1):
        days = row["lookback_days"]
        yield Seed(
            **_of(condition, "partners", row, number),
            about=row["scenario"],
            **{**_days(days, days), "value": row["text"] or _days(days, days)["value"]},
        )


def _plain(condition: Row) -> Iterator[Seed]:
    routes = "; ".join(f"{row['route']}: {row['level']}" for row in condition["transmission"])
    for name, topic, value in (
        ("transmission", "passing", routes),
        ("after_treatment", "after-treatment", condition["after_treatment"]),
        ("ept", "partner-treatment", condition["ept"]),
        ("vaccine", "vaccine", condition["vaccine"] if isinstance(condition["vaccine"], str) else ""),
    ):
        if value and condition.get(f"{name}_source"):
            told = {"source": condition[f"{name}_source"], "verified": condition[f"{name}_verified"]}
            yield Seed(**_of(condition, topic, told), about=topic.replace("-", " "), value=value)


def _listed(condition: Row) -> Iterator[Seed]:
    for number, row in enumerate(condition["prevalence"], start=1):
        value = f"{row['value']:,}" if isinstance(row["value"], int) else str(row["value"])
        about = f"{row['measure']} ({row['population']}, {row['data_year']})"
        yield Seed(**_of(condition, "numbers", row, number), about=about, value=value)
    for number, row in enumerate(condition["updates"], start=1):
        yield Seed(**_of(condition, "news", row, number), about="new", value=row["text"])
    for number, row in enumerate(condition.get("u_equals_u", []), start=1):
        yield Seed(**_of(condition, "u-equals-u", row, number), about="undetectable", value=row["fact"])


def _of(condition: Row, topic: str, row: Row, number: int | None = None) -> dict[str, Any]:
    key = f"{condition['id']}.{topic}" + (f".{number}" if number else "")
    return {
        "key": key,
        "subject": condition["id"],
        "topic": topic,
        "body": row.get("body", ""),
        "source": row["source"],
        "is_verified": row["verified"],
    }


def _days(low: int | None, high: int | None) -> dict[str, Any]:
    ends = [str(end) for end in dict.fromkeys((low, high)) if end is not None]
    return {"low": low, "high": high, "unit": "days", "value": f"{' to '.join(ends)} days" if ends else ""}
