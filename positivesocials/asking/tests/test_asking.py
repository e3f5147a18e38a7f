from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from positivesocials.asking import access, checks, days, finding, selectors, services
from positivesocials.asking.models import Answer, Professional, Question
from positivesocials.audit.models import AuditRecord, Verb
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import Notice
from positivesocials.replies.models import State
from positivesocials.safety import access as faces
from positivesocials.safety import services as safety
from positivesocials.safety.models import Block

pytestmark = pytest.mark.django_db


def ask(actor, title="Does a condom help against warts?", *, is_shared=True, key=None):
    words = {"title": title, "text": "I would like to know it before Friday."}
    return services.ask(actor, **words, is_shared=is_shared, client_key=key or uuid4().hex)


def answer(actor, question, text="It lowers the risk."):
    services.answer(actor, question, text=text, client_key=uuid4().hex)
    return Answer.objects.filter(question=question).latest("written_at")


def test_an_answered_question_is_for_anybody_and_a_waiting_one_is_not(ada, nurse):
    question = ask(ada)
    with pytest.raises(NotThere):
        access.get_question_for(None, question.pk)

    answer(nurse, question)

    assert access.get_question_for(None, question.pk) == question


def test_a_private_question_is_never_public(ada, cleo, nurse):
    question = ask(ada, is_shared=False)
    answer(nurse, question)

    for viewer in (None, cleo):
        with pytest.raises(NotThere):
            access.get_question_for(viewer, question.pk)
    assert access.get_question_for(ada, question.pk) == access.get_question_for(nurse, question.pk)
    assert selectors.answered(number=1)[1] == []
    assert finding.newest(None, limit=10, says=lambda text: 1, most=10) == []


def test_a_question_can_be_made_private_after_it_was_answered(ada, nurse):
    question = ask(ada)
    answer(nurse, question)

    services.keep_private(ada, question)

    with pytest.raises(NotThere):
        access.get_question_for(None, question.pk)
    services.share(ada, question)
    assert access.get_question_for(None, question.pk) == question


def test_the_same_form_sent_twice_is_one_question(ada):
    assert ask(ada, key="k") == ask(ada, key="k")
    assert Question.objects.count() == 1


def test_nobody_asks_more_and_more_while_questions_wait(ada):
    for number in range(services.MOST_WAITING):
        ask(ada, f"Question {number}")

    with pytest.raises(Refused):
        ask(ada, "One more")


def test_a_first_question_is_read_by_a_moderator_before_professionals(settings, ada, nurse, mo):
    settings.HELD_AT_FIRST = 1
    question = ask(ada)
    with pytest.raises(NotThere):
        access.get_question_for(nurse, question.pk)
    assert not Notice.objects.filter(account=nurse, kind=services.WAITS).exists()

    moderation.approve(mo, kind="question", item_id=question.pk)

    assert access.get_question_for(nurse, question.pk) == question
    assert Notice.objects.filter(account=nurse, kind=services.WAITS).exists()


def test_what_is_added_is_read_first_as_well(settings, ada, nurse):
    question = ask(ada)
    settings.HELD_AT_FIRST = 1

    services.add(ada, question, text="More.", client_key="more")
    services.add(ada, question, text="More.", client_key="more")

    assert Question.objects.get().state == State.HELD
    assert question.additions.count() == 1
    with pytest.raises(NotThere):
        access.get_question_for(nurse, question.pk)


def test_a_removed_question_is_for_its_asker_alone_with_the_reason(ada, nurse, mo, cleo):
    question = ask(ada)
    answer(nurse, question)
    moderation.report(cleo, kind="question", item_id=question.pk, why="spam")

    moderation.remove(mo, kind="question", item_id=question.pk, reason="Rule two")

    question.refresh_from_db()
    assert selectors.view_of(question, ada).reason == "Rule two"
    for viewer in (None, nurse, cleo):
        with pytest.raises(NotThere):
            access.get_question_for(viewer, question.pk)


def test_only_checked_professionals_answer_and_never_themselves(ada, cleo, nurse):
    question, own = ask(ada), ask(nurse)

    with pytest.raises(NotThere):
        answer(cleo, question)
    with pytest.raises(NotThere):
        answer(nurse, own)
    with pytest.raises(NotThere):
        access.get_question_to_answer(nurse, own.pk)


def test_an_answer_sent_twice_is_one_and_the_asker_is_told_once(ada, nurse):
    question = ask(ada)
    for _ in range(2):
        services.answer(nurse, question, text="It lowers the risk.", client_key="same")

    assert Answer.objects.count() == 1
    assert Notice.objects.filter(account=ada, kind=services.ANSWERED).count() == 1


def test_the_asker_accepts_one_answer_and_may_choose_another(ada, cleo, nurse, verified):
    verified(cleo, "Sam Reed")
    question = ask(ada)
    first, second = answer(nurse, question), answer(cleo, question)

    services.accept(ada, first)
    services.accept(ada, second)

    assert list(Answer.objects.filter(is_accepted=True)) == [second]
    assert selectors.view_of(question, None).answers[0].id == second.pk
    with pytest.raises(NotThere):
        services.accept(cleo, first)


def test_erasing_a_question_takes_additions_and_answers_along(ada, nurse, cleo):
    question = ask(ada)
    services.add(ada, question, text="More.", client_key="more")
    answer(nurse, question)
    with pytest.raises(NotThere):
        services.erase_question(cleo, question)

    services.erase_question(ada, question)

    assert not Question.objects.exists()
    assert not Answer.objects.exists()


def test_an_answer_taken_back_lets_the_question_wait_again(ada, nurse):
    question = ask(ada)
    said = answer(nurse, question)

    services.erase_answer(nurse, said)

    assert [line.id for line in selectors.waiting_for(nurse)] == [question.pk]


def test_the_longest_wait_stands_first_and_shows_what_is_over_two_working_days(ada, cleo, nurse):
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=False):
        old = ask(ada, "An old question")
    with time_machine.travel(datetime(2026, 12, 1, 9, tzinfo=UTC), tick=False):
        new = ask(cleo, "A new question")
        lines = selectors.waiting_for(nurse)

        assert [(line.id, line.is_late) for line in lines] == [(old.pk, True), (new.pk, False)]
        assert (selectors.waiting().count, selectors.waiting().late) == (2, 1)


@pytest.mark.parametrize(
    ("asked", "due"),
    [("2026-11-23", "2026-11-25"), ("2026-11-27", "2026-12-01"), ("2026-11-28", "2026-12-01")],
)
def test_weekends_do_not_count(asked, due):
    at = datetime.fromisoformat(f"{asked}T12:00:00+00:00")

    assert days.due_on(at) == date.fromisoformat(due)
    assert not days.is_late(at, today=days.due_on(at))
    assert days.is_late(at, today=days.due_on(at) + timedelta(days=1))


def test_a_block_changes_nothing_about_a_public_question(ada, dora, nurse):
    """Whoever missed it only when logged in would know whose it is."""
    question = ask(ada)
    answer(nurse, question)

    assert access.get_question_for(dora, question.pk) == question
    assert finding.newest(dora, limit=9, says=lambda text: 1, most=9) == finding.newest(
        None, limit=9, says=lambda text: 1, most=9
    )


def test_nobody_can_be_blocked_by_what_they_asked(ada, cleo, nurse):
    """Whoever then missed somebody would know who asked."""
    question = ask(ada)
    answer(nurse, question)
    report = moderation.report(cleo, kind="question", item_id=question.pk, why="spam")

    assert report.evidence["author_ids"] == []
    assert report.evidence["shown_name"] == "Somebody who asks"
    moderation.block_author(cleo, kind="question", item_id=question.pk)
    assert not Block.objects.exists()
    with pytest.raises(NotThere):
        faces.get_face_for(cleo, "question", question.pk)


def test_a_moderator_does_not_decide_on_their_own_question(mo, cleo, nurse):
    question = ask(mo)
    answer(nurse, question)
    moderation.report(cleo, kind="question", item_id=question.pk, why="spam")

    with pytest.raises(NotThere):
        moderation.leave_standing(mo, kind="question", item_id=question.pk)


def test_whoever_blocked_a_professional_does_not_read_their_answers(ada, cleo, nurse):
    question = ask(ada)
    answer(nurse, question)
    safety.block(cleo, [nurse.pk])

    assert selectors.view_of(question, cleo).answers == []
    assert len(selectors.view_of(question, None).answers) == 1


def test_a_check_that_has_run_out_lets_nobody_answer_and_says_so(ada, nurse):
    question = ask(ada)
    answer(nurse, question)
    Professional.objects.update(valid_until=timezone.localdate() - timedelta(days=1))

    assert not selectors.view_of(question, None).answers[0].badge.holds
    with pytest.raises(NotThere):
        answer(nurse, question)


def test_what_is_asked_for_changes_no_badge_until_it_is_checked(nurse, olu):
    checks.ask(nurse, checks.Said("Professor Quill", "Surgeon", "Trust me"))

    row = Professional.objects.get(account=nurse)
    assert row.name == "Nora Quill"
    assert row.is_verified
    checks.end(olu, row.pk)
    assert not access.is_professional(nurse)


def test_only_operators_check_and_never_themselves_where_another_could(cleo, mo, olu, make_member):
    make_member("Second", role="operator")
    said = checks.Said("Nora Quill", "Nurse", "Register")
    in_a_year = timezone.localdate() + timedelta(days=365)
    for account in (cleo, olu):
        checks.ask(account, said)
    for actor, whose in ((mo, cleo), (cleo, cleo), (olu, olu)):
        with pytest.raises(NotThere):
            checks.verify(actor, whose.professional.pk, said, valid_until=in_a_year)
    with pytest.raises(Refused):
        checks.verify(olu, cleo.professional.pk, said, valid_until=timezone.localdate())


def test_an_only_operator_vouches_for_themself_and_the_badge_says_so(ada, cleo, olu, make_member):
    said = checks.Said("Nora Quill", "Nurse", "Register")
    until = timezone.localdate() + timedelta(days=365)
    checks.ask(olu, said)
    checks.verify(olu, olu.professional.pk, said, valid_until=until)
    own = olu.professional
    own.refresh_from_db()

    assert selectors.badge_of(own).is_own_word
    assert AuditRecord.objects.get().subject_account_id == olu.pk
    answer(olu, ask(ada))

    second = make_member("Second", role="operator")
    with pytest.raises(NotThere):
        checks.end(olu, own.pk)
    checks.verify(second, own.pk, said, valid_until=until)
    own.refresh_from_db()
    assert not selectors.badge_of(own).is_own_word


def test_the_check_is_on_record(nurse, olu):
    checks.end(olu, nurse.professional.pk)

    verbs = (
        AuditRecord.objects.filter(subject_account_id=nurse.pk)
        .order_by("number")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == [Verb.VERIFY_PROFESSIONAL, Verb.END_PROFESSIONAL]


def test_an_account_that_goes_takes_its_questions_along(ada, nurse):
    question = ask(ada)
    answer(nurse, question)

    ada.delete()

    assert not Question.objects.filter(pk=question.pk).exists()


def test_a_similar_question_is_found_while_one_is_written(ada, cleo, nurse):
    near, far = ask(ada, "Do condoms help against warts?"), ask(ada, "How long does a blood test take?")
    answer(nurse, near)
    answer(nurse, far)
    private = ask(ada, "Are condoms any use with warts?", is_shared=False)
    answer(nurse, private)

    hits = finding.alike(cleo, "does a condom help with warts", language="en")

    assert [hit.url for hit in hits][:1] == [f"/ask/{near.pk}/"]
    assert str(private.pk) not in str(hits)
