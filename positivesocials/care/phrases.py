"""Families of phrases, as the files in content/phrases keep them, one language each.

A line is a phrase: words; `word*` for every word that begins so; `(one|another one|)` for either; `~` for
up to four words of the same sentence, `~~` for up to two; `.` where a sentence ends; `<name>` for a list of
words named in words.txt. A heading in brackets says what the phrases below it are a sign of.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from positivesocials.care.plain import squeezed

FOLDER = Path(__file__).parent / "content" / "phrases"
LANGUAGES = ("en", "es", "ar")
# In this order: what one names, the next ones use.
FILES = ("words", "idioms", "danger", "violence")
# Each gap is bounded, so that no text takes long.
_GAPS = {"~": r"(?:\w+ ){0,4}?", "~~": r"(?:\w+ ){0,2}?"}
_PART = re.compile(r"[()|.]|~+|<\w+>|[^\s()|~<>.]+")
_ARABIC = re.compile(r"[\u0621-\u064a]")
# A phrase is tried where a text has the beginning of one of its words: of its rarer ones, if it can be.
_BEGINNING = 3
_USUAL = frozenset(
    [
        "i",
        "me",
        "my",
        "am",
        "is",
        "are",
        "was",
        "to",
        "the",
        "a",
        "an",
        "and",
        "or",
        "of",
        "in",
        "on",
        "it",
        "he",
        "she",
        "not",
        "do",
        "hav",
        "wil",
        "wan",
        "can",
        "be",
        "bei",
        "so",
        "jus",
        "you",
        "his",
        "her",
        "tha",
        "thi",
        "wit",
        "at",
        "fro",
        "for",
        "al",
        "no",
        "one",
        "liv",
        "goi",
        "por",
        "que",
        "de",
        "la",
        "el",
        "no",
        "me",
        "mi",
        "se",
        "es",
        "en",
        "un",
        "una",
        "los",
        "las",
        "con",
        "su",
        "le",
        "lo",
        "من",
        "في",
        "لا",
        "ما",
        "ان",
        "انا",
        "هو",
    ]
)
Keys = frozenset[str] | None


@dataclass(frozen=True)
class Phrase:
    heading: str
    pattern: re.Pattern[str]


@dataclass
class Family:
    """The phrases of one language, by the beginnings of their words."""

    _by_key: dict[str, list[Phrase]] = field(default_factory=dict)
    _always: list[Phrase] = field(default_factory=list)

    def add(self, phrase: Phrase, keys: Keys) -> None:
        for key in keys or ():
            self._by_key.setdefault(key, []).append(phrase)
        if keys is None:
            self._always.append(phrase)

    def possible_in(self, said: str) -> dict[str, list[re.Pattern[str]]]:
        """The few phrases that could be in it, by their headings."""
        keys = {word[:_BEGINNING] for word in said.split(" ")} & self._by_key.keys()
        found: dict[str, list[re.Pattern[str]]] = {}
        for phrase in dict.fromkeys([*(one for key in keys for one in self._by_key[key]), *self._always]):
            found.setdefault(phrase.heading, []).append(phrase.pattern)
        return found


@cache
def family(language: str) -> Family:
    named: dict[str, str] = {}
    named_keys: dict[str, Keys] = {}
    found, heading = Family(), ""
    for line in _lines(language):
        if line.startswith("["):
            heading = line.strip("[]")
            continue
        name, is_named, words = line.rpartition(" = ")
        pattern = "".join(_part(part, named) for part in _PART.findall(words))
        keys = _keys_of(iter(_PART.findall(words)), named_keys)
        if is_named:
            named[name], named_keys[name] = f"(?:{pattern})", keys
        else:
            found.add(Phrase(heading, re.compile(f"(?<= ){pattern}")), keys)
    return found


def _lines(language: str) -> Iterator[str]:
    for name in FILES:
        text = (FOLDER / language / f"{name}.txt").read_text(encoding="utf-8")
        yield from (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _part(part: str, named: dict[str, str]) -> str:
    if part in _GAPS:
        return _GAPS[part]
    if part.startswith("<"):
        return named[part]
    if part in "()|.":
        return {"(": "(?:", ".": r"\. "}.get(part, part)
    stem, star, _ = part.partition("*")
    # In Arabic "and" is written together with the word behind it.
    joined = "[وف]?" if _ARABIC.match(stem) else ""
    return joined + re.escape(squeezed(stem)) + (r"\w* " if star else " ")


def _keys_of(parts: Iterator[str], named: dict[str, Keys]) -> Keys:
    """Beginnings of words one of which is in every text that the phrase fits; None if there are no such."""
    either: list[Keys] = []
    best: Keys = None
    for part in parts:
        if part == ")":
            break
        if part == "|":
            either.append(best)
            best = None
        else:
            best = _rarer(best, _keys_of_part(part, parts, named))
    return _all_of([*either, best])


def _keys_of_part(part: str, parts: Iterator[str], named: dict[str, Keys]) -> Keys:
    if part == "(":
        return _keys_of(parts, named)
    if part in _GAPS or part == ".":
        return None
    if part.startswith("<"):
        return named[part]
    stem, star, _ = part.partition("*")
    stem = squeezed(stem)
    if star and len(stem) < _BEGINNING:
        return None
    joined = ["و" + stem, "ف" + stem] if _ARABIC.match(stem) else []
    return frozenset(word[:_BEGINNING] for word in [stem, *joined])


def _rarer(one: Keys, other: Keys) -> Keys:
    if one is None or other is None:
        return other if one is None else one
    return min(one, other, key=lambda keys: (len(keys & _USUAL), len(keys)))


def _all_of(either: Iterable[Keys]) -> Keys:
    found: set[str] = set()
    for keys in either:
        if keys is None:
            return None
        found |= keys
    return frozenset(found)
