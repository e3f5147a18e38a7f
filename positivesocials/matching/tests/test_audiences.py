"""What of a profile shows in lists, on its page, in reasons and in the order, to whom."""

import random
import re

import pytest
from django.urls import reverse

from positivesocials.matching import selectors
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me, looker_at
from positivesocials.matching.compat import compatible
from positivesocials.matching.models import Mode
from positivesocials.profiles import choices, places, showing
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles import services as profiles
from positivesocials.profiles.facets import FIELDS
from positivesocials.profiles.models import Profile
from positivesocials.safety import services as safety

WORDS = {
    "pronouns": "zqpronouns",
    "gender": "zqgender",
    "orientation": "zqorientation",
    "age": "43",
    "circles": "Herpes (HSV)",
    "place": "Same area",
    "prompts": "zqprompts",
    "interests": "Brass bands",
    "languages": "Yoruba",
    "goals": "Friendship",
}
SAID = {
    "pronouns": "zqpronouns",
    "gender": "zqgender",
    "orientation": "zqorientation",
    "birth_year": 1983,
    "birth_month": 1,
    "circles": ["hsv"],
    "prompts": [{"question": "sunday", "answer": "zqprompts"}],
    "interests": ["brass-bands"],
    "languages": ["yo"],
    "goals": ["friendship"],
}
READS = {
    "stranger": {"everyone"},
    "fits": {"everyone", "fitting"},
    "match": {"everyone", "fitting", "matches"},
    "named": {"everyone", "fitting", "named"},
}


def again(me: Me) -> Me:
    return Me(Profile.objects.with_faces().get(pk=me.profile.pk))


def show(me: Me, **seen: str) -> Me:
    """The same profile, with fields for these audiences."""
    kept = Profile.objects.get(pk=me.profile.pk).said
    profiles.change_facets(me.profile, facets=kept.shown_to(seen).to_dict())
    return again(me)


def match(one: Me, other: Me) -> None:
    for mine, theirs in ((one, other), (other, one)):
        assert mine.profile.account is not None
        matching.like(mine.profile.account, again(mine), theirs.profile.pk, mode=Mode.FRIENDS)


def words_of(answer) -> str:
    return re.sub(r"<[^>]*>", " ", answer.content.decode())


@pytest.fixture
def seen_ada(meets, make_member, ada):
    """Ada, who says something in every field, and one of each of those who may look at her."""
    me = meets(ada, dating={}, **SAID)
    looks = {who: meets(make_member(who.title()), dating={}) for who in ("fits", "match", "named")}
    looks["stranger"] = Me(Profile.objects.with_faces().get(account=make_member("Stranger")))
    profiles.change_facets(looks["stranger"].profile, facets={"place": places.cell_of("gb-bristol")})
    match(me, looks["match"])
    matching.like(ada, again(me), looks["named"].profile.pk, mode=Mode.FRIENDS)
    showing.name_people(ada, again(me).profile, own=[looks["named"].profile.pk])
    return again(me), looks


@pytest.mark.parametrize("seed", range(6))
def test_a_page_shows_a_field_to_whom_it_is_for_and_to_nobody_else(seen_ada, signed_in, seed):
    me, looks = seen_ada
    draw = random.Random(seed)
    seen = {field: draw.choice(list(choices.AUDIENCES)) for field in FIELDS}
    show(me, **seen)

    for role, looker in looks.items():
        answer = signed_in(looker.profile.account).get(
            reverse("matching:show-profile", args=[me.profile.pk]), {"in": "d"}
        )
        if answer.status_code == 404:
            assert role == "stranger"
            assert "everyone" not in seen.values()
            continue
        told = {field for field, word in WORDS.items() if word in words_of(answer)}
        allowed = {field for field in FIELDS if seen[field] in READS[role]}
        assert told == allowed, role


@pytest.mark.parametrize("audience", ["matches", "named", "nobody"])
def test_a_card_a_reason_and_the_reported_text_hold_nothing_kept_back(
    seen_ada, meets, make_member, signed_in, audience
):
    me, _looks = seen_ada
    show(me, **dict.fromkeys(FIELDS, audience))
    gus = make_member("Gus")
    other = meets(gus, **SAID)

    (card,) = selectors.cards(other, [me.profile.pk], Mode.FRIENDS)
    page = words_of(signed_in(gus).get(reverse("matching:list-people"), {"in": "f"}))
    looker = looker_at(gus, again(me).profile)
    assert looker is not None

    assert (card.band, card.reasons, card.shared_interests, card.goals) == ("", (), (), ())
    assert "Ada" in page
    assert "zq" not in page
    assert profile_reads.text_of(again(me).profile, looker) == "Ada"


ELSE = {
    "pronouns": "they",
    "gender": "other",
    "orientation": "other",
    "circles": ["hiv", "couples"],
    "place": places.cell_of("gb-london"),
    "prompts": [],
    "interests": ["tea", "bread"],
    "languages": ["en"],
    "goals": ["activities"],
}


@pytest.mark.parametrize("audience", ["matches", "named", "nobody"])
@pytest.mark.parametrize("field", ELSE)
def test_matching_knows_nothing_that_those_who_fit_may_not_see(meets, ada, field, audience):
    """The engine, its order, lists, counts and must-haves read sides: two that are the same are told apart by
    nobody."""
    me = show(meets(ada, **SAID), **{field: audience})
    other = {**(me.profile.facets or {}), field: ELSE[field]}

    profiles.change_facets(me.profile, facets=other)

    assert again(me).side == me.side


def test_a_hidden_age_still_decides_whose_age_wishes_one_fits(meets, ada, ben):
    me = show(meets(ada, dating={}, **SAID), age="nobody")
    looking = meets(ben, dating={"age_from": 40, "age_to": 45})

    assert compatible(me.side, looking.side, Mode.DATING)


def test_a_circle_that_those_who_fit_may_not_see_shows_in_no_circles_only(meets, ada, ben):
    me, other = meets(ada, circles=["hsv"]), meets(ben, circles=["hsv"], friends={"circles_only": True})
    assert compatible(me.side, other.side, Mode.FRIENDS)

    hidden = show(me, circles="matches")

    assert not compatible(hidden.side, other.side, Mode.FRIENDS)
    assert not compatible(other.side, hidden.side, Mode.FRIENDS)


def test_ones_own_circles_only_betrays_no_circle_that_one_hides(meets, ada, ben):
    """Whoever joins and leaves circles must not see a hidden one by who comes and goes."""
    me = show(meets(ada, circles=["hsv"], friends={"circles_only": True}), circles="matches")
    with_it, without = meets(ben, circles=["hsv"]).side, meets(ben, circles=[]).side

    assert [compatible(side, me.side, Mode.FRIENDS) for side in (with_it, without)] == [False, False]


def test_reasons_read_the_same_from_both_sides(meets, ada, ben):
    me, other = meets(ada, **SAID), show(meets(ben, **SAID), interests="matches")

    (mine,) = selectors.cards(me, [other.profile.pk], Mode.FRIENDS)
    (theirs,) = selectors.cards(other, [me.profile.pk], Mode.FRIENDS)

    assert mine.reasons == theirs.reasons
    assert not any("Brass bands" in reason for reason in mine.reasons)


def test_a_region_stands_for_the_place_in_what_is_seen_and_in_whom_one_meets(meets, ada, ben):
    me, other = meets(ada), meets(ben)
    showing.show_region(me.profile)

    (card,) = selectors.cards(other, [me.profile.pk], Mode.FRIENDS)

    home = places.cell_of("gb-bristol")
    assert card.face.cell == again(me).side.cell == places.region_of(home)
    assert card.band != "Same area"


def test_whoever_parts_or_is_blocked_is_no_longer_named(seen_ada, ada):
    me, looks = seen_ada
    matched, named = looks["match"].profile, looks["named"].profile
    showing.name_people(ada, me.profile, own=[matched.pk, named.pk])

    matching.unmatch(again(me), matched.pk, mode=Mode.FRIENDS)
    assert again(me).said.named == (named.pk.hex,)

    safety.block(ada, named.account_ids)
    assert again(me).said.named == ()


def test_only_people_whom_one_can_see_are_named(seen_ada, ada, make_member):
    me, looks = seen_ada
    unseen = Profile.objects.get(account=make_member("Unseen"))

    showing.name_people(ada, me.profile, own=[unseen.pk, looks["match"].profile.pk])

    assert again(me).said.named == (looks["match"].profile.pk.hex,)


def test_of_a_couple_each_names_for_their_own_part(meets, couple, eli, fern, gus_liked):
    joint, liked = gus_liked

    showing.name_people(eli, joint, own=[liked.pk])
    showing.name_people(fern, joint, own=[], joint=[liked.pk])

    said = Profile.objects.get(pk=joint.pk).said
    assert [person.named for person in said.people] == [(liked.pk.hex,), ()]
    assert said.named == (liked.pk.hex,)


def test_whom_a_partner_names_is_the_partners_own(gus_liked, signed_in, eli, fern):
    joint, liked = gus_liked
    about = [{"gender": "zqgender", "seen": {"gender": "named"}}, {}]
    profiles.change_facets(joint, facets={**joint.facets, "about": about})
    showing.name_people(eli, joint, own=[liked.pk])
    address = reverse("profiles:see-own", args=[joint.pk])

    pages = [words_of(signed_in(who).get(address, {"as": str(liked.pk)})) for who in (eli, fern)]

    assert ["zqgender" in page for page in pages] == [True, False]
    assert ["Gus" in page for page in pages] == [True, False]


@pytest.fixture
def gus_liked(meets, couple, make_member, eli, fern):
    joint, gus = meets(couple(eli, fern)), meets(make_member("Gus"))
    matching.like(eli, joint, gus.profile.pk, mode=Mode.FRIENDS)
    return joint.profile, gus.profile


def test_a_page_that_is_for_everyone_is_not_for_a_partner_nor_for_who_is_blocked(
    meets, signed_in, couple, ada, eli, dora
):
    me = show(meets(ada, **SAID), interests="everyone")
    couple(ada, eli)
    address = reverse("matching:show-profile", args=[me.profile.pk])

    assert [signed_in(who).get(address).status_code for who in (eli, dora)] == [404, 404]


def test_someone_named_sees_it_and_the_own_page_shows_that(seen_ada, signed_in, ada):
    me, looks = seen_ada
    show(me, **{**dict.fromkeys(FIELDS, "nobody"), "gender": "named"})
    address = reverse("profiles:see-own", args=[me.profile.pk])
    named = str(looks["named"].profile.pk)

    pages = {key: words_of(signed_in(ada).get(address, {"as": key})) for key in ("fits", "match", named)}

    assert {key: "zqgender" in page for key, page in pages.items()} == {
        "fits": False,
        "match": False,
        named: True,
    }


def test_someone_signed_in_sees_no_page_where_nothing_is_for_everyone(seen_ada, signed_in, ada):
    me, _looks = seen_ada
    address = reverse("profiles:see-own", args=[me.profile.pk])

    assert "They see no page" in words_of(signed_in(ada).get(address, {"as": "anyone"}))


def test_choosing_an_audience_keeps_what_was_said(seen_ada, signed_in, ada):
    me, _looks = seen_ada
    address = reverse("profiles:edit-section", args=[me.profile.pk, "self"])

    answer = signed_in(ada).post(
        address, {"gender": "zqgender", "seen_gender": "named", "seen_pronouns": "matches"}
    )

    said = again(me).said
    assert (said.gender, said.audience("gender"), said.audience("pronouns")) == (
        "zqgender",
        "named",
        "matches",
    )
    assert answer.url == reverse("profiles:name-people", args=[me.profile.pk])
