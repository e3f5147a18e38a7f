"""Words for one thing: who looks for one finds what says another. "~" marks one that is spelled wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from positivesocials.search import folding

Phrase = tuple[str, ...]
WRONG = "~"


@dataclass(frozen=True)
class Groups:
    of_phrase: dict[Phrase, tuple[int, ...]] = field(default_factory=dict)
    phrases: tuple[tuple[Phrase, ...], ...] = ()
    longest: int = 1
    right_words: dict[str, str] = field(default_factory=dict)
    wrong_words: frozenset[str] = frozenset()

    def meant_by(self, phrase: Phrase) -> list[Phrase]:
        """Every way to say it, the phrase itself first.

        Without those that are little words in another language, "ITS" or "I=I": they stand in every text.
        """
        others = (one for number in self.of_phrase.get(phrase, ()) for one in self.phrases[number])
        ways = list(dict.fromkeys([phrase, *others]))
        return [way for way in ways if not all(map(folding.is_little, way))] or [phrase]


def split(line: str) -> list[str]:
    return [word.strip() for word in line.replace("،", ",").replace("\n", ",").split(",") if word.strip()]


def read(lines: Iterable[str]) -> Groups:
    of_phrase: dict[Phrase, tuple[int, ...]] = {}
    phrases: list[tuple[Phrase, ...]] = []
    right: dict[str, str] = {}
    wrong: set[str] = set()
    for line in lines:
        words = split(line)
        told = [tuple(folding.terms(word)) for word in words]
        phrases.append(tuple(phrase for phrase in dict.fromkeys(told) if phrase))
        for phrase in phrases[-1]:
            of_phrase[phrase] = (*of_phrase.get(phrase, ()), len(phrases) - 1)
        for word in words:
            if word.startswith(WRONG):
                wrong.update(folding.folded_words(word))
            else:
                right |= {folding.folded_word(one): one.lower() for one in folding.WORD.findall(word)}
    return Groups(
        of_phrase, tuple(phrases), max(map(len, of_phrase), default=1), right, frozenset(wrong - right.keys())
    )
