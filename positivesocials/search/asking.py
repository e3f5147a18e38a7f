"""What somebody typed, as what they mean: each word with all ways to say it, and mistyped ones set right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from positivesocials.search import folding, nearness
from positivesocials.search.groups_of_words import Phrase
from positivesocials.search.index import Index

LONGEST = 100
MOST_WORDS = 16
SAME_THING, BEGINNING, SET_RIGHT = 0.85, 0.6, 0.8
BEGINNINGS = 12


@dataclass(frozen=True)
class Idea:
    """One thing that is asked for: every way to say it, with how close that is to what was typed."""

    ways: dict[Phrase, float]


@dataclass
class Question:
    """`terms` are those typed, in their order, without little words; `instead` says it spelled right."""

    ideas: list[Idea] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    instead: str = ""
    offered: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.ideas

    @cached_property
    def all_terms(self) -> frozenset[str]:
        """Terms to mark where they are found."""
        return frozenset(term for idea in self.ideas for way in idea.ways for term in way)


@dataclass(frozen=True)
class Typed:
    word: str
    folded: str
    term: str


def understand(words: str, index: Index, *, goes_on: bool = False) -> Question:
    """`goes_on`: somebody is still typing, so the last word may be the beginning of a longer one."""
    typed = [
        Typed(word, folded, folding.stem(folded))
        for word in folding.WORD.findall(words[:LONGEST])[:MOST_WORDS]
        for folded in (folding.folded_word(word),)
    ]
    reader = _Reader(index, typed, goes_on=goes_on)
    return reader.read()


class _Reader:
    def __init__(self, index: Index, typed: list[Typed], *, goes_on: bool) -> None:
        self.index, self.typed, self.goes_on = index, typed, goes_on
        self.question = Question()
        self.instead: dict[int, str] = {}
        self.offered: dict[int, str] = {}

    def read(self) -> Question:
        pieces = list(self._pieces())
        telling = [
            piece for piece in pieces if len(piece[1]) > 1 or not folding.is_little(piece[1][0].folded)
        ]
        # Little words alone are looked for as they are.
        for at, piece in telling or pieces:
            idea = self._phrase(piece) if len(piece) > 1 else self._word(at, piece[0])
            # Two words for one thing say it once.
            if not any(idea.ways.keys() == other.ways.keys() for other in self.question.ideas):
                self.question.ideas.append(idea)
            self.question.terms += [one.term for one in piece]
        self.question.instead = self._said_with(self.instead)
        self.question.offered = self._said_with(self.offered)
        return self.question

    def _pieces(self) -> Iterator[tuple[int, list[Typed]]]:
        """Single words, and several that together stand in a group of words."""
        at, groups = 0, self.index.groups
        while at < len(self.typed):
            longest = min(groups.longest, len(self.typed) - at)
            lengths = (n for n in range(longest, 1, -1) if self._terms(at, n) in groups.of_phrase)
            length = next(lengths, 1)
            yield at, self.typed[at : at + length]
            at += length

    def _terms(self, at: int, length: int) -> Phrase:
        return tuple(one.term for one in self.typed[at : at + length])

    def _phrase(self, piece: list[Typed]) -> Idea:
        phrase = tuple(one.term for one in piece)
        return Idea(self._ways(phrase))

    def _ways(self, phrase: Phrase) -> dict[Phrase, float]:
        ways = dict.fromkeys(self.index.groups.meant_by(phrase), SAME_THING)
        return ways | {phrase: 1.0} if phrase in ways else ways

    def _word(self, at: int, typed: Typed) -> Idea:
        ways = self._ways((typed.term,))
        spread = self.index.spread(typed.term)
        is_known = len(ways) > 1 or spread > 0
        if at == len(self.typed) - 1 and (self.goes_on or not is_known):
            longer = self.index.beginning_with(typed.folded, limit=BEGINNINGS)
            ways = {**{(term,): BEGINNING for term in longer}, **ways}
        if len(ways) == 1 and not is_known:
            ways = {**self._set_right(at, typed), **ways}
        elif spread == 1 and typed.folded not in self.index.right_words:
            self._offer(at, typed)
        return Idea(ways)

    def _set_right(self, at: int, typed: Typed) -> dict[Phrase, float]:
        near = self._near(typed)
        if near:
            self.instead[at] = self.index.right_words[near[0]]
        ways: dict[Phrase, float] = {}
        for folded in near[:3]:
            term = folding.stem(folded)
            others = dict.fromkeys(self.index.groups.meant_by((term,)), SET_RIGHT * SAME_THING)
            ways = {**others, (term,): SET_RIGHT, **ways}
        return ways

    def _offer(self, at: int, typed: Typed) -> None:
        if near := self._near(typed):
            self.offered[at] = self.index.right_words[near[0]]

    def _near(self, typed: Typed) -> list[str]:
        """Right words of the fewest slips, those in most documents first; those that begin alike before."""
        near = nearness.nearest(typed.folded, self.index.right_words)
        spread = {folded: self.index.spread(folding.stem(folded)) for folded in near}
        # A group's word may stand in no text: what means the same is found then.
        return sorted(near, key=lambda one: (one[0] != typed.folded[0], -spread[one], one))

    def _said_with(self, changes: dict[int, str]) -> str:
        if not changes:
            return ""
        return " ".join(changes.get(at, one.word) for at, one in enumerate(self.typed))
