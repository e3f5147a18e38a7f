"""How findable am I: whether few share what one shows, never how many."""

import re

import pytest
from django.urls import reverse

from positivesocials.matching import proposals, shared
from positivesocials.matching.access import Me
from positivesocials.matching.findable import findable
from positivesocials.profiles import services as profiles
from positivesocials.profiles import showing
from positivesocials.profiles.models import Profile


@pytest.fixture(autouse=True)
def _no_pool_left():
    yield
    proposals.forget()
    shared.leave()


@pytest.fixture
def town(meets, make_member, ada):
    """Twenty people of one area and age, of whom three are in a circle; Ada is one of them."""
    facets = {"birth_year": 1985, "birth_month": 1}
    for number in range(19):
        circles = {"circles": ["hsv"]} if number < 2 else {}
        meets(make_member(f"Town{number}"), **facets, **circles)
    return meets(ada, **facets, circles=["hsv"])


def again(me: Me) -> Me:
    return Me(Profile.objects.with_faces().get(pk=me.profile.pk))


def revise(me: Me, **changes) -> Me:
    profiles.change_facets(me.profile, facets={**(again(me).profile.facets or {}), **changes})
    return again(me)


def test_a_mark_that_few_share_is_named_and_the_others_are_not(town):
    found = findable(town)

    assert found.warnings == ["Fewer than 20 people here share your area and the circle Herpes (HSV)."]
    assert (found.by_place, found.by_age, found.by_circles, found.may_widen) == (True, False, True, True)


def test_the_engine_and_a_look_at_everybody_say_the_same(town):
    looked = findable(town)

    proposals.build()

    assert findable(again(town)) == looked


def test_who_shows_no_circle_is_one_of_many(town):
    hidden = revise(town, seen={"circles": "matches"})

    assert findable(hidden).warnings == []


def test_a_place_where_few_live_is_warned_of_by_itself(town):
    alone = revise(town, place=0, circles=[])

    found = findable(alone)

    assert found.warnings == ["Fewer than 20 people here share your area."]
    assert not found.region_helps


def test_the_region_helps_where_enough_live_in_it(town):
    from positivesocials.profiles import places

    beside = next(iter(places.region_cells(town.said.place) - {town.said.place}))
    moved = revise(town, place=beside, circles=[])

    assert findable(moved).region_helps


def test_one_tap_shows_the_region_and_another_the_area(town, signed_in, ada):
    browser = signed_in(ada)
    page = reverse("matching:show-findable", args=[town.profile.pk])

    answer = browser.post(
        reverse("profiles:show-region", args=[town.profile.pk]), {"next": page}, follow=True
    )
    assert "Your region is shown" in answer.content.decode()
    assert again(town).said.region

    browser.post(reverse("profiles:show-area", args=[town.profile.pk]))
    assert not again(town).said.region


def test_those_who_are_not_to_be_found_are_not_counted(town):
    other = Profile.objects.exclude(pk=town.profile.pk).with_faces().first()
    assert other is not None
    showing.go_incognito(other)

    assert "Fewer than 20 people here share your area." in findable(again(town)).warnings


def test_no_number_but_the_threshold_is_on_the_page(town, signed_in, ada):
    page = signed_in(ada).get(reverse("matching:show-findable", args=[town.profile.pk])).content.decode()

    text = re.sub(r"<[^>]*>", " ", page[page.index("<main") : page.index("</main")])
    assert set(re.findall(r"\b\d+\b", text)) <= {"20", "55"}


def test_a_couple_is_looked_for_among_couples(meets, couple, eli, fern, town):
    joint = meets(couple(eli, fern))

    assert findable(joint).warnings == ["Fewer than 20 people here share your area."]


def test_who_is_in_nobodys_list_is_told_so(town):
    showing.go_incognito(town.profile)

    assert "incognito" in findable(again(town)).away


def test_a_profile_that_says_nothing_gets_an_honest_page(signed_in, ben):
    profile = Profile.objects.get(account=ben)

    page = signed_in(ben).get(reverse("matching:show-findable", args=[profile.pk])).content.decode()

    assert "You meet in no mode" in page
