"""Person checks by picture and by call: who decides, what is kept, and that no picture outlives it."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from positivesocials.audit.models import AuditRecord, Verb
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import services as moderation
from positivesocials.profiles import check_access as access
from positivesocials.profiles import check_reads as reads
from positivesocials.profiles import checks, gateways, poses
from positivesocials.profiles import services as profiles
from positivesocials.profiles.check_models import Answer, PersonCheck, Selfie, Way
from positivesocials.profiles.tests.people import checked_at, face
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


def test_there_are_many_poses_and_none_is_drawn_twice_in_a_row():
    assert len(poses.POSES) >= 24
    assert all(poses.drawn(but=slug) != slug for slug in poses.POSES)


def test_a_yes_is_a_line_with_its_moment_and_keeps_no_picture(ada, mo, sent, on_disk, committed):
    check = sent(ada)
    assert len(on_disk()) == 1

    with committed():
        checks.pass_check(mo, check.pk)

    assert on_disk() == set()
    assert not Selfie.objects.exists()
    assert checked_at(ada) == PersonCheck.objects.get().answered_at


@pytest.mark.parametrize("answer", ["no", "another"])
def test_any_other_answer_has_a_reason_and_keeps_no_picture(answer, ada, mo, sent, on_disk, committed):
    check = sent(ada)
    decide = checks.fail_check if answer == "no" else checks.ask_another_pose

    with committed():
        decide(mo, check.pk, reason="Too dark to see anyone.")

    assert on_disk() == set()
    check = PersonCheck.objects.get()
    assert (check.answer, check.reason) == (answer, "Too dark to see anyone.")
    assert reads.own_check(ada).is_free
    assert checked_at(ada) is None


def test_the_picture_lies_sealed_under_a_key_of_its_own(ada, sent, jpeg, on_disk):
    sent(ada)
    selfie = Selfie.objects.get()
    file = settings.MEDIA_ROOT / "selfies" / selfie.pk.hex

    assert oct(file.stat().st_mode)[-3:] == "600"
    assert not {b"JFIF", b"WEBP", b"PNG", jpeg[:20]} & {file.read_bytes()[:4], file.read_bytes()[6:10]}
    assert gateways.opened(selfie.pk) is not None
    vault.shred(KeyOwner("profiles.Selfie", selfie.pk))
    assert gateways.opened(selfie.pk) is None


def test_a_pose_is_over_after_half_an_hour(ada, jpeg, on_disk):
    checks.draw_pose(ada)

    with (
        time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False),
        pytest.raises(Refused, match="over"),
    ):
        checks.send_picture(ada, data=jpeg)

    assert on_disk() == set()


def test_a_second_picture_for_one_pose_was_never_there(ada, sent, jpeg, on_disk):
    sent(ada)

    with pytest.raises(Refused):
        checks.send_picture(ada, data=jpeg)

    assert len(on_disk()) == 1


def test_one_check_waits_at_a_time_and_a_bare_pose_gives_way(ada, jpeg, on_disk):
    checks.draw_pose(ada)
    checks.ask_for_call(ada, times="Fridays")

    with pytest.raises(Refused, match="asked already"):
        checks.draw_pose(ada)

    assert [check.way for check in PersonCheck.objects.all()] == [Way.CALL]


def test_who_is_checked_need_not_ask_again(ada, passed):
    passed(ada)

    with pytest.raises(Refused, match="checked already"):
        checks.draw_pose(ada)


def test_three_times_no_is_enough_for_a_month(ada, mo, sent):
    for _ in range(3):
        checks.fail_check(mo, sent(ada).pk, reason="Nobody in it.")

    with pytest.raises(Refused, match="in a month"):
        checks.draw_pose(ada)

    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        checks.forget_old_checks()
        assert checks.draw_pose(ada)


def test_taking_back_leaves_nothing(ada, sent, passed, on_disk, committed):
    sent(ada)
    with committed():
        checks.take_back(ada)
    assert (PersonCheck.objects.count(), on_disk()) == (0, set())

    passed(ada)
    with committed():
        checks.take_back(ada)
    assert checked_at(ada) is None
    assert PersonCheck.objects.count() == 0


def test_a_picture_that_nobody_judged_is_gone_after_a_week(ada, sent, on_disk, committed):
    sent(ada)
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False), committed():
        checks.close_unanswered()
    assert len(on_disk()) == 1

    with time_machine.travel(timezone.now() + timedelta(days=7, hours=1), tick=False), committed():
        checks.close_unanswered()

    assert on_disk() == set()
    assert PersonCheck.objects.get().answer == Answer.NOBODY


def test_a_yes_ends_after_two_years(ada, passed):
    passed(ada)

    with time_machine.travel(timezone.now() + timedelta(days=731), tick=False):
        assert checked_at(ada) is None
        assert checks.draw_pose(ada)
        checks.take_back(ada)

    assert not PersonCheck.objects.exists()


def test_an_old_yes_is_forgotten(ada, passed):
    passed(ada)

    with time_machine.travel(timezone.now() + timedelta(days=731), tick=False):
        checks.forget_old_checks()

    assert not PersonCheck.objects.exists()


def test_a_bare_pose_is_forgotten_once_it_is_over(ada):
    checks.draw_pose(ada)

    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        checks.close_unanswered()

    assert not PersonCheck.objects.exists()


def test_a_profile_that_is_taken_down_was_checked_by_nobody(ada, ben, mo, passed):
    passed(ada)
    profile = face(ada)
    moderation.report(ben, kind="profile", item_id=profile.pk, why="money")

    moderation.remove(mo, kind="profile", item_id=profile.pk, reason="Asks for money.")

    assert not PersonCheck.objects.exists()


def test_a_couple_is_checked_once_both_are(eli, fern, passed):
    link = profiles.invite(eli, name="Elm")
    profiles.accept(fern, link.code, name="Fig")
    joint = profiles.confirm(eli, link.pk)

    passed(eli)
    assert reads.checked_at(joint) is None
    passed(fern)

    assert reads.checked_at(joint) == PersonCheck.objects.get(account=fern).answered_at


def test_a_call_is_arranged_by_one_moderator_and_its_words_are_gone_with_the_answer(ada, mo, olu):
    check = checks.ask_for_call(ada, times="Fridays at six")
    with pytest.raises(Refused, match="where you will meet"):
        checks.pass_check(mo, check.pk)

    checks.arrange_call(mo, check.pk, link="https://meet.example.org/a", when="Friday, 18:00")
    assert PersonCheck.objects.get().arranged["link"] == "https://meet.example.org/a"
    with pytest.raises(NotThere):
        checks.pass_check(olu, check.pk)
    checks.pass_check(mo, check.pk)

    check.refresh_from_db()
    assert (check.answer, check.times, check.arranged) == ("yes", None, None)


def test_nobody_judges_themselves_nor_whom_a_block_or_an_acquaintance_ties_them_to(
    ada, ben, mo, olu, sent, match_up
):
    check, own = sent(ada), sent(mo)
    safety.block(ada, [olu.pk])
    match_up(ben, mo)
    friend = sent(ben)

    assert list(access.given_to(mo)) == [check]
    assert set(access.given_to(olu)) == {own, friend}
    with pytest.raises(NotThere):
        checks.pass_check(mo, own.pk)
    with pytest.raises(NotThere):
        checks.pass_check(olu, check.pk)


def test_partners_and_those_who_invited_each_other_do_not_judge(eli, mo, sent):
    link = profiles.invite(eli, name="Elm")
    profiles.accept(mo, link.code, name="Moss")

    check = sent(eli)

    assert check not in access.given_to(mo)


def test_a_moderator_who_knows_them_leaves_it_to_others(ada, mo, olu):
    check = checks.ask_for_call(ada, times="Fridays")
    checks.arrange_call(mo, check.pk, link="https://meet.example.org/a", when="Friday")

    checks.recuse(mo, check.pk)

    assert list(access.given_to(mo)) == []
    assert [each.taken_by for each in access.given_to(olu)] == [None]


def test_a_block_frees_the_call_for_another_moderator(ada, mo, olu):
    check = checks.ask_for_call(ada, times="Fridays")
    checks.arrange_call(mo, check.pk, link="https://meet.example.org/a", when="Friday")

    safety.block(ada, [mo.pk])

    assert list(access.given_to(mo)) == []
    assert list(access.given_to(olu)) == [check]


def test_what_a_moderator_does_is_on_record_and_shown_to_the_member(ada, mo, sent):
    check = sent(ada)
    checks.open_check(mo, check.pk)
    checks.ask_another_pose(mo, check.pk, reason="Too dark.")
    with pytest.raises(NotThere):
        checks.open_check(mo, check.pk)

    records = AuditRecord.objects.filter(item_id=check.pk).order_by("number")
    assert [record.verb for record in records] == ["read-check", "another-pose", "refused"]
    assert [record.subject_account_id for record in records] == [ada.pk, ada.pk, None]


def test_a_decision_is_made_once(ada, mo, olu, sent):
    check = sent(ada)
    stale = access.get_check_for(olu, check.pk)
    checks.pass_check(mo, check.pk)

    with pytest.raises(Refused, match="already decided"):
        checks._decide(stale, olu, Answer.NO, Verb.FAIL_CHECK, reason="No.")

    assert PersonCheck.objects.get().answer == Answer.YES


def test_a_picture_without_a_row_is_swept_and_one_that_waits_is_not(ada, sent, on_disk, jpeg):
    kept = sent(ada).selfie.pk
    orphan = Selfie().pk
    gateways.keep(orphan, jpeg)

    checks.sweep_pictures()
    assert on_disk() == {kept, orphan}

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        checks.sweep_pictures()
    assert on_disk() == {kept}


def test_a_stop_between_decision_and_erasing_is_mended(ada, mo, sent, on_disk):
    checks.pass_check(mo, sent(ada).pk)  # The commit, and with it the erasing, does not come.
    assert len(on_disk()) == 1

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        checks.sweep_pictures()

    assert on_disk() == set()


ACTS = (
    "draw",
    "send",
    "call",
    "arrange",
    "yes",
    "no",
    "another",
    "recuse",
    "back",
    "late",
    "withhold",
    "block",
)


@pytest.mark.parametrize("seed", range(8))
def test_no_sequence_of_acts_leaves_a_picture_after_its_decision(
    seed, ada, mo, olu, jpeg, on_disk, committed
):
    draw = random.Random(seed)

    for _ in range(25):
        with committed(), suppress(Refused):
            _act(draw, ada, draw.choice([mo, olu]), jpeg)
        waiting = {selfie.pk for selfie in Selfie.objects.filter(person_check__answer="")}
        assert on_disk() == waiting
        assert Selfie.objects.count() == len(waiting)


def _act(draw, member, moderator, jpeg) -> None:
    # Sending is drawn more often, because every other act begins with a picture.
    act = draw.choice([*ACTS, "draw", "send", "send"])
    latest = PersonCheck.objects.filter(account=member).order_by("-asked_at").first()
    pk = latest.pk if latest else Selfie().pk
    now = timezone.now()
    acts = {
        "draw": lambda: checks.draw_pose(member),
        "send": lambda: checks.send_picture(member, data=jpeg),
        "call": lambda: checks.ask_for_call(member, times="Fridays"),
        "arrange": lambda: checks.arrange_call(moderator, pk, link="https://a.example", when="Now"),
        "yes": lambda: checks.pass_check(moderator, pk),
        "no": lambda: checks.fail_check(moderator, pk, reason="No."),
        "another": lambda: checks.ask_another_pose(moderator, pk, reason="Dark."),
        "recuse": lambda: checks.recuse(moderator, pk),
        "back": lambda: checks.take_back(member),
        "withhold": lambda: checks.end_checks_of([member.pk]),
        "block": lambda: safety.block(member, [moderator.pk]) if draw.random() < 0.2 else None,
    }
    if act == "late":
        with time_machine.travel(now + timedelta(days=8), tick=False):
            checks.close_unanswered()
            checks.forget_old_checks()
    else:
        acts[act]()
