"""What is searched: each kind with the functions of its context that say what is public now.

Sources of documents are indexed and asked again for whatever is about to be shown. A passing source is opened
for each search, because what it holds is sealed: nothing of it is kept.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from positivesocials.core.public_texts import PublicText


@dataclass(frozen=True)
class Source:
    """`is_checked`: somebody read its texts before they were published, so that its words may be offered.

    `moves_with()` is another one when texts may have changed without any of them being written.
    """

    kind: str
    label: str | Promise
    icon: str
    stamps: Callable[[], Mapping[str, str]]
    texts: Callable[[Iterable[str]], Sequence[PublicText]]
    lines: Callable[[Iterable[str]], Sequence[PublicText]]
    is_checked: bool = False
    categories: Callable[[], Mapping[str, str]] = dict
    moves_with: Callable[[], Hashable] | None = None


@dataclass(frozen=True)
class Passing:
    """`newest(viewer, limit=..., says=..., most=...)`: of what this viewer may read what says most."""

    kind: str
    label: str | Promise
    icon: str
    newest: Callable[..., Sequence[PublicText]]


_sources: dict[str, Source] = {}
_passing: dict[str, Passing] = {}


def register(source: Source) -> None:
    _sources[source.kind] = source


def register_passing(passing: Passing) -> None:
    _passing[passing.kind] = passing


def all_sources() -> list[Source]:
    return list(_sources.values())


def all_passing() -> list[Passing]:
    return list(_passing.values())


def source_of(kind: str) -> Source | None:
    return _sources.get(kind)


def kinds() -> list[Source | Passing]:
    return [*_sources.values(), *_passing.values()]


def kind_of(kind: str) -> Source | Passing:
    return _sources.get(kind) or _passing[kind]


def category_labels(slugs: Iterable[str]) -> dict[str, str]:
    """Those of the named categories that there are, with their names."""
    named = {slug: label for source in all_sources() for slug, label in source.categories().items()}
    return {slug: named[slug] for slug in slugs if slug in named}
