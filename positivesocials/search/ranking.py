"""Which documents answer a question, the best first: the same order on every database."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import numpy.typing as npt

from positivesocials.search import folding
from positivesocials.search.asking import Idea, Question
from positivesocials.search.groups_of_words import Phrase
from positivesocials.search.index import Entry, Index, Part, Shares, Shelf

KINDS = {"guide": 1.25, "group": 1.05, "question": 1.05, "news": 1.0, "post": 0.75}
OTHER_LANGUAGE = 0.7
# Of those that say most of what is asked, and those that say at least this share of as much.
SAYS_ENOUGH = 0.25
LEAST = 0.05
PLACES = 4
# Looked at once more, with their words.
LOOKED_AT = 40
MOST_HITS = 200
NAMED, IN_A_ROW, QUOTED = 0.6, 0.2, 1.1

Wanted = Callable[[Shelf], bool]


@dataclass(frozen=True)
class Ranked:
    """`hits` from the best on, among those wanted; `shelves` counts all, to show what else there is."""

    hits: list[tuple[float, Entry]]
    shelves: Counter[tuple[str, str]]


@dataclass(frozen=True)
class _Scored:
    part: Part
    scores: Shares
    says: Shares


def rank(
    question: Question, index: Index, *, language: str, wanted: Wanted, more: Sequence[Part] = ()
) -> Ranked:
    """`more` are documents that no index holds; how rare a word is, the index alone says."""
    if question.is_empty:
        return Ranked([], Counter())
    parts = [*index.parts, *more]
    # Words that nothing here says tell nothing.
    ideas = [idea for idea in question.ideas if any(_is_said(idea, part) for part in parts)]
    rarity = [_rarity(idea, index) for idea in ideas]
    scored = [_score(part, ideas, rarity, language) for part in parts]
    most = max((float(one.says.max()) for one in scored if one.says.size), default=0.0)
    shelves: Counter[tuple[str, str]] = Counter()
    hits: list[tuple[float, Entry]] = []
    for one in scored:
        enough = (one.says > 0) & (one.says >= SAYS_ENOUGH * most)
        counts = np.bincount(one.part.shelf_of[enough], minlength=len(one.part.shelves))
        for shelf, count in zip(one.part.shelves, counts.tolist(), strict=True):
            if count:
                shelves[shelf.kind, shelf.category] += count
        hits += _best(one, enough, wanted)
    return Ranked(sorted(hits, key=lambda hit: (-hit[0], hit[1].order)), shelves)


def _best(scored: _Scored, enough: npt.NDArray[np.bool_], wanted: Wanted) -> Iterator[tuple[float, Entry]]:
    part = scored.part
    is_wanted = np.array([wanted(shelf) for shelf in part.shelves], dtype=bool)
    found = (
        np.flatnonzero(enough & is_wanted[part.shelf_of]) if part.shelves else np.array([], dtype=np.int64)
    )
    order = np.lexsort((part.place_of[found], -scored.scores[found]))
    for at in found[order][:MOST_HITS].tolist():
        yield float(scored.scores[at]), part.entries[at]


def _is_said(idea: Idea, part: Part) -> bool:
    return any(all(len(part.found(term)[0]) for term in way) for way in idea.ways)


def _rarity(idea: Idea, index: Index) -> float:
    """The rarer, the more it tells; what stands everywhere still tells a little."""
    spread = max((_spread(way, index) for way in idea.ways), default=0)
    return float(max(LEAST, np.log1p((index.count - spread + 0.5) / (spread + 0.5)))) + LEAST


def _spread(way: Phrase, index: Index) -> int:
    return min(index.spread(term) for term in way)


def _score(part: Part, ideas: Sequence[Idea], rarity: Sequence[float], language: str) -> _Scored:
    score = np.zeros(len(part.entries), dtype=np.float32)
    says = np.zeros_like(score)
    for idea, rare in zip(ideas, rarity, strict=True):
        best = _best_way(part, idea)
        score += np.float32(rare) * best
        says += np.float32(rare) * (best > 0)
    whole = np.float32(max(sum(rarity), LEAST))
    share = says / whole
    weight = np.array([_weight(shelf, language) for shelf in part.shelves], dtype=np.float32)
    if part.shelves:
        score = score / whole * (0.25 + 0.75 * share**2) * weight[part.shelf_of]
    return _Scored(part, np.round(score, PLACES), share)


def _weight(shelf: Shelf, language: str) -> float:
    same = not shelf.language or shelf.language == language
    return KINDS.get(shelf.kind, 1.0) * (1.0 if same else OTHER_LANGUAGE)


def _best_way(part: Part, idea: Idea) -> Shares:
    best = np.zeros(len(part.entries), dtype=np.float32)
    for way, close in idea.ways.items():
        np.maximum(best, _of_phrase(part, way) * np.float32(close), out=best)
    return best


def _of_phrase(part: Part, way: Phrase) -> Shares:
    """A document says a phrase as much as its rarest word there."""
    least: Shares | None = None
    for term in way:
        documents, weights = part.found(term)
        said = np.zeros(len(part.entries), dtype=np.float32)
        said[documents] = weights
        least = said if least is None else np.minimum(least, said)
    return np.zeros(len(part.entries), dtype=np.float32) if least is None else least


def look_closer(
    hits: list[tuple[float, Entry]], question: Question, texts: Mapping[UUID, str]
) -> list[Entry]:
    """The first ones in their final order: what is named as was asked, or says it word for word, goes up."""
    asked = " ".join(question.terms)
    closer = [
        (round(score * _named(entry, question) * _quoted(texts.get(entry.pk, ""), asked), PLACES), entry)
        for score, entry in hits[:LOOKED_AT]
    ]
    closer.sort(key=lambda hit: (-hit[0], hit[1].order))
    return [entry for _score, entry in closer + hits[LOOKED_AT:]]


def _named(entry: Entry, question: Question) -> float:
    """How much of the question the title says, and how much else."""
    title = [term for term in folding.terms(entry.title) if not folding.is_little(term)]
    said = [idea for idea in question.ideas if any(set(way) <= set(title) for way in idea.ways)]
    if not said:
        return 1.0
    covered = {term for idea in said for way in idea.ways if set(way) <= set(title) for term in way}
    share = len(said) / len(question.ideas) * len(covered) / len(set(title))
    in_a_row = " ".join(question.terms) in " ".join(title)
    return 1.0 + NAMED * share + IN_A_ROW * in_a_row


def _quoted(text: str, asked: str) -> float:
    return QUOTED if " " in asked and asked in text else 1.0
