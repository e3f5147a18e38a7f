"""What a search shows. Everything is asked for once more where it lives before it is shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.functional import Promise
from django.utils.http import urlencode

from positivesocials.accounts.models import Account
from positivesocials.core.public_texts import PublicText
from positivesocials.search import asking, folding, index, marking, ranking, sources, weighing
from positivesocials.search.asking import Question
from positivesocials.search.index import Entry, Index, Part, Shelf
from positivesocials.search.marking import Piece
from positivesocials.search.models import Document, WordGroup
from positivesocials.search.ranking import Ranked

A_PAGE = 10
SUGGESTED = 6
# Posts are sealed: so many of the newest are opened for a search, and nothing is kept.
POSTS_OPENED = 200
POSTS_WEIGHED = 40
QUOTES = 20


@dataclass(frozen=True)
class Hit:
    kind: str
    label: str | Promise
    icon: str
    url: str
    language: str
    category: str
    dated_on: date | None
    title: list[Piece]
    excerpt: list[Piece]


@dataclass(frozen=True)
class Facet:
    value: str
    label: str | Promise
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Found:
    """One page of what was found. `instead` was searched for in place of mistyped words."""

    words: str = ""
    kind: str = ""
    category: str = ""
    hits: Sequence[Hit] = ()
    count: int = 0
    page: int = 1
    pages: int = 1
    instead: str = ""
    offered: str = ""
    kinds: Sequence[Facet] = ()
    categories: Sequence[Facet] = ()

    @property
    def address(self) -> str:
        """Where the same is asked, without a page."""
        asked = {"q": self.words, "kind": self.kind, "category": self.category}
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    @property
    def everything(self) -> int:
        return sum(facet.count for facet in self.kinds)


@dataclass
class _Asked:
    """A question with what it is asked of; `passing` are texts that were opened for it alone."""

    question: Question
    index: Index
    language: str
    passing: dict[tuple[str, str], PublicText] = field(default_factory=dict)
    more: list[Part] = field(default_factory=list)


def found(viewer: Account | None, *, words: str, kind: str, category: str, page: int, language: str) -> Found:
    if not words.strip():
        return Found()
    asked = _asked(words, language=language)
    _open_passing(asked, viewer)

    def wanted(shelf: Shelf) -> bool:
        return (not kind or shelf.kind == kind) and (not category or shelf.category == category)

    ranked = ranking.rank(asked.question, asked.index, language=language, wanted=wanted, more=asked.more)
    count = sum(number for shelf, number in ranked.shelves.items() if wanted(Shelf(*shelf, "")))
    shown = min(count, len(ranked.hits))
    pages = max(1, -(-shown // A_PAGE))
    page = min(max(page, 1), pages)
    entries = _closer(ranked, asked.question)[(page - 1) * A_PAGE : page * A_PAGE]
    return Found(
        words=words,
        kind=kind,
        category=category,
        hits=_hits(entries, asked, _texts(entries)),
        count=count,
        page=page,
        pages=pages,
        instead=asked.question.instead,
        offered=asked.question.offered,
        kinds=_kinds(ranked.shelves, kind),
        categories=_categories(ranked.shelves, category, kind),
    )


def suggested(*, words: str, language: str) -> list[Hit]:
    """What the words typed so far may lead to: titles of public texts, never what others typed."""
    if not words.strip():
        return []
    held = index.current()
    question = asking.understand(words, held, goes_on=True)
    asked = _Asked(question, held, language)
    ranked = ranking.rank(question, held, language=language, wanted=lambda shelf: True)
    entries = ranking.look_closer(ranked.hits[: ranking.LOOKED_AT], question, {})[:SUGGESTED]
    return _hits(entries, asked, {})


def nearest(viewer: Account | None, *, words: str, kind: str, language: str, most: int) -> list[Hit]:
    """What of one passing kind comes closest to these words, for whoever is about to write the same."""
    asked = _asked(words, language=language)
    if asked.question.is_empty:
        return []
    _open_passing(asked, viewer, kinds={kind})
    ranked = ranking.rank(
        asked.question,
        asked.index,
        language=language,
        wanted=lambda shelf: shelf.kind == kind,
        more=asked.more,
    )
    return _hits([entry for _score, entry in ranked.hits[:most]], asked, {})


def word_groups() -> list[WordGroup]:
    return sorted(WordGroup.objects.exclude(words=""), key=lambda group: folding.fold(group.words))


def _asked(words: str, *, language: str) -> _Asked:
    held = index.current()
    return _Asked(asking.understand(words, held), held, language)


def _open_passing(asked: _Asked, viewer: Account | None, *, kinds: Collection[str] = ()) -> None:
    """All passing kinds, or these."""
    # The beginnings that every form of a word has: cheaper than weighing each post.
    starts = tuple(term.removesuffix("y") for term in asked.question.all_terms)

    def says(text: str) -> int:
        folded = folding.fold(text)
        return sum(start in folded for start in starts)

    for passing in sources.all_passing():
        if kinds and passing.kind not in kinds:
            continue
        texts = passing.newest(viewer, limit=POSTS_OPENED, says=says, most=POSTS_WEIGHED)
        asked.passing |= {(passing.kind, text.id): text for text in texts}
        asked.more.append(index.lay_out([_passing_row(passing.kind, text) for text in texts]))


def _closer(ranked: Ranked, question: Question) -> list[Entry]:
    """Texts are read for their wording only where a phrase was asked for."""
    first = [entry for _score, entry in ranked.hits[:QUOTES]] if len(question.terms) > 1 else []
    said = {pk: " ".join(folding.terms(row.text)) for pk, row in _texts(first).items()}
    return ranking.look_closer(ranked.hits, question, said)


def _passing_row(kind: str, text: PublicText) -> Document:
    fields = weighing.Fields(text.title, "", "", text.text)
    terms = weighing.written(weighing.weigh(fields))
    return Document(kind=kind, source_id=text.id, title=text.title, dated_on=text.dated_on, terms=terms)


def _texts(entries: Sequence[Entry]) -> Mapping[UUID, Document]:
    rows = Document.objects.filter(pk__in=[entry.pk for entry in entries])
    return {row.pk: row for row in rows.only("summary", "text")}


def _hits(entries: Sequence[Entry], asked: _Asked, texts: Mapping[UUID, Document]) -> list[Hit]:
    lines = _lines(entries) | asked.passing
    terms = asked.question.all_terms
    shown = [
        (entry, lines[entry.kind, entry.source_id])
        for entry in entries
        if (entry.kind, entry.source_id) in lines
    ]
    return [_hit(entry, line, terms, texts.get(entry.pk)) for entry, line in shown]


def _lines(entries: Sequence[Entry]) -> dict[tuple[str, str], PublicText]:
    """As these are now; what was withdrawn a moment ago is not among them."""
    found: dict[tuple[str, str], PublicText] = {}
    for source in sources.all_sources():
        ids = [entry.source_id for entry in entries if entry.kind == source.kind]
        found |= {(source.kind, line.id): line for line in source.lines(ids)} if ids else {}
    return found


def _hit(entry: Entry, line: PublicText, terms: frozenset[str], row: Document | None) -> Hit:
    kind = sources.kind_of(entry.kind)
    return Hit(
        kind=entry.kind,
        label=kind.label,
        icon=kind.icon,
        url=line.url,
        language=line.language,
        category=line.category_label,
        dated_on=line.dated_on,
        title=marking.marked(line.title, terms),
        excerpt=marking.excerpt(line.summary, row.text if row else line.text, terms),
    )


def _kinds(shelves: Mapping[tuple[str, str], int], chosen: str) -> list[Facet]:
    counts = {source.kind: 0 for source in sources.kinds()}
    for (kind, _category), count in shelves.items():
        counts[kind] += count
    return [
        Facet(source.kind, source.label, counts[source.kind], source.kind == chosen)
        for source in sources.kinds()
        if counts[source.kind] or source.kind == chosen
    ]


def _categories(shelves: Mapping[tuple[str, str], int], chosen: str, kind: str) -> list[Facet]:
    counts: dict[str, int] = {}
    for (other, category), count in shelves.items():
        if category and kind in ("", other):
            counts[category] = counts.get(category, 0) + count
    labels = sources.category_labels(counts.keys() | ({chosen} - {""}))
    found = [Facet(slug, labels[slug], counts.get(slug, 0), slug == chosen) for slug in labels]
    return sorted(found, key=lambda facet: (-facet.count, str(facet.label)))
