"""A guide and its translation, section by section: what belongs beside what, and what must be the same.

The sections of a translation bear the anchors of the original, as `## En resumen {#in-short}`: links into a
guide lead to the same place in every language, and a section is found again when others come or go.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from positivesocials.articles import sections
from positivesocials.articles.directives import PICTURE

# No anchor begins like this.
TITLE, SUMMARY, OPENING = "_title", "_summary", "_opening"
LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class Piece:
    """One section with its heading. What stands before the first heading has none."""

    key: str
    heading: str
    body: str

    @property
    def is_blank(self) -> bool:
        return not self.body.strip()


@dataclass(frozen=True)
class Wording:
    """What of a guide is translated."""

    title: str
    summary: str
    text: str

    def pieces(self) -> list[Piece]:
        opening, *cut = sections.HEADING.split(self.text.replace("\r\n", "\n"))
        named = sections.anchored(cut[::2])
        found = [Piece(OPENING, "", opening.strip())] if opening.strip() else []
        bodies = zip(named, cut[1::2], strict=True)
        return found + [Piece(key, heading, body.strip()) for (heading, key), body in bodies]

    def whole(self) -> list[Piece]:
        """Title and summary too, as pieces without a heading."""
        return [Piece(TITLE, "", self.title), Piece(SUMMARY, "", self.summary), *self.pieces()]


@dataclass(frozen=True)
class Pair:
    """A piece of the original and what stands for it in the translation, if anything does yet."""

    original: Piece
    words: Piece | None
    has_changed: bool = False

    @property
    def key(self) -> str:
        return self.original.key


def joined(pieces: Iterable[Piece]) -> str:
    """The text whose pieces these are."""
    return "\n\n".join(_written(piece) for piece in pieces).strip()


def _written(piece: Piece) -> str:
    if piece.key == OPENING:
        return piece.body
    return f"## {piece.heading} {{#{piece.key}}}\n\n{piece.body}".strip()


def prints(wording: Wording) -> dict[str, str]:
    """A short mark of each piece, which changes with it."""
    return {piece.key: _print(piece.heading, piece.body) for piece in wording.whole()}


def print_of(wording: Wording) -> str:
    return _print(*prints(wording).values())


def _print(*words: str) -> str:
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()[:16]


def changed(original: Wording, translated_from: Mapping[str, str]) -> list[str]:
    """The pieces that are other than those that were translated: new, changed, or gone."""
    now = prints(original)
    return [key for key in {**now, **translated_from} if now.get(key) != translated_from.get(key)]


def paired(
    original: Wording, translation: Wording | None, translated_from: Mapping[str, str]
) -> tuple[list[Pair], list[Piece]]:
    """Every piece of the original with its words, and the words for which it has no piece any more."""
    pieces = original.whole()
    words = {piece.key: piece for piece in translation.whole()} if translation else {}
    moved = _moved([each.key for each in pieces], list(words))
    stale = set(changed(original, translated_from)) if translation else set()
    pairs = [Pair(each, words.get(moved.get(each.key, each.key)), each.key in stale) for each in pieces]
    kept = {pair.words.key for pair in pairs if pair.words}
    return pairs, [piece for key, piece in words.items() if key not in kept]


def _moved(now: Sequence[str], before: Sequence[str]) -> dict[str, str]:
    """Sections under other headings than before, in their order, where as many came as went."""
    came = [key for key in now if key not in before]
    went = [key for key in before if key not in now]
    return dict(zip(came, went, strict=True)) if len(came) == len(went) else {}


def marks(piece: Piece) -> set[str]:
    """What a section names or draws: the same in every language."""
    text = f"{piece.heading}\n{piece.body}\n"
    braces = {f"{{{{{' '.join(inside.split())}}}}}" for inside in sections.ANY.findall(text)}
    sources = {f"[^{key}]" for key in sections.MARK.findall(text)}
    pictures = {f"picture:{key}" for key in sections.pictures_in(text)}
    return braces | sources | pictures | {f"::: {found[0]}" for found in sections.FENCE.findall(text)}


def reasons_against(original: Wording, translation: Wording) -> Iterator[str]:
    """Sentences for the editor; none when the translation says what the original does, mark for mark."""
    words = {piece.key: piece for piece in translation.whole()}
    for piece in original.whole():
        yield from _against(piece, words.pop(piece.key, None))
    for piece in words.values():
        yield _("“%(section)s” is not in the original.") % {"section": name_of(piece)}


def _against(piece: Piece, words: Piece | None) -> Iterator[str]:
    section = {"section": name_of(piece)}
    if _is_to_do(piece, words):
        yield _("“%(section)s” is not translated yet.") % section
        return
    wanted, found = marks(piece), marks(words) if words else set()
    if missing := sorted(wanted - found):
        told = section | {"marks": " ".join(missing)}
        yield _("In “%(section)s” something is missing: %(marks)s") % told
    if invented := sorted(found - wanted):
        told = section | {"marks": " ".join(invented)}
        yield _("In “%(section)s” something stands that is not in the original: %(marks)s") % told


def _is_to_do(piece: Piece, words: Piece | None) -> bool:
    if words is None:
        return True
    # A name is often the same in two languages.
    is_same = piece.key != TITLE and words.body == piece.body and LETTERS.search(_bare(piece.body))
    return bool(is_same) or (words.is_blank and not piece.is_blank)


def _bare(text: str) -> str:
    text = PICTURE.sub(r"\1", text)
    return sections.FENCE_LINE.sub("", sections.MARK.sub("", sections.ANY.sub("", text)))


def name_of(piece: Piece) -> str:
    names = {TITLE: _("Title"), SUMMARY: _("Summary"), OPENING: _("Before the first heading")}
    return names.get(piece.key, piece.heading)
