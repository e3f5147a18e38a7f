"""The engine behind the lists: what it proposes is what a look at everybody finds, at the next request."""

import random
from collections.abc import Iterator

import pytest
from django.utils import timezone

from positivesocials.bench import changes
from positivesocials.matching import proposals, selectors, shared
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Decision, Mode, Said
from positivesocials.matching.proposals import Looked, Pooled
from positivesocials.profiles import places, showing
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import ChangeHead, Profile
from positivesocials.safety import services as safety


@pytest.fixture(autouse=True)
def _no_pool_left() -> Iterator[None]:
    yield
    proposals.forget()
    shared.leave()


def around(me, mode=Mode.FRIENDS):
    return selectors.around(Me(Profile.objects.with_faces().get(pk=me.profile.pk)), mode)


def seen_by(me, mode=Mode.FRIENDS):
    everyone = around(me, mode)
    assert isinstance(everyone.crowd, Pooled)
    return {profile.pk for profile in everyone.still(everyone.in_order())}


def looked_up(me, mode=Mode.FRIENDS):
    everyone = around(me, mode)
    crowd = everyone.crowd
    sides = proposals.live(None, decided=crowd.decided, apart=crowd.apart, sight=crowd.sight)
    return set(Looked(mode, sides).ids(everyone.me.side))


@pytest.fixture
def pair(meets, ada, ben):
    """Ada and Ben, who see each other through the engine."""
    ada_, ben_ = meets(ada), meets(ben)
    proposals.build()
    assert ben_.profile.pk in seen_by(ada_)
    return ada_, ben_


SHY = ("incognito_at", "avoids_new_at")
LEAVING = {
    "incognito": lambda me, other: showing.go_incognito(other.profile),
    "hidden from new accounts": lambda me, other: showing.avoid_new(other.profile),
    "hidden": lambda me, other: profiles.hide(other.profile),
    "on a break": lambda me, other: profiles.pause(other.profile),
    "withheld": lambda me, other: profiles.withhold(other.profile),
    "switched off": lambda me, other: matching.switch_off(other, Mode.FRIENDS),
    "looking nearer": lambda me, other: matching.save_preferences(
        other.profile, Mode.FRIENDS, {"on": True, "band": 0}
    ),
    "blocked": lambda me, other: safety.block(me.profile.account, other.profile.account_ids),
    "blocking": lambda me, other: safety.block(other.profile.account, me.profile.account_ids),
    "not now": lambda me, other: matching.set_aside(
        me.profile.account, me, other.profile.pk, mode=Mode.FRIENDS, said=Said.NOT_NOW
    ),
    "deleted": lambda me, other: other.profile.account.delete(),
    "closed": lambda me, other: (
        type(other.profile.account).objects.filter(pk=other.profile.account_id).update(is_active=False)
    ),
}


@pytest.mark.parametrize("how", LEAVING)
def test_who_leaves_is_gone_at_the_next_request(pair, meets, how):
    me, other = pair
    matching.save_preferences(other.profile, Mode.FRIENDS, {"on": True})
    meets(me.profile.account, place="gb-leeds")
    gone = other.profile.pk

    LEAVING[how](me, other)

    assert gone not in seen_by(me)


def test_who_comes_back_is_there_at_the_next_request(pair):
    me, other = pair
    for leave, come in [(profiles.hide, profiles.show), (profiles.pause, profiles.resume)]:
        leave(other.profile)
        assert other.profile.pk not in seen_by(me)
        come(other.profile)
        assert other.profile.pk in seen_by(me)


def test_the_deleted_leave_the_pool_and_the_count(pair, meets, cleo):
    me, other = pair
    third = meets(cleo)
    assert around(me).count() == 2

    other.profile.account.delete()
    proposals.let_go()

    assert around(me).fitting() == [third.profile.pk]


def test_whoever_is_found_deleted_leaves_the_pool_at_once(pair):
    me, other = pair
    other.profile.account.delete()

    assert seen_by(me) == set()

    assert around(me).count() == 0


def test_the_deleted_are_not_laid_out_again(pair):
    me, other = pair
    other.profile.account.delete()

    proposals.build()

    assert around(me).count() == 0


def test_a_newcomer_is_there_at_the_next_request(pair, meets, cleo):
    me, _other = pair

    newcomer = meets(cleo)

    assert newcomer.profile.pk in seen_by(me)


def test_a_couple_is_there_once_it_asks_and_gone_once_it_parts(pair, meets, couple, eli, fern):
    me, _other = pair
    both = couple(eli, fern)
    meets(both)
    assert both.pk in seen_by(me)

    profiles.end_couple(eli, both.link_id)

    assert both.pk not in seen_by(me)


def test_ones_own_partner_is_never_proposed(pair, meets, couple, ada, eli):
    me, _other = pair
    partner = meets(eli)
    both = couple(ada, eli)
    meets(both)

    assert not {partner.profile.pk, both.pk} & seen_by(me)


def test_the_engine_and_a_look_at_everybody_agree_after_any_changes(meets, make_member, ada):
    draw = random.Random(5)
    people = [meets(make_member(f"Gus{number}")) for number in range(12)]
    me = meets(ada)
    proposals.build()

    for _ in range(60):
        other = draw.choice(people)
        shy = {name: timezone.now() if draw.random() < 0.3 else None for name in SHY}
        profiles.set_moments(other.profile, paused_at=None, **shy)
        band, kinds = draw.randrange(7), draw.choice([[], ["individual"], ["couple"]])
        place = draw.choice(["gb-bristol", "gb-cardiff", "gb-london", None])
        wishes = {"on": draw.random() < 0.8, "band": band, "kinds": kinds}
        matching.save_preferences(other.profile, Mode.FRIENDS, wishes)
        Profile.objects.filter(pk=other.profile.pk).update(paused_at=None)
        other.profile.facets = {"place": place and places.cell_of(place)}
        other.profile.save(update_fields=["facets"])
        profiles.mark_changed(other.profile)
        if draw.random() < 0.3:
            said = {"profile": other.profile, "about": me.profile, "mode": Mode.FRIENDS}
            Decision.objects.update_or_create(**said, defaults={"said": Said.LIKE, "said_at": timezone.now()})
        if draw.random() < 0.1:
            proposals.build()
        assert seen_by(me) == looked_up(me)


def test_the_order_is_the_same_whoever_finds_them(meets, make_member, ada):
    for number in range(8):
        meets(make_member(f"Gus{number}"), interests=["chess", "tea", "boats"][: number % 4])
    me = meets(ada, interests=["tea", "boats"])
    plain = around(me).in_order()

    proposals.build()

    assert isinstance(around(me).crowd, Pooled)
    assert around(me).in_order() == plain


def test_a_database_that_was_put_back_is_looked_at_anew(pair):
    me, other = pair
    profiles.hide(other.profile)
    assert other.profile.pk not in seen_by(me)

    ChangeHead.objects.update(number=0)

    assert isinstance(around(me).crowd, Looked)


def test_few_people_need_no_pool(meets, ada, ben):
    me, other = meets(ada), meets(ben)

    proposals.tend()

    everyone = around(me)
    assert isinstance(everyone.crowd, Looked)
    assert everyone.in_order() == [other.profile.pk]


def test_many_people_get_a_pool(meets, ada, ben, monkeypatch):
    meets(ada)
    meets(ben)
    monkeypatch.setattr(proposals, "FROM", 2)

    proposals.tend()

    assert isinstance(around(meets(ada)).crowd, Pooled)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_nobody_is_shown_after_they_left_while_many_things_happen():
    figures = changes.run(events=400, people=12)

    assert figures["looks"] > 10
    assert (figures["shown_after_commit"], figures["missing_after_commit"]) == (0, 0)
