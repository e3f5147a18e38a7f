"""What a viewer reads of questions and answers. Nothing of who asked leaves this module."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from positivesocials.accounts.models import Account
from positivesocials.asking import access, days
from positivesocials.asking.models import Addition, Answer, Professional, Question
from positivesocials.core import markdown
from positivesocials.moderation import selectors as moderation
from positivesocials.replies.models import State
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import warm

A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A question in a list."""

    id: UUID
    title: str
    asked_at: datetime
    answers: int
    state: str = State.PUBLIC
    is_shared: bool = True
    due_on: date | None = None
    is_late: bool = False

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD

    @property
    def is_removed(self) -> bool:
        return self.state == State.REMOVED


@dataclass(frozen=True)
class Badge:
    """What was checked of who answers, and when."""

    name: str
    profession: str
    checked: str
    checked_on: date
    ended_on: date
    holds: bool
    # The only operator there was, whom nobody else has checked.
    is_own_word: bool


@dataclass(frozen=True)
class AnswerView:
    id: UUID
    badge: Badge
    text: SafeString
    written_at: datetime
    is_accepted: bool
    is_own: bool
    is_removed: bool
    reason: str


@dataclass(frozen=True)
class Added:
    text: SafeString
    written_at: datetime


@dataclass(frozen=True)
class QuestionView:
    id: UUID
    title: str
    text: SafeString
    plain: str
    asked_at: datetime
    due_on: date
    is_late: bool
    state: str
    is_own: bool
    is_shared: bool
    may_answer: bool
    reason: str
    additions: Sequence[Added]
    answers: Sequence[AnswerView]

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD

    @property
    def is_removed(self) -> bool:
        return self.state == State.REMOVED

    @property
    def waits(self) -> bool:
        return self.state == State.PUBLIC and not any(not answer.is_removed for answer in self.answers)


@dataclass(frozen=True)
class Waiting:
    """How long questions wait, for the operators: figures alone, no words."""

    count: int
    late: int
    since: datetime | None


@dataclass(frozen=True)
class Checked:
    """Somebody who asks to be checked or was, as the operators see them."""

    id: UUID
    asked: dict[str, str] | None
    asked_at: datetime | None
    badge: Badge | None
    checked_by: str
    ended_at: datetime | None


def answered(*, number: str | int) -> "tuple[Page[Question], list[Line]]":
    """Questions that anybody may read, the newest first."""
    page = Paginator(Question.objects.public().order_by("-asked_at", "id"), A_PAGE).get_page(number)
    return page, _lines(list(page.object_list))


def stands() -> list[tuple[str, datetime]]:
    """Where questions stand that anybody may read, and when they were asked."""
    rows = Question.objects.public().order_by("-asked_at", "id").values_list("pk", "asked_at")
    return [(reverse("asking:show-question", args=[pk]), asked_at) for pk, asked_at in rows]


def own(actor: Account) -> list[Line]:
    return _lines(list(Question.objects.filter(asker=actor).order_by("-asked_at", "id")))


def waiting_for(actor: Account) -> list[Line]:
    """What nobody has answered yet, the longest wait first."""
    rows = Question.objects.waiting().exclude(asker=actor).order_by("asked_at", "id")
    return _lines(list(rows[: A_PAGE * 5]))


def waiting() -> Waiting:
    since = list(Question.objects.waiting().order_by("asked_at").values_list("asked_at", flat=True))
    return Waiting(len(since), sum(map(days.is_late, since)), since[0] if since else None)


def _lines(questions: list[Question]) -> list[Line]:
    warm(questions)
    ids = Answer.objects.filter(question__in=questions, state=State.PUBLIC).values_list("question", flat=True)
    counts: dict[UUID, int] = {}
    for pk in ids:
        counts[pk] = counts.get(pk, 0) + 1
    return [
        Line(
            id=question.pk,
            title=question.title or "",
            asked_at=question.asked_at,
            answers=counts.get(question.pk, 0),
            state=question.state,
            is_shared=question.is_shared,
            due_on=days.due_on(question.asked_at),
            is_late=not counts.get(question.pk) and days.is_late(question.asked_at),
        )
        for question in questions
    ]


def view_of(question: Question, viewer: Account | None) -> QuestionView:
    is_own = viewer is not None and question.asker_id == viewer.pk
    additions = list(question.additions.order_by("written_at", "id"))
    answers = _answers_below(question, viewer)
    warm([question], additions, answers, [answer.professional for answer in answers])
    removed = [question.pk] if is_own and question.state == State.REMOVED else []
    return QuestionView(
        id=question.pk,
        title=question.title or "",
        text=markdown.render(question.text or ""),
        plain=whole(question, additions),
        asked_at=question.asked_at,
        due_on=days.due_on(question.asked_at),
        is_late=days.is_late(question.asked_at),
        state=question.state,
        is_own=is_own,
        is_shared=question.is_shared,
        may_answer=not is_own and question.state == State.PUBLIC and access.is_professional(viewer),
        reason=moderation.reasons("question", removed).get(question.pk, "") if removed else "",
        additions=[Added(markdown.render(each.text or ""), each.written_at) for each in additions],
        answers=_views(answers, viewer),
    )


def whole(question: Question, additions: Iterable[Addition]) -> str:
    """Everything the asker wrote."""
    parts = [question.title, question.text, *(each.text for each in additions)]
    return "\n\n".join(filter(None, parts))


def _answers_below(question: Question, viewer: Account | None) -> list[Answer]:
    """The accepted one first. Who is kept apart from somebody does not read what they answered."""
    shown = Q(state=State.PUBLIC)
    if viewer is not None:
        shown |= Q(state=State.REMOVED, professional__account=viewer)
    rows = question.answers.filter(shown).select_related("professional")
    apart = rows.exclude(professional__account__in=safety.hidden_from(viewer))
    return list(apart.order_by("-is_accepted", "written_at", "id"))


def _views(answers: list[Answer], viewer: Account | None) -> list[AnswerView]:
    removed = [answer.pk for answer in answers if answer.state == State.REMOVED]
    reasons = moderation.reasons("answer", removed) if removed else {}
    return [
        AnswerView(
            id=answer.pk,
            badge=badge_of(answer.professional),
            text=markdown.render(answer.text or ""),
            written_at=answer.written_at,
            is_accepted=answer.is_accepted,
            is_own=viewer is not None and answer.professional.account_id == viewer.pk,
            is_removed=answer.state == State.REMOVED,
            reason=reasons.get(answer.pk, ""),
        )
        for answer in answers
    ]


def badge_of(row: Professional) -> Badge:
    assert row.checked_on is not None
    assert row.valid_until is not None
    return Badge(
        name=row.name or "",
        profession=row.profession or "",
        checked=row.checked or "",
        checked_on=row.checked_on,
        ended_on=min(filter(None, (row.valid_until, row.ended_at and timezone.localdate(row.ended_at)))),
        holds=row.is_verified,
        is_own_word=row.checked_by_id == row.account_id,
    )


def professionals(actor: Account) -> list[Checked]:
    """Who waits to be checked first, then by name."""
    rows = list(access.checkable(actor))
    warm(rows)
    return sorted(
        map(checked, rows), key=lambda one: (one.asked is None, one.badge.name if one.badge else "", one.id)
    )


def own_check(actor: Account) -> Checked | None:
    row = Professional.objects.filter(account=actor).first()
    return checked(row) if row else None


def checked(row: Professional) -> Checked:
    return Checked(
        id=row.pk,
        asked=row.asked,
        asked_at=row.asked_at,
        badge=badge_of(row) if row.checked_on else None,
        checked_by=row.checked_by,
        ended_at=row.ended_at,
    )
