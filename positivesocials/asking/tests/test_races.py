"""Two at once: what is asked and answered is there once, and nothing is answered that may not be any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.asking import checks, services
from positivesocials.asking.checks import Said
from positivesocials.asking.models import Addition, Answer, Professional, Question
from positivesocials.asking.tests.test_asking import ask
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups.tests.test_races import at_once, meanwhile
from positivesocials.moderation import services as moderation
from positivesocials.moderation.models import Hold
from positivesocials.notifications.models import Notice
from positivesocials.replies.models import State

pytestmark = pytest.mark.django_db(transaction=True)
SAID = Said("Nora Quill", "Nurse in a clinic", "Entry in the register of nurses")


def answer(actor, question, key="a"):
    services.answer(actor, question, text="It lowers the risk.", client_key=key)


def verify(operator, row):
    checks.verify(operator, row.pk, SAID, valid_until=timezone.localdate() + timedelta(days=90))


def test_two_professionals_answer_at_once_and_both_stand(ada, ben, cleo, verified):
    for account in (ben, cleo):
        verified(account)
    question = ask(ada)

    results = at_once(lambda: answer(ben, question, "b"), lambda: answer(cleo, question, "c"))

    assert results == [None, None]
    assert Answer.objects.filter(question=question, state=State.PUBLIC).count() == 2
    assert Notice.objects.filter(account=ada, kind=services.ANSWERED).count() == 1


def test_an_answer_sent_twice_at_once_is_one(ada, nurse):
    question = ask(ada)

    assert at_once(*[lambda: answer(nurse, question)] * 3) == [None] * 3
    assert Answer.objects.count() == 1


def test_of_two_answers_accepted_at_once_one_is(ada, nurse):
    question = ask(ada)
    for key in "ab":
        answer(nurse, question, key)
    one, other = Answer.objects.select_related("question")

    for _ in range(4):
        results = at_once(lambda: services.accept(ada, one), lambda: services.accept(ada, other))

        assert results == [None, None]
        assert Answer.objects.filter(is_accepted=True).count() == 1


def test_an_answer_that_is_removed_while_it_is_accepted_is_not_accepted(ada, nurse):
    question = ask(ada)
    answer(nurse, question)
    said = Answer.objects.select_related("question").get()

    at_once(lambda: services.remove_answer(said.pk), lambda: services.accept(ada, said))

    said.refresh_from_db()
    assert (said.state, said.is_accepted) == (State.REMOVED, False)


def test_a_question_sent_twice_at_once_is_one_and_waits_once(ada, nurse, settings):
    settings.HELD_AT_FIRST = 1

    first, second, third = at_once(*[lambda: ask(ada, key="k")] * 3)

    assert first == second == third
    assert (Question.objects.count(), Hold.objects.count()) == (1, 1)


def test_a_question_is_published_or_removed_by_one_of_two_moderators(ada, nurse, mo, olu, settings):
    settings.HELD_AT_FIRST = 1
    item = {"kind": services.QUESTION, "item_id": ask(ada).pk}

    results = at_once(
        lambda: moderation.approve(mo, **item), lambda: moderation.remove(olu, **item, reason="No.")
    )

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert Question.objects.get().state in {State.PUBLIC, State.REMOVED}


def test_nothing_is_answered_below_what_is_erased_meanwhile(ada, nurse):
    question = ask(ada)

    results = meanwhile(lambda: services.erase_question(ada, question), lambda: answer(nurse, question))

    assert sum(isinstance(result, NotThere) for result in results) == 1
    assert not Answer.objects.exists()


def test_what_is_answered_while_the_question_is_erased_goes_with_it(ada, nurse):
    question = ask(ada)

    results = meanwhile(lambda: answer(nurse, question), lambda: services.erase_question(ada, question))

    assert results == [None, None]
    assert (Question.objects.count(), Answer.objects.count()) == (0, 0)


def test_nothing_is_added_to_what_is_erased_meanwhile(ada, nurse):
    question = ask(ada)

    results = meanwhile(
        lambda: services.erase_question(ada, question),
        lambda: services.add(ada, question, text="And more.", client_key="m"),
    )

    assert sum(isinstance(result, NotThere) for result in results) == 1
    assert not Addition.objects.exists()


def test_nothing_is_answered_below_what_is_removed_meanwhile(ada, nurse):
    question = ask(ada)

    results = meanwhile(lambda: services.remove_question(question.pk), lambda: answer(nurse, question))

    assert sum(isinstance(result, NotThere) for result in results) == 1
    assert not Answer.objects.exists()


def test_who_is_ended_while_they_answer_has_not_answered(ada, nurse, olu):
    question = ask(ada)
    row = Professional.objects.get(account=nurse)

    results = meanwhile(lambda: checks.end(olu, row.pk), lambda: answer(nurse, question))

    assert sum(isinstance(result, NotThere) for result in results) == 1
    assert not Answer.objects.exists()


def test_asking_anew_does_not_undo_that_it_was_ended_meanwhile(nurse, olu):
    row = Professional.objects.get(account=nurse)

    meanwhile(lambda: checks.end(olu, row.pk), lambda: checks.ask(nurse, SAID))

    row.refresh_from_db()
    assert not row.is_verified
    assert row.asked_at is not None


def test_who_is_checked_by_one_operator_and_turned_down_by_another_is_ended_and_not_removed(ben, olu):
    checks.ask(ben, SAID)
    row = Professional.objects.get()

    meanwhile(lambda: verify(olu, row), lambda: checks.take_back(ben))

    row.refresh_from_db()
    assert row.checked_on is not None
    assert not row.is_verified


def test_who_takes_it_back_while_they_are_checked_is_gone(ben, olu):
    checks.ask(ben, SAID)
    row = Professional.objects.get()

    results = meanwhile(lambda: checks.take_back(ben), lambda: verify(olu, row))

    assert sum(isinstance(result, Refused | NotThere) for result in results) == 1
    assert not Professional.objects.exists()


def test_words_that_change_while_they_are_checked_are_checked_or_wait(ben, olu):
    checks.ask(ben, SAID)
    row = Professional.objects.get()

    results = meanwhile(lambda: checks.ask(ben, SAID), lambda: verify(olu, row))

    assert all(result is None or isinstance(result, Refused) for result in results)
    row.refresh_from_db()
    assert row.is_verified != (row.asked_at is not None)


def test_asking_to_be_checked_twice_at_once_is_one_row(ben):
    results = at_once(*[lambda: checks.ask(ben, SAID)] * 3)

    assert all(result is None or isinstance(result, Refused) for result in results)
    assert Professional.objects.count() == 1
