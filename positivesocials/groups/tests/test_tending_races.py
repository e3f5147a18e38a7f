"""Two at once: one link lets in one person, and of two decisions one counts."""

import threading
import time

import pytest
from django.db import transaction
from django.utils import timezone

from positivesocials.core.refusals import Refused
from positivesocials.groups import founding, inviting, services, tending
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import Group, Membership, Openness, Removal, Standing
from positivesocials.groups.tests.test_races import at_once
from positivesocials.moderation import services as moderation

pytestmark = pytest.mark.django_db(transaction=True)


def found(founder, openness=Openness.MEMBERS, questions=""):
    words = Wording("Quiet marigolds", "For few.", questions=questions)
    group = founding.found_group(founder, words, Sort(openness))
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    return group


def test_a_link_lets_in_one_of_two_who_use_it_at_once(ada, ben, cleo):
    group = found(ada, Openness.INVITED)
    code = inviting.invite(ada, group)

    results = at_once(lambda: inviting.accept(ben, code), lambda: inviting.accept(cleo, code))

    assert sum(isinstance(result, Refused) for result in results) == 1
    assert Membership.objects.filter(group=group, standing=Standing.INVITED).count() == 1


def test_a_group_opens_when_the_last_two_are_let_in_at_once(ada, ben, cleo, eli, fern):
    words = Wording("Quiet marigolds", "For few.", questions="Why?")
    group = founding.found_group(ada, words, Sort(Openness.MEMBERS))
    for account, standing in ((ben, Standing.MODERATOR), (cleo, Standing.MEMBER)):
        Membership.objects.create(group=group, account=account, standing=standing)
    fourth, fifth = (
        Membership.objects.create(group=group, account=account, standing=Standing.ASKING)
        for account in (eli, fern)
    )

    has_counted = threading.Event()

    def let_in_slowly():
        with transaction.atomic():
            tending.let_in(ada, fourth)
            has_counted.set()
            time.sleep(0.5)

    def let_in_meanwhile():
        has_counted.wait(timeout=5)
        tending.let_in(ben, fifth)

    at_once(let_in_slowly, let_in_meanwhile)

    assert Group.objects.get(pk=group.pk).opened_at is not None


@pytest.mark.parametrize("first", ["ada", "ben"])
def test_a_group_finds_its_heir_when_founder_and_heir_leave_at_once(ada, ben, cleo, first):
    group = found(ada)
    for account in (ben, cleo):
        Membership.objects.create(group=group, account=account, standing=Standing.MEMBER)
    leaving = [ada, ben] if first == "ada" else [ben, ada]
    has_left = threading.Event()

    def leave_slowly():
        with transaction.atomic():
            services.leave_group(leaving[0], group)
            has_left.set()
            time.sleep(0.5)

    def leave_meanwhile():
        has_left.wait(timeout=5)
        services.leave_group(leaving[1], group)

    at_once(leave_slowly, leave_meanwhile)

    assert list(Membership.objects.values_list("account", "standing")) == [(cleo.pk, Standing.FOUNDER)]


def test_two_who_look_after_a_group_make_one_decision(ada, ben, cleo):
    group = found(ada, questions="Why?")
    for account, standing in ((ben, Standing.MODERATOR), (cleo, Standing.ASKING)):
        Membership.objects.create(group=group, account=account, standing=standing)
    asker = Membership.objects.get(account=cleo)

    results = at_once(lambda: tending.let_in(ada, asker), lambda: tending.decline(ben, asker))

    assert sum(isinstance(result, Refused) for result in results) == 1
    asker.refresh_from_db()
    assert asker.standing in {Standing.MEMBER, Standing.DECLINED}


def test_a_post_is_removed_once(ada, ben, cleo):
    group = found(ada)
    for account, standing in ((ben, Standing.MODERATOR), (cleo, Standing.MEMBER)):
        Membership.objects.create(group=group, account=account, standing=standing)
    moderation.trust([cleo.pk])
    hers = services.write_post(cleo, group, title="", text="hello", client_key="k")

    at_once(
        lambda: tending.remove_post(ada, hers, reason="One"),
        lambda: tending.remove_post(ben, hers, reason="Other"),
    )

    assert Removal.objects.count() == 1
    hers.refresh_from_db()
    assert hers.state == "removed"
