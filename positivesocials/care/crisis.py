"""Words of self-harm, suicide and violence at home, so that help is shown at once. Nothing is kept of it.

It never forbids, sends or tells anybody anything. tests/lines/crisis.txt says what is a sign of what.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from positivesocials.care.phrases import LANGUAGES, Keys, family, keys_of
from positivesocials.care.plain import words_of


class Danger(IntEnum):
    NONE = 0
    HEAVY = 1  # Heavy thoughts, or grave ones that are past.
    GRAVE = 2  # Thoughts of suicide or self-harm; violence.
    NOW = 3


# The headings of the files: `o` is about somebody else, `v` is violence.
HEADINGS = frozenset({"1", "2", "3", "2o", "3o", "v2", "v3", "v2o"})
GRAVE_OWN = {"2", "3"}
OF_OTHERS = {"2o", "3o"}
Phrases = dict[str, list[re.Pattern[str]]]


@dataclass(frozen=True)
class Signs:
    """How grave what somebody writes is: for themselves, or for another person where they speak of one."""

    danger: Danger = Danger.NONE
    is_about_other: bool = False
    violence: Danger = Danger.NONE
    is_violence_to_other: bool = False

    def __bool__(self) -> bool:
        return bool(self.danger or self.violence)

    @property
    def is_now(self) -> bool:
        return Danger.NOW in {self.danger, self.violence}

    @property
    def is_for_other(self) -> bool:
        """Whether all of it is about somebody else."""
        own = (self.danger and not self.is_about_other) or (self.violence and not self.is_violence_to_other)
        return bool(self) and not own


NO_SIGNS = Signs()


def signs_in(text: str) -> Signs:
    said = words_of(text)
    keys = keys_of(said)
    found: set[str] = set().union(*(_found(said, keys, language) for language in LANGUAGES))
    own, others = _gravest(found), _gravest(found, behind="o")
    violence, to_others = _gravest(found, before="v"), _gravest(found, before="v", behind="o")
    return Signs(
        own or others, not own and bool(others), violence or to_others, not violence and bool(to_others)
    )


def _gravest(found: set[str], *, before: str = "", behind: str = "") -> Danger:
    levels = (Danger.NOW, Danger.GRAVE, Danger.HEAVY)
    return next((level for level in levels if f"{before}{int(level)}{behind}" in found), Danger.NONE)


def _found(said: str, keys: Keys, language: str) -> set[str]:
    """The headings that fit. Most texts have none; of others, idioms are taken out first, and sentences that
    tell of a book or of news; what is past weighs less, and nothing where somebody says that they are well
    now, unless it is back."""
    phrases = family(language).possible_in(keys)
    if not _headings_in(said, phrases):
        return set()
    for idiom in phrases.get("idiom", ()):
        said = idiom.sub("· ", said)
    sentences = [one for one in said.split(" . ") if not _is_aside(f" {one} ", phrases)]
    past = {one for one in sentences if _is_past(f" {one} ", phrases)}
    found = _headings_in(_joined(one for one in sentences if one not in past), phrases)
    earlier = _headings_in(_joined(past), phrases) if past else set()
    if earlier & GRAVE_OWN:
        earlier.add("1")
    if _is_in(f" {said} ", phrases, "well"):
        earlier -= {"1"}
    return found | (earlier - GRAVE_OWN - OF_OTHERS)


def _is_aside(sentence: str, phrases: Phrases) -> bool:
    return _is_in(sentence, phrases, "aside") and not _is_in(sentence, phrases, "mine")


def _is_past(sentence: str, phrases: Phrases) -> bool:
    return _is_in(sentence, phrases, "past") and not _is_in(sentence, phrases, "again")


def _joined(sentences: Iterable[str]) -> str:
    return f" . {' . '.join(sentences)} . "


def _headings_in(said: str, phrases: Phrases) -> set[str]:
    return {heading for heading in phrases.keys() & HEADINGS if _is_in(said, phrases, heading)}


def _is_in(said: str, phrases: Phrases, heading: str) -> bool:
    return any(phrase.search(said) for phrase in phrases.get(heading, ()))
