"""The place in a text that answers best, with the words that were looked for marked. Text only: no HTML."""

from collections.abc import Iterator
from dataclasses import dataclass

from positivesocials.search import folding

AROUND, BEFORE = 220, 60
ADJOINING = 1


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    term: str


def marked(text: str, terms: frozenset[str]) -> list[Piece]:
    """The whole text in pieces; hits that only a space parts are one."""
    pieces: list[Piece] = []
    at = 0
    for word in _hits(text, terms):
        between = text[at : word.start]
        if pieces and not between.strip() and pieces[-1].is_hit:
            pieces[-1] = Piece(pieces[-1].text + between + text[word.start : word.end], True)
        else:
            pieces += [Piece(between, False)] * bool(between)
            pieces.append(Piece(text[word.start : word.end], True))
        at = word.end
    return [*pieces, Piece(text[at:], False)] if at < len(text) else pieces


def _hits(text: str, terms: frozenset[str]) -> Iterator[_Word]:
    behind = -ADJOINING - 1
    for found in folding.WORD.finditer(text):
        term = folding.stem(folding.folded_word(found[0]))
        # The 1 of "HSV-1" belongs to the word before it; the 1 of "1 in 3" is no hit.
        if term in terms and (len(term) > 1 or found.start() - behind <= ADJOINING):
            behind = found.end()
            yield _Word(found.start(), behind, term)


def excerpt(summary: str, text: str, terms: frozenset[str]) -> list[Piece]:
    """The summary if it answers as well as any place in the text; else that place."""
    said = {word.term for word in _hits(summary, terms)}
    start, best = _best_place(text, terms)
    if summary and len(said) >= best:
        return marked(_cut(summary, 0, 2 * AROUND), terms)
    return marked(_cut(text, start, AROUND), terms)


def _best_place(text: str, terms: frozenset[str]) -> tuple[int, int]:
    """Where to begin, and how many different words then follow within what is shown."""
    hits = list(_hits(text, terms))
    best, start = 0, 0
    for at, first in enumerate(hits):
        near = {word.term for word in hits[at : at + 12] if word.end - first.start < AROUND - BEFORE}
        if len(near) > best:
            best, start = len(near), first.start
    return max(0, start - BEFORE), best


def _cut(text: str, start: int, length: int) -> str:
    """From one space to another, with dots where something is missing."""
    if start:
        space = text.find(" ", start)
        start = space + 1 if 0 <= space < start + BEFORE else start
    shown = text[start : start + length]
    if start + length < len(text) and " " in shown:
        shown = shown[: shown.rindex(" ")] + " …"
    return f"… {shown}" if start else shown
