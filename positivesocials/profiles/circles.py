"""Circles one can belong to: a fixed list that ships with the product."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content" / "circles.json"


@dataclass(frozen=True)
class Source:
    title: str
    body: str
    url: str
    date: str


@dataclass(frozen=True)
class Circle:
    """`line` is the sentence shown wherever the circle is, with its source."""

    slug: str
    name: str
    whom: str
    line: str = ""
    source: Source | None = None


def _circle(entry: dict[str, Any]) -> Circle:
    source = entry.get("source")
    named = Source(source["title"], source["body"], source["url"], source["date"]) if source else None
    return Circle(entry["slug"], entry["name"], entry["for"], entry.get("line", ""), named)


@cache
def circles() -> tuple[Circle, ...]:
    return tuple(_circle(entry) for entry in json.loads(CONTENT.read_text(encoding="utf-8")))


@cache
def _by_slug() -> dict[str, Circle]:
    return {circle.slug: circle for circle in circles()}


def circle(slug: str) -> Circle | None:
    return _by_slug().get(slug)


def known(slugs: tuple[str, ...]) -> list[Circle]:
    return [found for slug in slugs if (found := circle(slug))]
