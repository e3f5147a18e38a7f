from uuid import UUID

from positivesocials.accounts.models import Account, Role
from positivesocials.asking.models import Answer, Professional, ProfessionalQuerySet, Question
from positivesocials.core.refusals import NotThere
from positivesocials.moderation import access as moderators
from positivesocials.replies.models import State


def is_held_at_first(actor: Account) -> bool:
    return moderators.needs_hold(actor)


def is_professional(viewer: Account | None) -> bool:
    """Whether the operators have checked who this is, and the check holds today."""
    return viewer is not None and Professional.objects.verified().filter(account=viewer).exists()


def get_professional(actor: Account) -> Professional:
    """The actor as a verified professional."""
    own = Professional.objects.verified().filter(account=actor).first()
    if own is None:
        raise NotThere
    return own


def get_question_for(viewer: Account | None, pk: UUID) -> Question:
    """Answered ones that may be read are there for anybody; others for the asker and for professionals."""
    question = Question.objects.readable_by(viewer).filter(pk=pk).first()
    if question is None:
        raise NotThere
    return question


def get_own_question(actor: Account, pk: UUID) -> Question:
    question = Question.objects.filter(asker=actor, pk=pk).first()
    if question is None:
        raise NotThere
    return question


def get_question_to_answer(actor: Account, pk: UUID) -> Question:
    """Professionals answer any question but their own."""
    get_professional(actor)
    question = Question.objects.filter(state=State.PUBLIC, pk=pk).exclude(asker=actor).first()
    if question is None:
        raise NotThere
    return question


def get_answer_below(actor: Account, pk: UUID, answer_id: UUID) -> Answer:
    """An answer below a question of the actor's own."""
    answer = Answer.objects.filter(
        question=get_own_question(actor, pk), pk=answer_id, state=State.PUBLIC
    ).first()
    if answer is None:
        raise NotThere
    return answer


def get_own_answer(actor: Account, answer_id: UUID) -> Answer:
    """One's own, also when the check has ended since."""
    answer = Answer.objects.filter(professional__account=actor, pk=answer_id).first()
    if answer is None:
        raise NotThere
    return answer


def require_operator(actor: Account) -> None:
    if not actor.acts_as(Role.OPERATOR):
        raise NotThere


def is_only_operator(actor: Account) -> bool:
    """Whether there is nobody else who could check the actor."""
    operators = Account.objects.filter(role=Role.OPERATOR, is_active=True)
    return actor.acts_as(Role.OPERATOR) and not operators.exclude(pk=actor.pk).exists()


def checkable(actor: Account) -> ProfessionalQuerySet:
    """Nobody checks themselves where another could."""
    rows = Professional.objects.all()
    return rows if is_only_operator(actor) else rows.exclude(account=actor)


def get_professional_for(actor: Account, pk: UUID) -> Professional:
    """Who asked to be checked or was, for the operators."""
    require_operator(actor)
    found = checkable(actor).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found
