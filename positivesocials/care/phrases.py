"""Families of phrases, as the files in content/phrases keep them, one language each.

A line is a phrase: words; `word*` for every word that begins so; `(one|another one|)` for either; `~~` for
up to two words of the same sentence, `~` for up to four, `~~~` for up to eight; `.` where a sentence ends;
`<name>` for a list of words that a line `<name> = ...` before it names. A heading in brackets says what the
phrases below it are a sign of.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from positivesocials.care.plain import FOLDER, squeezed, usual_words

LANGUAGES = ("en", "es", "ar")
# In this order: what one names, the next ones use.
FILES = ("words", "idioms", "danger", "violence", "roundabout", "families")
# Each gap is bounded, so that no text takes long.
_GAPS = {"~": r"(?:\w+ ){0,4}?", "~~": r"(?:\w+ ){0,2}?", "~~~": r"(?:\w+ ){0,8}?"}
_PART = re.compile(r"[()|.]|~+|<\w+>|[^\s()|~<>.]+")
_EITHER = re.compile(r"\(\?:([^()]+)\)")
_ARABIC = re.compile(r"[\u0621-\u064a]")
# A phrase is tried where a text has one of its rarer words, and each of the others that it cannot do without.
# Of a word that only begins so (`word*`) its beginning counts.
_BEGINNING = 3
# So many words are looked through by their first letter.
FEWEST = 6
Keys = frozenset[str]


@dataclass(frozen=True, eq=False)
class Phrase:
    heading: str
    pattern: re.Pattern[str]
    # One word of each of these is in every text that the phrase fits.
    needs: tuple[Keys, ...]


@dataclass
class Family:
    """The phrases of one language, by their rarer words."""

    # Behind each key what else is needed: most phrases fall away there.
    _by_key: dict[str, list[tuple[Keys, Phrase]]] = field(default_factory=dict)

    def add(self, heading: str, pattern: re.Pattern[str], needs: Iterable[Keys]) -> None:
        first, *others = sorted(needs, key=_usual)
        second, *others = others or [first]
        phrase = Phrase(heading, pattern, tuple(others))
        for key in first:
            self._by_key.setdefault(key, []).append((second, phrase))

    def possible_in(self, keys: Keys) -> dict[str, list[re.Pattern[str]]]:
        """The few phrases that could be in a text with these keys, by their headings."""
        missing = keys.isdisjoint
        tried = {
            phrase: None
            for key in keys & self._by_key.keys()
            for second, phrase in self._by_key[key]
            if not missing(second)
        }
        found: dict[str, list[re.Pattern[str]]] = {}
        for phrase in tried:
            if not any(map(missing, phrase.needs)):
                found.setdefault(phrase.heading, []).append(phrase.pattern)
        return found


def keys_of(said: str) -> Keys:
    """The words of a text, and what they begin with."""
    words = set(said.split())
    return frozenset(words | {word[:_BEGINNING] for word in words})


@cache
def family(language: str) -> Family:
    named: dict[str, str] = {}
    named_needs: dict[str, list[Keys]] = {}
    found, heading = Family(), ""
    for line in _lines(language):
        if line.startswith("["):
            heading = line.strip("[]")
            continue
        name, is_named, words = line.rpartition(" = ")
        pattern = _EITHER.sub(_by_letter, "".join(_part(part, named) for part in _PART.findall(words)))
        needs = _needs_of(iter(_PART.findall(words)), named_needs)
        if is_named:
            named[name], named_needs[name] = f"(?:{pattern})", needs
        else:
            # A space is found fast; but what an idiom takes away may begin where another one ends.
            space = "(?<= )" if heading == "idiom" else " "
            found.add(heading, re.compile(f"{space}{pattern}"), needs)
    return found


def _lines(language: str) -> Iterator[str]:
    for name in FILES:
        text = (FOLDER / language / f"{name}.txt").read_text(encoding="utf-8")
        yield from (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _by_letter(either: re.Match[str]) -> str:
    """(?:he |her |she ): as (?:h(?:e |er )|s(?:he )), which looks at fewer words."""
    behind: dict[str, list[str]] = {}
    alternatives = either[1].split("|")
    if len(alternatives) < FEWEST or not all(words[:1].isalpha() for words in alternatives):
        return either[0]
    for words in alternatives:
        behind.setdefault(words[0], []).append(words[1:])
    letters = (f"{letter}(?:{'|'.join(rest)})" for letter, rest in behind.items())
    return f"(?:{'|'.join(letters)})"


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


def _needs_of(parts: Iterator[str], named: dict[str, list[Keys]]) -> list[Keys]:
    """Of each of these sets, a word is in every text that the phrase fits."""
    either: list[list[Keys]] = [[]]
    for part in parts:
        if part == ")":
            break
        if part == "|":
            either.append([])
        else:
            either[-1] += _needs_of_part(part, parts, named)
    if len(either) == 1:
        return either[0]
    if not all(either):
        return []
    return [frozenset[str]().union(*(min(needs, key=_usual) for needs in either))]


def _needs_of_part(part: str, parts: Iterator[str], named: dict[str, list[Keys]]) -> list[Keys]:
    if part == "(":
        return _needs_of(parts, named)
    if part in _GAPS or part == ".":
        return []
    if part.startswith("<"):
        return named[part]
    stem, star, _ = part.partition("*")
    stem = squeezed(stem)
    if star and len(stem) < _BEGINNING:
        return []
    joined = ["و" + stem, "ف" + stem] if _ARABIC.match(stem) else []
    return [frozenset(word[:_BEGINNING] if star else word for word in [stem, *joined])]


def _usual(keys: Keys) -> tuple[float, int]:
    """How often one of them is in a text: rarer ones come first."""
    return sum(map(_shares().__getitem__, keys & _shares().keys())), len(keys)


@cache
def _shares() -> dict[str, float]:
    """The second of the usual words is half as usual as the first, and so on."""
    shares: dict[str, float] = {}
    for place, word in enumerate(usual_words(), 1):
        for key in keys_of(squeezed(word)):
            shares[key] = shares.get(key, 0) + 1 / place
    return shares
