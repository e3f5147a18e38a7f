"""The fact sheet that ships with the software, read into rows: a start for editors, never the last word.

A key is made of what its row is about, never of where the row stands: `<condition>.<topic>`, and where a
topic has several rows a part made of the test, the people or the document, and the body. Rows of the first
sheet have shorter ones, `hiv.testing.2.cdc`: `keys.json` keeps them. A row that its own words do not tell
from another has a `name`. A key never changes its meaning.

What only guides say stands in a second file, under names: `hsv2.shedding.first-year`. Where it repeats a part
of a longer row of the sheet it names that row (`part_of`), and is verified where that row is.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.text import slugify

SHEET = Path(__file__).parent / "content" / "conditions.json"
GUIDE_FACTS = SHEET.with_name("guide_facts.json")
KEYS = SHEET.with_name("keys.json")
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
    part_of: str = ""


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


@cache
def kept_keys() -> Mapping[str, str]:
    """The keys of rows that were numbered once, by what these rows are about."""
    read: Mapping[str, str] = json.loads(KEYS.read_text(encoding="utf-8"))
    return read


def key_of(subject: str, topic: str, *about: str) -> str:
    start = f"{subject}.{topic}"
    told = " | ".join((start, *filter(None, about)))
    if told == start:
        return start
    mark = hashlib.sha256(told.encode()).hexdigest()[:6]
    words = slugify(" ".join(about))[:28].strip("-")
    return kept_keys().get(told) or f"{start}.{words}-{mark}".replace(".-", ".")


def twins(found: Sequence[Seed]) -> Sequence[Sequence[Seed]]:
    """Rows that would be one fact, as nothing in them tells them apart."""
    by_key: Mapping[str, list[Seed]] = defaultdict(list)
    for each in found:
        by_key[each.key].append(each)
    return [each for each in by_key.values() if len(each) > 1]


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
    for row in condition["tests"]:
        about = f"{row['test']} ({row['specimen']})"
        for topic, days in (("seen", "detectable_from_days"), ("testing", "conclusive_after_days")):
            if row[days] is not None:
                note = row["notes"] or ""
                yield Seed(
                    **_of(condition, topic, row, about, row.get("body", "")),
                    about=about,
                    note=note,
                    **_days(row[days], row[days]),
                )
        for other in row["other_bodies"]:
            days = other["conclusive_after_days"]
            if days is not None:
                told = _of(condition, "testing", other, about, other["body"])
                yield Seed(**told, about=about, note=other["note"] or "", **_days(days, days))


def _treatment(condition: Row) -> Iterator[Seed]:
    for row in condition["treatment"]:
        about, note = row["population"], row["notes"] or ""
        told = _of(condition, "treatment", row, about, row.get("body", ""))
        yield Seed(**told, about=about, value=row["regimen"], note=note)


def _partners(condition: Row) -> Iterator[Seed]:
    for row in condition["partner_notification"]:
        days = row["lookback_days"]
        yield Seed(
            **_of(condition, "partners", row, row["scenario"], row.get("body", "")),
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
    for row in condition["prevalence"]:
        value = f"{row['value']:,}" if isinstance(row["value"], int) else str(row["value"])
        about = f"{row['measure']} ({row['population']}, {row['data_year']})"
        yield Seed(**_of(condition, "numbers", row, about, row.get("body", "")), about=about, value=value)
    # These are told apart by the document: of a new edition the words are new, and the fact is the same.
    for row in condition["updates"]:
        yield Seed(**_of(condition, "news", row, row["source"]), about="new", value=row["text"])
    for row in condition.get("u_equals_u", []):
        told = _of(condition, "u-equals-u", row, row["source"])
        yield Seed(**told, about="undetectable", value=row["fact"])


def _of(condition: Row, topic: str, row: Row, *about: str) -> dict[str, Any]:
    return {
        "key": key_of(condition["id"], topic, *about, row.get("name", "")),
        "subject": condition["id"],
        "topic": topic,
        "body": row.get("body", ""),
        "source": row["source"],
        "is_verified": row["verified"],
    }


def _days(low: int | None, high: int | None) -> dict[str, Any]:
    ends = [str(end) for end in dict.fromkeys((low, high)) if end is not None]
    return {"low": low, "high": high, "unit": "days", "value": f"{' to '.join(ends)} days" if ends else ""}
