from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.asking import checks, finding, selectors, services
from positivesocials.asking.models import Answer, Question
from positivesocials.core.refusals import NotThere
from positivesocials.moderation import registry
from positivesocials.moderation.registry import Evidence
from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Kind
from positivesocials.replies.models import State
from positivesocials.search import sources
from positivesocials.search.sources import Passing


class QuestionKind:
    label = _("Question")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        return _asked(Question.objects.readable_by(reporter).filter(pk=item_id))

    def evidence(self, item_id: UUID) -> Evidence:
        return _asked(Question.objects.filter(pk=item_id))

    def approve(self, item_id: UUID) -> None:
        services.approve_question(item_id)

    def remove(self, item_id: UUID) -> None:
        services.remove_question(item_id)


class AnswerKind:
    label = _("Answer of a professional")

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        said = Answer.objects.filter(question__in=Question.objects.readable_by(reporter), state=State.PUBLIC)
        return _answered(said.filter(pk=item_id))

    def evidence(self, item_id: UUID) -> Evidence:
        return _answered(Answer.objects.filter(pk=item_id))

    def approve(self, item_id: UUID) -> None:
        """Answers are not held: the operators have checked who writes them."""

    def remove(self, item_id: UUID) -> None:
        services.remove_answer(item_id)


def _asked(questions: QuerySet[Question]) -> Evidence:
    question = questions.prefetch_related("additions").first()
    if question is None or question.text is None:
        raise NotThere
    return Evidence(
        text=selectors.whole(question, question.additions.all()),
        shown_name=_now("Somebody who asks"),
        url=_path(question.pk),
        author_ids=(question.asker_id,),
        is_nameless=True,
    )


def _answered(answers: QuerySet[Answer]) -> Evidence:
    answer = answers.select_related("professional").first()
    if answer is None or answer.text is None:
        raise NotThere
    return Evidence(
        text=answer.text,
        shown_name=answer.professional.name or "",
        url=_path(answer.question_id),
        author_ids=(answer.professional.account_id,),
    )


def _path(question_id: UUID) -> str:
    return reverse("asking:show-question", args=[question_id])


def _address(question_id: UUID) -> str | None:
    return _path(question_id) if Question.objects.filter(pk=question_id).exists() else None


def _own_check(_target: UUID) -> str:
    return reverse("asking:apply")


registry.register(services.QUESTION, QuestionKind(), is_nameless=True)
registry.register(services.ANSWER, AnswerKind())
notices.register(
    Kind(
        services.ANSWERED,
        label=_("Answers to your questions"),
        words=_("An answer to your question"),
        icon="reply",
        path=_address,
        order=6,
    )
)
notices.register(
    Kind(
        services.WAITS,
        label=_("Questions for professionals"),
        words=_("A question waits for an answer"),
        icon="info",
        path=_address,
        order=7,
    )
)
notices.register(
    Kind(
        checks.NOTICE,
        label=_("Your check as a professional"),
        words=_("Something changed about your check"),
        icon="check",
        path=_own_check,
        order=8,
    )
)
sources.register_passing(
    Passing(finding.KIND, label=_("Answered questions"), icon="info", newest=finding.newest)
)
