"""Asking and answering: the only code that writes questions, additions and answers."""

from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.asking import access
from positivesocials.asking.models import Addition, Answer, Professional, Question
from positivesocials.core import instance, wording
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import services as moderation
from positivesocials.notifications.notices import notify
from positivesocials.replies import services as replies
from positivesocials.replies.models import State

QUESTION, ANSWER = "question", "answer"
ANSWERED, WAITS = "ask-answer", "ask-waits"
MOST_WAITING = 5
MOST_ADDED = 10
R = TypeVar("R", bound=models.Model)


def ask(actor: Account, *, title: str, text: str, is_shared: bool, client_key: str) -> Question:
    """A question without a name. The same `client_key` again returns the first one."""
    _must_be_open()
    sent = Question.objects.filter(client_key=client_key, asker=actor).first()
    if sent is not None:
        return sent
    if Question.objects.waiting().filter(asker=actor).count() >= MOST_WAITING:
        raise Refused(_("Several of your questions wait already. Please wait for answers to them first."))
    line = wording.one_line(title)
    if not wording.is_seen(line):
        raise Refused(_("Write your question in one line first."))
    question = Question(
        asker=actor,
        title=line,
        text=replies.worded(text),
        is_shared=is_shared,
        state=State.HELD if access.is_held_at_first(actor) else State.PUBLIC,
        client_key=client_key,
    )
    return _save_once(question, of=actor)


def _save_once(question: Question, *, of: Account) -> Question:
    try:
        with transaction.atomic():
            question.save(force_insert=True)
            _hold_or_tell(question)
    except IntegrityError:
        sent = Question.objects.filter(client_key=question.client_key, asker=of).first()
        if sent is None:
            raise replies.SentBefore from None
        return sent
    return question


def _hold_or_tell(question: Question) -> None:
    if question.state == State.HELD:
        moderation.hold(QUESTION, question.pk)
    else:
        _tell_professionals(question)


def add(actor: Account, question: Question, *, text: str, client_key: str) -> None:
    """More about one's own question. While the actor's words are read first, the question waits once more."""
    _must_be_open()
    if question.asker_id != actor.pk or question.state == State.REMOVED:
        raise NotThere
    if question.additions.count() >= MOST_ADDED:
        raise Refused(_("You have added to it many times. Please ask a new question."))
    more = Addition(question=question, key_id=actor.pk, text=replies.worded(text), client_key=client_key)
    with transaction.atomic():
        # Changes nothing, and nobody erases or removes it until this is done.
        if not Question.objects.filter(pk=question.pk).exclude(state=State.REMOVED).update(asker=actor):
            raise NotThere
        if not _insert_once(more, question=question):
            return
        if access.is_held_at_first(actor):
            Question.objects.filter(pk=question.pk, state=State.PUBLIC).update(state=State.HELD)
            moderation.hold(QUESTION, question.pk)
        else:
            _tell_professionals(question, already=True)


def erase_question(actor: Account, question: Question) -> None:
    """It is gone for everybody, with what was added and answered: answers repeat what was asked."""
    if question.asker_id != actor.pk:
        raise NotThere
    with transaction.atomic():
        # First the change, which waits for who answers just now: their answer goes too.
        Question.objects.filter(pk=question.pk).update(is_shared=False)
        Question.objects.filter(pk=question.pk).delete()
        moderation.release(QUESTION, question.pk)


def keep_private(actor: Account, question: Question) -> None:
    """From now on nobody but professionals and the asker reads it."""
    _share(actor, question, is_shared=False)


def share(actor: Account, question: Question) -> None:
    """Once it is answered, anybody may read it, without the asker's name."""
    _share(actor, question, is_shared=True)


def _share(actor: Account, question: Question, *, is_shared: bool) -> None:
    if question.asker_id != actor.pk:
        raise NotThere
    Question.objects.filter(pk=question.pk).update(is_shared=is_shared)


def answer(actor: Account, question: Question, *, text: str, client_key: str) -> None:
    """Under the verified name. The asker is told once, however often the form is sent."""
    _must_be_open()
    own = access.get_professional(actor)
    if question.asker_id == actor.pk or question.state != State.PUBLIC:
        raise NotThere
    said = Answer(
        question=question,
        professional=own,
        key_id=actor.pk,
        text=replies.worded(text),
        client_key=client_key,
    )
    with transaction.atomic():
        _hold_still(question, own)
        if _insert_once(said, question=question):
            notify([question.asker_id], ANSWERED, target=question.pk, by=[actor.pk])


def _hold_still(question: Question, own: Professional) -> None:
    """Until the end of the transaction nobody erases or removes the question, nor ends who answers it."""
    public = Question.objects.filter(pk=question.pk, state=State.PUBLIC)
    verified = Professional.objects.verified().filter(pk=own.pk)
    if not verified.update(ended_at=None) or not public.update(state=State.PUBLIC):
        raise NotThere


def _insert_once(row: Addition | Answer, *, question: Question) -> bool:
    """False where the same form was sent before."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        known = type(row)._default_manager.filter(client_key=row.client_key, key_id=row.key_id)
        if known.filter(question=question).exists():
            return False
        raise replies.SentBefore from None
    return True


def erase_answer(actor: Account, said: Answer) -> None:
    """Taken back by who wrote it. The question waits again if no other answer stands below it."""
    with transaction.atomic():
        if not Answer.objects.filter(pk=said.pk, professional__account=actor).delete()[0]:
            raise NotThere


def accept(actor: Account, said: Answer) -> None:
    """The answer that helped, marked by the asker: one at most, the later choice holds."""
    if said.question.asker_id != actor.pk:
        raise NotThere
    with transaction.atomic():
        # In this order for every choice, so that two at once never wait for each other.
        Question.objects.select_for_update().filter(pk=said.question_id).first()
        below = Answer.objects.filter(question=said.question_id)
        below.filter(is_accepted=True).exclude(pk=said.pk).update(is_accepted=False)
        below.filter(pk=said.pk, state=State.PUBLIC).update(is_accepted=True)


def approve_question(question_id: UUID) -> None:
    if Question.objects.filter(pk=question_id, state=State.HELD).update(state=State.PUBLIC):
        _tell_professionals(Question.objects.get(pk=question_id))


def remove_question(question_id: UUID) -> None:
    """A moderator's decision. Its asker still sees it, and why."""
    Question.objects.filter(pk=question_id).update(state=State.REMOVED)


def remove_answer(answer_id: UUID) -> None:
    Answer.objects.filter(pk=answer_id).update(state=State.REMOVED, is_accepted=False)


def _must_be_open() -> None:
    if not instance.is_open():
        raise Refused(_("This site is not open yet. Questions can be asked once it is."))


def _tell_professionals(question: Question, *, already: bool = False) -> None:
    """All who may answer; of an addition those alone who did, so that they can look again."""
    told = Professional.objects.verified().exclude(account=question.asker_id)
    if already:
        told = told.filter(answers__question=question)
    notify(told.values_list("account_id", flat=True), WAITS, target=question.pk)
