"""What a profile answered: the shape of `Answers.given`, by the number of the question.

On disk an answer is `[reply, accepted replies, importance, visible]` with letters for replies, such as
`["a", "ab", 2, true]`: forty of them stay within one block, so that the length says little.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Any

from positivesocials.matching.questions import QUESTIONS, Question


class Importance(IntEnum):
    IRRELEVANT = 0
    LITTLE = 1
    SOMEWHAT = 2
    VERY = 3


# Each step counts three times the one before, so that one "very" does not silence a dozen "a little".
WEIGHTS = {Importance.IRRELEVANT: 0, Importance.LITTLE: 1, Importance.SOMEWHAT: 3, Importance.VERY: 9}


@dataclass(frozen=True)
class Answer:
    """`accepts` are the replies welcome in others. An answer that is not visible is used for nothing."""

    reply: str
    accepts: frozenset[str] = frozenset()
    importance: Importance = Importance.IRRELEVANT
    is_visible: bool = False

    def is_to(self, question: Question) -> bool:
        return self.reply in question.replies and self.accepts <= question.replies.keys()

    def asks(self, question: Question) -> bool:
        """Whether what the other replies makes a difference: not, if every reply or none is welcome."""
        return 0 < len(self.accepts) < len(question.replies)

    def weight(self, question: Question) -> int:
        """How much it counts what the other replies."""
        return WEIGHTS[self.importance] if self.asks(question) else 0

    def to_list(self) -> list[Any]:
        return [self.reply, "".join(sorted(self.accepts)), int(self.importance), self.is_visible]

    @classmethod
    def from_list(cls, raw: object) -> "Answer | None":
        """None for what is no answer; never raises."""
        if not isinstance(raw, list) or len(raw) != 4:
            return None
        reply, accepts, importance, is_visible = raw
        if not (isinstance(reply, str) and isinstance(accepts, str) and importance in list(Importance)):
            return None
        return _answer(reply, accepts, importance, is_visible is True)


@lru_cache(maxsize=4096)
def _answer(reply: str, accepts: str, importance: int, is_visible: bool) -> Answer:
    """Equal answers are one object: thousands of people's are held open at a time."""
    return Answer(reply, frozenset(accepts), Importance(importance), is_visible)


Given = Mapping[int, Answer]


def to_dict(given: Given) -> dict[str, Any]:
    return {str(number): answer.to_list() for number, answer in given.items()}


def from_dict(raw: object) -> dict[int, Answer]:
    """Read any earlier or damaged value: what answers no question of ours any more is left out."""
    if not isinstance(raw, dict):
        return {}
    read = {number: Answer.from_list(raw.get(str(number))) for number in QUESTIONS}
    return {n: answer for n, answer in read.items() if answer is not None and answer.is_to(QUESTIONS[n])}


def visible(given: Given) -> dict[int, Answer]:
    return {number: answer for number, answer in given.items() if answer.is_visible}
