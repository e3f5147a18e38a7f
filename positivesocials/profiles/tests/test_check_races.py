"""Two in one moment, about the same check. Real threads, on both databases."""

import pytest

from positivesocials.audit.models import AuditRecord
from positivesocials.profiles import checks, vouching
from positivesocials.profiles.check_models import PersonCheck, Selfie, Vouch, Way
from positivesocials.profiles.tests.people import checked_at
from tests.moments import at_once

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
ROUNDS = 3
DECIDED = {"pass-check", "fail-check", "another-pose"}


def say(account, wish):
    return lambda: vouching.vouch(account, wish)


def test_two_moderators_decide_at_once_and_one_decision_stands(ada, mo, olu, sent, on_disk):
    for _ in range(ROUNDS):
        pk = sent(ada).pk

        refused = at_once(
            lambda pk=pk: checks.pass_check(mo, pk),
            lambda pk=pk: checks.ask_another_pose(olu, pk, reason="Dark."),
        )

        assert len(refused) == 1
        assert on_disk() == set()
        assert AuditRecord.objects.filter(item_id=pk, verb__in=DECIDED).count() == 1
        checks.take_back(ada)


def test_a_decision_and_taking_back_at_once_leave_no_picture(ada, mo, sent, on_disk):
    for _ in range(ROUNDS):
        pk = sent(ada).pk

        at_once(lambda pk=pk: checks.pass_check(mo, pk), lambda: checks.take_back(ada))

        assert on_disk() == set()
        assert not Selfie.objects.exists()
        checks.take_back(ada)


def test_two_pictures_sent_at_once_are_one(ada, jpeg, on_disk):
    checks.draw_pose(ada)

    refused = at_once(*[lambda: checks.send_picture(ada, data=jpeg)] * 2)

    assert len(refused) == 1
    assert on_disk() == {Selfie.objects.get().pk}


def test_a_picture_arrives_while_its_pose_is_taken_back(ada, jpeg, on_disk):
    for _ in range(ROUNDS):
        checks.draw_pose(ada)

        at_once(lambda: checks.send_picture(ada, data=jpeg), lambda: checks.take_back(ada))

        assert on_disk() == {selfie.pk for selfie in Selfie.objects.all()}
        checks.take_back(ada)
        assert on_disk() == set()


def test_asking_in_two_ways_at_once_is_one(ada):
    refused = at_once(
        lambda: checks.ask_for_call(ada, times="Fridays"), lambda: checks.ask_for_call(ada, times="Mondays")
    )

    assert len(refused) == 1
    assert PersonCheck.objects.get().way == Way.CALL


def test_one_call_is_taken_by_one_of_two(ada, mo, olu):
    pk = checks.ask_for_call(ada, times="Fridays").pk

    refused = at_once(
        lambda: checks.arrange_call(mo, pk, link="https://a.example/", when="Friday"),
        lambda: checks.arrange_call(olu, pk, link="https://b.example/", when="Monday"),
    )

    check = PersonCheck.objects.get()
    assert len(refused) == 1
    assert (
        check.arranged["link"]
        == {mo.pk: "https://a.example/", olu.pk: "https://b.example/"}[check.taken_by_id]
    )


def test_two_words_at_once_are_two(ada, ben, cleo, match_up, long_here):
    match_up(ada, ben)
    match_up(ada, cleo)
    long_here(ben, cleo)
    keys = [vouching.key_of(*offered) for offered in vouching.offers(ada)]
    for _ in range(ROUNDS):
        vouching.ask_to_vouch(ada, chosen=keys)
        wishes = {vouch.account_id: vouch.pk for vouch in Vouch.objects.all()}

        assert at_once(*[say(who, wishes[who.pk]) for who in (ben, cleo)]) == []

        assert checked_at(ada) is not None
        checks.take_back(ada)


def test_two_who_vouch_for_each_other_at_once_count_for_one_at_most(ada, ben, cleo, match_up, long_here):
    for one, other in ((ada, ben), (ada, cleo), (ben, cleo)):
        match_up(one, other)
    long_here(ada, ben, cleo)
    for _ in range(ROUNDS):
        for asking in (ada, ben):
            keys = [vouching.key_of(*offered) for offered in vouching.offers(asking)]
            vouching.ask_to_vouch(asking, chosen=keys)
        wishes = {(v.account_id, v.person_check.account_id): v.pk for v in Vouch.objects.all()}
        for asking in (ada, ben):
            vouching.vouch(cleo, wishes[cleo.pk, asking.pk])

        at_once(
            say(ada, wishes[ada.pk, ben.pk]),
            say(ben, wishes[ben.pk, ada.pk]),
        )

        found = [checked_at(account) is not None for account in (ada, ben)]
        assert sum(found) == 1
        for asking in (ada, ben):
            checks.take_back(asking)
