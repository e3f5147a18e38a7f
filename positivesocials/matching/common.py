"""What two profiles have in common by their answers: read the same from both sides."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from positivesocials.core.refusals import NotThere
from positivesocials.matching import answers
from positivesocials.matching.affinity import Affinity, Pair, affinity
from positivesocials.matching.answers import Answer, Given
from positivesocials.matching.models import Answers
from positivesocials.matching.questions import QUESTIONS, THEMES, Question, asked_in
from positivesocials.profiles.models import Profile
from positivesocials.vault import fields as vault_fields

# With fewer questions a number says more of the formula than of two people.
ENOUGH_FOR_A_NUMBER = 3
MOST_TOPICS = 3


def get_question(code: str) -> Question:
    question = next((each for each in QUESTIONS.values() if each.code == code), None)
    if question is None:
        raise NotThere
    return question


def given_by(profile: Profile) -> dict[int, Answer]:
    return given_by_all([profile]).get(profile.pk, {})


def given_by_all(profiles: Sequence[Profile]) -> dict[UUID, dict[int, Answer]]:
    """What these profiles answered: one query for the rows, and one for keys that are not open yet."""
    by_id = {profile.pk: profile for profile in profiles}
    rows = list(Answers.objects.filter(profile__in=by_id))
    for row in rows:
        row.profile = by_id[row.profile_id]
    vault_fields.warm(rows)
    return {row.profile_id: answers.from_dict(row.given) for row in rows}


@dataclass(frozen=True)
class Line:
    """One question, and what the two replied to it, in words."""

    topic: str
    mine: str
    theirs: str
    is_same: bool
    suits: bool
    matters_to_both: bool


@dataclass(frozen=True)
class Common:
    """What raised and what lowered the number; no number from too few questions."""

    raised: list[Line]
    lowered: list[Line]
    percent: int | None

    @property
    def count(self) -> int:
        return len(self.raised) + len(self.lowered)


def common(one: Profile, other: Profile, mode: str) -> Common:
    given = given_by_all([one, other])
    found = between(given.get(one.pk, {}), given.get(other.pk, {}), mode)
    return Common(
        raised=[_line(pair) for pair in found.raised],
        lowered=[_line(pair) for pair in found.lowered],
        percent=found.percent if len(found.pairs) >= ENOUGH_FOR_A_NUMBER else None,
    )


def between(mine: Given, theirs: Given, mode: str) -> Affinity:
    return affinity(mine, theirs, asked_in(mode))


def agreed(mine: Given, theirs: Given, mode: str) -> list[str]:
    """A few topics to which both reply the same, and gladly."""
    same = [pair for pair in between(mine, theirs, mode).raised if pair.is_same]
    return [str(QUESTIONS[pair.number].topic) for pair in same[:MOST_TOPICS]]


def _line(pair: Pair) -> Line:
    question = QUESTIONS[pair.number]
    return Line(
        topic=str(question.topic),
        mine=str(question.replies[pair.mine.reply]),
        theirs=str(question.replies[pair.theirs.reply]),
        is_same=pair.is_same,
        suits=pair.suits,
        matters_to_both=pair.matters_to_both,
    )


@dataclass(frozen=True)
class Asked:
    """A question on one's own list, and one's answer."""

    question: Question
    answer: Answer | None

    @property
    def reply(self) -> str:
        return str(self.question.replies[self.answer.reply]) if self.answer else ""


@dataclass(frozen=True)
class Theme:
    name: str
    is_dating_only: bool
    asked: list[Asked]

    @property
    def open(self) -> list[Asked]:
        return [each for each in self.asked if each.answer is None]


@dataclass(frozen=True)
class Own:
    """One's own list: what is answered, what is open, and which question comes next."""

    themes: list[Theme]

    def answer_to(self, number: int) -> Answer | None:
        return next((each.answer for each in self.asked if each.question.number == number), None)

    @property
    def next(self) -> Question | None:
        return self.next_after()

    @property
    def asked(self) -> list[Asked]:
        return [each for theme in self.themes for each in theme.asked]

    @property
    def answered(self) -> list[Asked]:
        return [each for each in self.asked if each.answer is not None]

    def next_after(self, number: int = 0) -> Question | None:
        """The next open question after this one, from the start again at the end; never the same."""
        numbers = [each.question.number for each in self.asked]
        start = numbers.index(number) + 1 if number in numbers else 0
        turned = [*self.asked[start:], *self.asked[:start]]
        unanswered = (each.question for each in turned if each.answer is None)
        return next((question for question in unanswered if question.number != number), None)

    @property
    def is_mostly_visible(self) -> bool:
        """What a new answer starts from. Before the first answer: not visible."""
        seen = [each.answer.is_visible for each in self.answered if each.answer]
        return sum(seen) * 2 > len(seen)


def own(profile: Profile) -> Own:
    given = given_by(profile)
    return Own([_theme(theme, given) for theme in THEMES])


def _theme(theme: str, given: Given) -> Theme:
    questions = [each for each in QUESTIONS.values() if each.theme == theme]
    asked = [Asked(question, given.get(question.number)) for question in questions]
    return Theme(str(THEMES[theme]), questions[0].is_dating_only, asked)
