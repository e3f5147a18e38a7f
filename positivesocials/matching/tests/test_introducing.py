"""Who is introduced to whom today, out of real rows."""

from datetime import date

import pytest

from positivesocials.matching import introducing, selectors, shared
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Mode, Said
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.safety import services as safety


@pytest.fixture(autouse=True)
def _nothing_left():
    yield
    shared.leave()


def introduced_to(me, mode=Mode.FRIENDS):
    return set(introducing.introduced(mode).of.get(me.profile.pk, []))


@pytest.fixture
def three(meets, ada, ben, cleo):
    return meets(ada), meets(ben), meets(cleo)


def test_everyone_is_introduced_to_whom_they_fit(three):
    ada, ben, cleo = three

    assert introducing.introduced(Mode.FRIENDS).of[ada.profile.pk] != []
    assert introduced_to(ada) == {ben.profile.pk, cleo.profile.pk}


def test_introductions_are_those_whom_the_list_shows(three, meets, eli, fern, couple):
    meets(eli, place="gb-leeds", friends={"band": 2})
    meets(couple(eli, fern), dating={"searches": ["women"]})
    for mode in Mode.values:
        for profile_id, shown in introducing.introduced(mode).of.items():
            everyone = selectors.around(Me(Profile.objects.with_faces().get(pk=profile_id)), mode)
            assert set(shown) == set(everyone.fitting())


AWAY = {
    "hidden": lambda me, other: profiles.hide(other.profile),
    "paused": lambda me, other: profiles.pause(other.profile),
    "blocked": lambda me, other: safety.block(me.profile.account, other.profile.account_ids),
    "blocking": lambda me, other: safety.block(other.profile.account, me.profile.account_ids),
    "decided": lambda me, other: matching.set_aside(
        me.profile.account, me, other.profile.pk, mode=Mode.FRIENDS, said=Said.NOT_NOW
    ),
    "off": lambda me, other: matching.switch_off(other, Mode.FRIENDS),
}


@pytest.mark.parametrize("how", AWAY)
def test_nobody_is_introduced_who_is_not_there(three, how):
    ada, ben, cleo = three

    AWAY[how](ada, ben)

    assert introduced_to(ada) == {cleo.profile.pk}


def test_a_partner_and_a_joint_profile_are_not_introduced(three, meets, couple, ada, eli):
    me, ben, cleo = three
    meets(eli)
    joint = couple(ada, eli)
    meets(joint)

    assert introduced_to(me) == {ben.profile.pk, cleo.profile.pk}


def test_who_is_in_the_other_mode_only_is_nobodys_introduction(three, meets, eli):
    ada, _ben, _cleo = three
    other = meets(eli, friends={"on": False}, dating={})

    assert other.profile.pk not in introduced_to(ada)
    assert introduced_to(other, Mode.DATING) == set()


def test_a_day_draws_the_same_for_everybody_who_asks_again(three):
    one, again = (introducing.introduced(Mode.FRIENDS, day=date(2026, 11, 25)).of for _ in range(2))

    assert one == again


def test_attention_is_counted_for_each_group(three, meets, make_member):
    meets(make_member("Gus"), circles=["hsv"], birth_year=1990, birth_month=1)

    found = introducing.introduced(Mode.FRIENDS).groups

    totals = {(group.kind, group.name): (group.members, group.shown) for group in found}
    assert totals["kind", "individual"] == (4, 12)
    assert totals["kind", "couple"] == (0, 0)
    assert totals["circle", "hsv"] == (1, 3)
    assert totals["age", "35-44"] == (1, 3)


def test_several_processes_find_the_same(three):
    day = date(2026, 11, 25)

    alone = introducing.introduced(Mode.FRIENDS, day=day)

    assert introducing.introduced(Mode.FRIENDS, day=day, processes=2) == alone


def test_without_anybody_nobody_is_introduced(db):
    assert introducing.introduced(Mode.FRIENDS).of == {}
