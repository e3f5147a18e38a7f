"""Two partners, the others, and a door that closes, all in one moment. Real threads, on both databases."""

import pytest

from positivesocials.core.refusals import NotThere
from positivesocials.matching import selectors, together
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Decision, JointYes, Match, Preferences, Said
from positivesocials.messaging.models import Conversation
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.safety import services as safety
from tests.moments import at_once

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")
FRIENDS = "friends"
ROUNDS = 4


@pytest.fixture
def both(meets, couple, eli, fern):
    joint = meets(couple(eli, fern))
    together.need_both(joint.profile)
    return joint


def fresh(me) -> Me:
    return Me(Profile.objects.with_faces().get(pk=me.profile.pk))


def like(actor, me, about):
    return lambda: matching.like(actor, fresh(me), about.profile.pk, mode=FRIENDS)


def said(me, about) -> list[str]:
    found = Decision.objects.filter(profile=me.profile, about=about.profile)
    return list(found.values_list("said", flat=True))


def live_matches(me) -> int:
    own = Match.objects.filter(one=me.profile) | Match.objects.filter(other=me.profile)
    return own.filter(ended_at=None).count()


def test_both_agree_and_the_other_likes_twice_each_in_one_moment(both, meets, eli, fern, make_member):
    for number in range(ROUNDS):
        other = make_member(f"Gus{number}")
        single = meets(other)
        acts = [like(eli, both, single), like(fern, both, single), like(other, single, both)]

        assert at_once(*acts, *acts) == []

        assert (Match.objects.count(), Conversation.objects.count()) == (number + 1, number + 1)
        assert (said(both, single), said(single, both)) == ([Said.LIKE], [Said.LIKE])


def test_one_agrees_while_the_other_takes_it_back(both, meets, eli, fern, make_member):
    for number in range(ROUNDS):
        single = meets(make_member(f"Gus{number}"))
        like(eli, both, single)()

        at_once(
            like(fern, both, single),
            lambda about=single.profile.pk: matching.undo(fresh(both), about, mode=FRIENDS),
        )

        # Taken back after, or before: then it is a first yes, and waits.
        assert said(both, single) in ([], [Said.HALF])
        assert selectors.likers(fresh(single), FRIENDS) == []


def test_a_second_yes_meets_a_not_now(both, meets, eli, fern, ada):
    single = meets(ada)
    like(ada, single, both)()
    like(eli, both, single)()

    at_once(
        like(fern, both, single),
        lambda: matching.set_aside(eli, fresh(both), single.profile.pk, mode=FRIENDS, said=Said.NOT_NOW),
    )

    # The not now came first and made it a first yes again, or it came too late.
    assert (said(both, single), live_matches(both)) in (([Said.HALF], 0), ([Said.LIKE], 1))


def test_the_couple_ends_in_the_middle(meets, couple, eli, fern, make_member):
    for number in range(ROUNDS):
        joint = meets(couple(eli, fern))
        together.need_both(joint.profile)
        other = make_member(f"Gus{number}")
        single = meets(other)
        like(eli, joint, single)()

        at_once(
            like(fern, joint, single),
            like(other, single, joint),
            lambda link=joint.profile.link_id: profiles.end_couple(eli, link),
            lambda couple=joint.profile: together.need_both(couple),
        )

        assert (said(joint, single), said(single, joint)) == ([], [])
        assert not JointYes.objects.exists()
        assert not Preferences.objects.filter(profile=joint.profile).exists()
        assert live_matches(joint) == 0
        assert not Conversation.objects.filter(closed_at=None).exists()


def test_a_block_comes_in_the_middle(both, meets, eli, fern, make_member):
    for number in range(ROUNDS):
        other = make_member(f"Gus{number}")
        single = meets(other)
        like(eli, both, single)()

        at_once(
            like(fern, both, single),
            like(other, single, both),
            lambda blocker=other: safety.block(blocker, [eli.pk]),
        )

        assert (said(both, single), said(single, both)) == ([], [])
        assert live_matches(single) == 0
        assert not Conversation.objects.filter(closed_at=None).exists()


def test_partners_block_each_other_while_they_agree(both, meets, eli, fern, ada):
    single = meets(ada)
    like(ada, single, both)()

    at_once(
        like(eli, both, single),
        like(fern, both, single),
        lambda: safety.block(eli, [fern.pk]),
        lambda: safety.block(fern, [eli.pk]),
    )

    assert not Decision.objects.exists()
    assert live_matches(both) == 0
    with pytest.raises(NotThere):
        together.get_own_couple(eli, both.profile.pk)


def test_both_loosen_it_in_one_moment(both, eli, fern):
    at_once(
        lambda: together.let_either(eli, both.profile),
        lambda: together.let_either(fern, both.profile),
    )

    assert not JointYes.objects.exists()


def test_one_alone_never_loosens_it_however_often(both, eli):
    at_once(*[lambda: together.let_either(eli, both.profile)] * 4)

    assert JointYes.objects.get().asked_by == eli


def test_nothing_is_left_waiting_when_it_loosens_in_the_middle(both, meets, eli, fern, make_member):
    for number in range(ROUNDS):
        single = meets(make_member(f"Gus{number}"))
        together.need_both(both.profile)
        together.let_either(eli, both.profile)

        at_once(like(eli, both, single), lambda: together.let_either(fern, both.profile))

        # Said before it was loosened, and dropped; or after, and then for both.
        assert said(both, single) in ([], [Said.LIKE])
        assert not JointYes.objects.exists()
