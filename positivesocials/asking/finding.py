"""Answered questions for the search, and those close to what somebody is about to ask.

They are sealed: opened for each search, kept nowhere. Only what anybody may read is among them.
"""

from collections.abc import Callable, Sequence

from django.urls import reverse

from positivesocials.accounts.models import Account
from positivesocials.asking.models import Question
from positivesocials.core.public_texts import PublicText
from positivesocials.search import selectors as search
from positivesocials.search.selectors import Hit
from positivesocials.vault.fields import warm

KIND = "question"
OPENED = ("asker_id", "title", "text", "asked_at")
MOST_ALIKE = 4


def newest(
    viewer: Account | None, *, limit: int, says: Callable[[str], int], most: int
) -> Sequence[PublicText]:
    """Of the newest that anybody may read, those that say most. `viewer` makes no difference."""
    questions = list(Question.objects.public().only(*OPENED).order_by("-asked_at", "id")[:limit])
    warm(questions)
    counted = [(says(f"{each.title or ''} {each.text or ''}"), each) for each in questions if each.title]
    telling = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])[:most]
    return [_text(question) for _count, question in telling]


def alike(viewer: Account, words: str, *, language: str) -> list[Hit]:
    """Answered questions that come close to what somebody writes."""
    return search.nearest(viewer, words=words, kind=KIND, language=language, most=MOST_ALIKE)


def _text(question: Question) -> PublicText:
    return PublicText(
        id=str(question.pk),
        title=question.title or "",
        url=reverse("asking:show-question", args=[question.pk]),
        text=question.text or "",
        dated_on=question.asked_at.date(),
    )
