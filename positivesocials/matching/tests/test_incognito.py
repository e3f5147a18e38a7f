"""Being found less: incognito, and hidden from new accounts. In force for the next request, on every path."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from positivesocials.matching import access, introducing, proposals, selectors, shared
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Mode
from positivesocials.profiles import showing
from positivesocials.profiles.models import Profile

LOOKS = ("one by one", "by the engine")


@pytest.fixture(autouse=True)
def _no_pool_left():
    yield
    proposals.forget()
    shared.leave()


@pytest.fixture(params=LOOKS)
def both(request, meets, ada, ben):
    """Ada looks; Ben would rather not be found."""
    me, other = meets(ada), meets(ben)
    if request.param == "by the engine":
        proposals.build()
    return me, other


SHY = {"incognito": showing.go_incognito, "avoids new": showing.avoid_new}
OPEN = {"incognito": showing.be_found, "avoids new": showing.welcome_new}


def again(me: Me) -> Me:
    return Me(Profile.objects.with_faces().get(pk=me.profile.pk))


def found(me: Me) -> set:
    everyone = selectors.around(again(me), Mode.FRIENDS)
    listed = set(everyone.fitting())
    assert len(listed) == everyone.count()
    assert listed == set(everyone.in_order())
    assert listed == {profile.pk for profile in everyone.still(list(listed))}
    return listed


def is_open(signed_in, me: Me, other: Me) -> bool:
    address = reverse("matching:show-profile", args=[other.profile.pk])
    return signed_in(me.profile.account).get(address).status_code == 200


@pytest.mark.parametrize("how", SHY)
def test_who_is_shy_is_found_by_nobody_and_finds_as_before(both, signed_in, how):
    me, other = both
    assert found(me) == {other.profile.pk}

    SHY[how](other.profile)

    assert (found(me), is_open(signed_in, me, other)) == (set(), False)
    assert (found(other), is_open(signed_in, other, me)) == ({me.profile.pk}, True)
    assert not access.fits(again(me), again(other).profile, Mode.FRIENDS)


@pytest.mark.parametrize("how", SHY)
def test_whoever_lets_themselves_be_found_again_is_there(both, how):
    me, other = both
    SHY[how](other.profile)

    OPEN[how](other.profile)

    assert found(me) == {other.profile.pk}


@pytest.mark.parametrize("how", SHY)
def test_a_yes_shows_who_said_it_until_it_is_taken_back(both, signed_in, how):
    me, other = both
    SHY[how](other.profile)

    matching.like(other.profile.account, again(other), me.profile.pk, mode=Mode.FRIENDS)

    assert found(me) == {other.profile.pk}
    assert selectors.likers(again(me), Mode.FRIENDS) == [other.profile.pk]
    assert is_open(signed_in, me, other)

    matching.undo(again(other), me.profile.pk, mode=Mode.FRIENDS)

    assert (found(me), is_open(signed_in, me, other)) == (set(), False)


@pytest.mark.parametrize("how", SHY)
def test_a_match_goes_on_seeing_who_is_shy(both, signed_in, how):
    me, other = both
    for one, two in ((me, other), (other, me)):
        matching.like(one.profile.account, again(one), two.profile.pk, mode=Mode.FRIENDS)

    SHY[how](other.profile)

    assert is_open(signed_in, me, other)


@pytest.mark.parametrize("how", SHY)
def test_whoever_was_liked_and_then_goes_is_out_of_the_list_of_likes(both, how):
    me, other = both
    matching.like(me.profile.account, again(me), other.profile.pk, mode=Mode.FRIENDS)

    SHY[how](other.profile)

    assert selectors.liked(again(me), Mode.FRIENDS) == []
    assert selectors.spoken(again(me), Mode.FRIENDS, other.profile.pk) is None
    assert selectors.to_name(me.profile.account, again(me).profile) == []


def test_only_accounts_under_thirty_days_are_new(both):
    me, other = both
    showing.avoid_new(other.profile)
    account = type(me.profile.account).objects.filter(pk=me.profile.account_id)

    seen = []
    for days in (29, 30):
        account.update(joined_on=timezone.localdate() - timedelta(days=days))
        seen.append(bool(found(me)))

    assert seen == [False, True]


def test_a_couple_is_as_new_as_the_younger_account(meets, couple, ada, eli, fern):
    other = meets(ada)
    joint = meets(couple(eli, fern))
    type(eli).objects.filter(pk=eli.pk).update(joined_on=timezone.localdate() - timedelta(days=90))
    showing.avoid_new(other.profile)

    assert found(joint) == set()


@pytest.mark.parametrize("how", SHY)
def test_who_is_shy_is_introduced_to_nobody_it_shies_from(meets, ada, ben, how):
    me, other = meets(ada), meets(ben)
    SHY[how](other.profile)

    shown = introducing.introduced(Mode.FRIENDS).of

    assert shown[me.profile.pk] == []
    assert shown[other.profile.pk] == [me.profile.pk]


def test_a_yes_of_another_mode_shows_nobody_here(meets, ada, ben):
    me, other = meets(ada, dating={}), meets(ben, dating={})
    showing.go_incognito(other.profile)

    matching.like(ben, again(other), me.profile.pk, mode=Mode.DATING)

    assert found(me) == set()


def test_nobody_is_told_of_who_is_incognito(meets, ada, ben):
    me = meets(ada)
    matching.ask_to_be_told(ada, me, Mode.FRIENDS)
    other = meets(ben)
    showing.go_incognito(other.profile)

    matching.tell_who_waits()

    assert selectors.told(ada) == []


@pytest.mark.parametrize("how", SHY)
def test_who_is_shy_is_as_absent_to_block_and_report_as_nobody(both, signed_in, how):
    me, other = both
    SHY[how](other.profile)
    browser = signed_in(me.profile.account)
    pages = [
        reverse("safety:block-profile", args=[other.profile.pk]),
        reverse("moderation:report", args=["profile", other.profile.pk]),
    ]

    assert [browser.get(page).status_code for page in pages] == [404, 404]


def test_the_buttons_are_on_the_own_page_and_work(meets, signed_in, ada):
    me = meets(ada)
    browser = signed_in(ada)
    for name in ("go-incognito", "avoid-new"):
        browser.post(reverse(f"profiles:{name}", args=[me.profile.pk]))

    page = browser.get(reverse("profiles:show-own")).content.decode()

    assert "You are incognito" in page
    assert "Accounts under 30 days old do not find you" in page
