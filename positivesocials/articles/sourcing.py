"""Which source a mark means, and the number it gets on its page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.html import escape

from positivesocials.claims import seed
from positivesocials.claims import selectors as claims
from positivesocials.claims.printing import for_people
from positivesocials.core.words import comma, listed


@dataclass(frozen=True)
class Numbered:
    """A line of the list of sources below a guide."""

    number: int
    title: str
    publisher: str
    url: str
    date: str


@dataclass(frozen=True)
class Pictured:
    """A picture that a guide may show, without what it is drawn of."""

    alt: str
    caption: str
    width: int
    height: int


class Book:
    """What one page may print, and the sources it has named so far, numbered in that order."""

    def __init__(
        self,
        facts: claims.Facts,
        extra: Sequence[claims.Source] = (),
        *,
        prefix: str = "",
        is_rtl: bool = False,
        pictures: Mapping[str, Pictured] | None = None,
    ) -> None:
        self.facts = facts
        self.prefix = prefix
        self.is_rtl = is_rtl
        self.pictures = pictures or {}
        self._extra = {source.key: source for source in extra}
        self._named: dict[str, claims.Source] = {}
        self._asked: dict[str, claims.Source | None] = {}

    def mark(self, source: claims.Source) -> str:
        self._named.setdefault(source.key, source)
        number = list(self._named).index(source.key) + 1
        return f'<sup><a href="#{self.prefix}source-{number}">{number}</a></sup>'

    def mark_of(self, key: str) -> str:
        """Nothing for a source that nobody knows."""
        source = self._source(key)
        return self.mark(source) if source else ""

    def told(self, *same: claims.Fact) -> str:
        """What facts say that say the same, once, with each of their sources."""
        sources = {fact.source.key: fact.source for fact in same}
        # Two numbers side by side would be read as one.
        marks = f"<sup>{comma().strip()}</sup>".join(map(self.mark, sources.values()))
        return f"{escape(for_people(same[0].value))}{marks}"

    def listed(self) -> list[Numbered]:
        """Sources of the guide's own that the text never names come last."""
        for source in self._extra.values():
            self._named.setdefault(source.key, source)
        return [_numbered(number, source) for number, source in enumerate(self._named.values(), start=1)]

    def _source(self, key: str) -> claims.Source | None:
        if key not in self._asked:
            self._asked[key] = self._extra.get(key) or claims.source(key)
        return self._asked[key]


def _numbered(number: int, source: claims.Source) -> Numbered:
    return Numbered(number, source.title, source.publisher, source.url, str(source.year or ""))


def who_says(same: Iterable[claims.Fact]) -> str:
    """The bodies that say it, each once."""
    return listed(dict.fromkeys(fact.body or fact.source.publisher for fact in same))


def by_value(facts: Iterable[claims.Fact]) -> list[list[claims.Fact]]:
    """Those that say the same together, in the order of the first of each."""
    said: dict[str, list[claims.Fact]] = defaultdict(list)
    for fact in facts:
        said[for_people(fact.value)].append(fact)
    return list(said.values())


@cache
def names() -> Mapping[str, str]:
    """What each condition of the fact sheet is called, in the order of the sheet."""
    return {condition["id"]: condition["name"] for condition in seed.sheet()["conditions"]}


def name_of(subject: str) -> str:
    return names().get(subject, subject)
