"""The unmistakable words that everybody of the world has in what they keep, and who wrote which."""

import re
from dataclasses import dataclass, field

from tests.planting import word

WORD = re.compile(rb"zq[0-9a-f]{16}")


@dataclass(frozen=True, order=True)
class Planted:
    """`whose` names a person of the world; `kind` is a key of canaries.KEPT."""

    whose: str
    kind: str


@dataclass
class Words:
    """`words("match", "pronouns")` is the word that the match has for pronouns, the same each time."""

    planted: dict[bytes, Planted] = field(default_factory=dict)

    def __call__(self, whose: str, kind: str) -> str:
        text = word(f"{whose}: {kind}")
        self.planted[text.encode()] = Planted(whose, kind)
        return text

    def address(self, whose: str, kind: str = "address") -> str:
        return f"{self(whose, kind)}@example.org"

    def add(self, text: str, whose: str, kind: str) -> None:
        """A value that the site made itself."""
        self.planted[text.encode()] = Planted(whose, kind)

    def found_in(self, data: bytes) -> set[Planted]:
        hits = {self.planted[text] for text in set(WORD.findall(data)) if text in self.planted}
        made = (text for text in self.planted if not WORD.fullmatch(text))
        return hits | {self.planted[text] for text in made if text in data}
