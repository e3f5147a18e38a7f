"""The index of this process: what stands in the documents' rows, laid out in memory to be asked quickly.

Every process has its own, made from the same rows by the same arithmetic, so that each database and each
process answers alike. A request that finds a higher number in the head row first takes over what changed.
"""

import threading
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

import numpy as np
import numpy.typing as npt

from positivesocials.search import folding, groups_of_words
from positivesocials.search.groups_of_words import Groups
from positivesocials.search.models import Document, Head, WordGroup

Numbers = npt.NDArray[np.int32]
Shares = npt.NDArray[np.float32]
MOST_ENDS = 400
# So many changes are kept beside the large part before both are laid out anew.
TAIL = 300
COLUMNS = ("pk", "kind", "source_id", "language", "category", "dated_on", "title", "terms", "words")


class Shelf(NamedTuple):
    kind: str
    category: str
    language: str


class State(NamedTuple):
    """What an index is made from; `number` counts the changes, `generation` how often all was made anew."""

    generation: int
    rule: int
    number: int


@dataclass(frozen=True)
class Entry:
    """What ranking needs to know of a document; its words are in its row."""

    pk: UUID
    kind: str
    source_id: str
    language: str
    order: tuple[int, str, str]

    @property
    def title(self) -> str:
        return self.order[1]


@dataclass(frozen=True)
class Part:
    """Documents laid out by term: of each the documents that hold it, with the weights there."""

    entries: list[Entry]
    spans: dict[str, tuple[int, int]]
    documents: Numbers
    weights: Shares
    words: tuple[str, ...]
    alive: npt.NDArray[np.bool_]
    # Which shelf each stands on, as a number: its kind, its category, its language.
    shelves: tuple[Shelf, ...]
    shelf_of: Numbers
    # The place of each among all by `order`.
    place_of: Numbers

    def found(self, term: str) -> tuple[Numbers, Shares]:
        start, end = self.spans.get(term, (0, 0))
        documents = self.documents[start:end]
        alive = self.alive[documents]
        return documents[alive], self.weights[start:end][alive]


def lay_out(rows: Sequence[Document]) -> Part:
    """`rows` without a term are those that are gone."""
    rows = [row for row in rows if row.terms]
    numbered: dict[str, int] = {}
    terms: list[int] = []
    weights: list[int] = []
    lengths: list[int] = []
    for row in rows:
        parts = row.terms.split(" ")
        terms.extend(numbered.setdefault(term, len(numbered)) for term in parts[::2])
        weights.extend(map(int, parts[1::2]))
        lengths.append(len(parts) // 2)
    keys = np.array(terms, dtype=np.int32)
    order = np.argsort(keys, kind="stable")
    ends = np.cumsum(np.bincount(keys, minlength=len(numbered))) if numbered else np.array([], dtype=np.int64)
    starts = [0, *ends.tolist()]
    entries = [_entry(row) for row in rows]
    shelves = [Shelf(row.kind, row.category, row.language) for row in rows]
    named = {shelf: at for at, shelf in enumerate(dict.fromkeys(shelves))}
    by_order = np.array(sorted(range(len(entries)), key=lambda at: entries[at].order), dtype=np.int32)
    return Part(
        entries=entries,
        shelves=tuple(named),
        shelf_of=np.array([named[shelf] for shelf in shelves], dtype=np.int32),
        place_of=np.argsort(by_order).astype(np.int32),
        spans={term: (starts[at], starts[at + 1]) for term, at in numbered.items()},
        documents=np.repeat(np.arange(len(rows), dtype=np.int32), lengths)[order],
        weights=np.array(weights, dtype=np.float32)[order] / np.float32(255),
        words=tuple({word for row in rows for word in row.words.split()}),
        alive=np.ones(len(rows), dtype=bool),
    )


def _entry(row: Document) -> Entry:
    # Newest first; what has no date is as old as can be. No tie is left open.
    newest = -row.dated_on.toordinal() if row.dated_on else 0
    return Entry(row.pk, row.kind, row.source_id, row.language, (newest, row.title, row.source_id))


@dataclass
class Index:
    """`base` is the number up to which the first part was laid out; what changed since is in the second."""

    state: State
    base: int
    parts: list[Part]
    groups: Groups

    @cached_property
    def count(self) -> int:
        return sum(int(part.alive.sum()) for part in self.parts)

    @cached_property
    def vocabulary(self) -> list[str]:
        return sorted({term for part in self.parts for term in part.spans})

    @cached_property
    def right_words(self) -> dict[str, str]:
        """Words that may be offered instead of a mistyped one, folded, with how they are written.

        Only from texts that were checked and from the editors' list: no misspelling is ever offered.
        """
        written = (word for part in self.parts for word in part.words)
        known = {folding.folded_word(word): word for word in sorted(written, reverse=True)}
        known |= self.groups.right_words
        return {folded: word for folded, word in known.items() if folded not in self.groups.wrong_words}

    def spread(self, term: str) -> int:
        return sum(len(part.found(term)[0]) for part in self.parts)

    def beginning_with(self, start: str, *, limit: int) -> list[str]:
        """Terms that go on from `start`, those in most documents first."""
        at = bisect_left(self.vocabulary, start)
        found: list[str] = []
        while at < len(self.vocabulary) and self.vocabulary[at].startswith(start) and len(found) < MOST_ENDS:
            found.append(self.vocabulary[at])
            at += 1
        return sorted(found, key=lambda term: (-self.spread(term), term))[:limit]


_lock = threading.Lock()
_held: list[Index] = []


def current() -> Index:
    """The index as of the last change that was stored. One query when nothing has changed."""
    state = State(*(Head.objects.values_list("generation", "rule", "number").first() or (0, 0, 0)))
    known = _held[0] if _held else None
    if known is not None and known.state == state:
        return known
    with _lock:
        known = _held[0] if _held else None
        if known is None or known.state != state:
            _held[:] = [_made(known, state)]
        return _held[0]


def forget() -> None:
    """The next one who asks lays everything out anew."""
    _held.clear()


def _made(known: Index | None, state: State) -> Index:
    if known is None or known.state[:2] != state[:2] or state.number < known.state.number:
        return _whole(state)
    # The large part stays as it is; whatever changed since is in the small one, which is made anew.
    rows = _rows(above=known.base, up_to=state.number)
    changed = {(row.kind, row.source_id) for row in rows}
    if len(changed) > TAIL:
        return _whole(state)
    large = known.parts[0]
    alive = np.array([(one.kind, one.source_id) not in changed for one in large.entries], dtype=bool)
    return Index(state, known.base, [replace(large, alive=alive), lay_out(rows)], _groups())


def _whole(state: State) -> Index:
    return Index(state, state.number, [lay_out(_rows(above=-1, up_to=state.number))], _groups())


def _rows(*, above: int, up_to: int) -> list[Document]:
    rows = Document.objects.filter(number__gt=above, number__lte=up_to).only(*COLUMNS)
    return list(rows.order_by("kind", "source_id"))


def _groups() -> Groups:
    return groups_of_words.read(WordGroup.objects.order_by("pk").values_list("words", flat=True))
