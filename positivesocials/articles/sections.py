"""A guide's Markdown cut into sections, its source marks turned into numbers that lead to the sources."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from positivesocials.core import markdown

KEY = r"^[a-z0-9_-]+$"
HEADING = re.compile(r"^## +(.+?) *#*$", re.MULTILINE)
MARK = re.compile(r"\[\^([a-z0-9_-]+)\]")
SHORT, NOW = "in-short", "when-to-get-help-now"


@dataclass(frozen=True)
class Source:
    number: int
    title: str
    publisher: str
    url: str
    date: str


@dataclass(frozen=True)
class Section:
    anchor: str
    heading: str
    html: SafeString

    @property
    def is_short(self) -> bool:
        return self.anchor == SHORT

    @property
    def is_urgent(self) -> bool:
        return self.anchor == NOW


@dataclass(frozen=True)
class Parts:
    opening: SafeString
    sections: list[Section]
    sources: list[Source]


def read(text: str, sources: Sequence[Mapping[str, Any]]) -> Parts:
    """Sources are numbered in the order in which the text first names them; unnamed ones come last."""
    numbers = _numbers(text, [str(source["key"]) for source in sources])
    pieces = HEADING.split(text.replace("\r\n", "\n"))
    bodies = zip(pieces[1::2], pieces[2::2], strict=True)
    return Parts(
        opening=_html(pieces[0], numbers),
        sections=[Section(_anchor(heading), heading, _html(body, numbers)) for heading, body in bodies],
        sources=sorted((_source(source, numbers) for source in sources), key=lambda source: source.number),
    )


def _numbers(text: str, keys: Sequence[str]) -> dict[str, int]:
    named = [key for key in dict.fromkeys(MARK.findall(text)) if key in set(keys)]
    return {key: number for number, key in enumerate(dict.fromkeys([*named, *keys]), start=1)}


def _html(text: str, numbers: Mapping[str, int]) -> SafeString:
    def link(mark: re.Match[str]) -> str:
        number = numbers.get(mark[1])
        return f'<sup><a href="#source-{number}">{number}</a></sup>' if number else ""

    # The text is clean by now; the marks become links that we build ourselves.
    return mark_safe(MARK.sub(link, markdown.render_page(text)))  # noqa: S308


def _anchor(heading: str) -> str:
    return slugify(heading, allow_unicode=True)


def _source(source: Mapping[str, Any], numbers: Mapping[str, int]) -> Source:
    return Source(
        number=numbers[str(source["key"])],
        title=str(source["title"]),
        publisher=str(source["publisher"]),
        url=str(source["url"] or ""),
        date=str(source["date"] or ""),
    )
