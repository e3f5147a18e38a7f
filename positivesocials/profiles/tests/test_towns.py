"""Choosing a town from tens of thousands, by a country and the beginning of a name."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positivesocials.profiles import places
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.profiles.town_forms import MOST_TOWNS


@pytest.fixture
def address(ada):
    return f"/me/{ada.profile.pk}/edit/place/"


def place_of(account):
    return Profile.objects.get(account=account).said.place


def test_there_are_towns_in_every_country_and_none_finer_than_its_cell():
    assert len(places.towns()) > 25_000
    assert len(places.countries()) == 200
    assert places.GAZETTEER.read_text().partition("\n")[0] == "country,name,cell,time_zone,other_names"


def test_no_address_of_a_town_is_there_twice():
    assert len({town.id for town in places.towns()}) == len(places.towns())


@pytest.mark.parametrize(
    ("typed", "country", "found"),
    [
        ("leeds", "GB", "gb-leeds"),
        ("Munchen", "DE", "de-munich"),
        ("Nueva York", "US", "us-new-york-city"),
        ("لندن", "GB", "gb-london"),
        ("  SÃO   PAULO ", "BR", "br-sao-paulo"),
    ],
)
def test_a_town_is_found_whatever_the_accents_capitals_and_language(typed, country, found):
    assert found in [town.id for town in places.towns_like(typed, country)]


@given(st.text(max_size=30), st.sampled_from(["GB", "US", "", "XX"]))
def test_whatever_is_typed_finds_towns_of_that_country_only(typed, country):
    assert {town.country for town in places.towns_like(typed, country)} <= {country}


def test_a_name_and_its_country_are_enough(signed_in, ada, address):
    signed_in(ada).post(address, {"country": "GB", "town": "leeds"})

    assert place_of(ada) == places.cell_of("gb-leeds")


def test_where_several_begin_like_that_the_form_asks_which(signed_in, ada, address):
    browser = signed_in(ada)

    page = browser.post(address, {"country": "US", "town": "Springfie"}).content.decode()
    offered = re.findall(r'<option value="(us-[^"]+)"', page)

    assert 1 < len(offered) <= MOST_TOWNS
    assert "Springfield, near " in page
    browser.post(address, {"country": "US", "town": offered[1]})
    assert place_of(ada) == places.cell_of(offered[1])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"country": "GB", "town": "Nowhere at all"}, "We know no town of that name there."),
        ({"country": "GB", "town": "   "}, "Type how the name of a town begins"),
        ({"country": "GB", "town": "b"}, "Many towns begin like that."),
        ({"country": "", "town": "Leeds"}, "Choose the country of the town"),
    ],
)
def test_what_finds_no_single_town_is_said_and_nothing_is_kept(signed_in, ada, address, data, said):
    page = signed_in(ada).post(address, data)

    assert said in page.content.decode()
    assert place_of(ada) is None


def test_nothing_typed_is_no_place(signed_in, ada, address):
    profiles.change_facets(ada.profile, facets={"place": places.cell_of("gb-leeds")})

    signed_in(ada).post(address, {"country": "", "town": ""})

    assert place_of(ada) is None


def test_a_page_offers_the_largest_towns_of_a_country_and_not_all(signed_in, ada, address):
    profiles.change_facets(ada.profile, facets={"place": places.cell_of("gb-leeds")})

    page = signed_in(ada).get(address).content.decode()

    assert 'value="Leeds"' in page
    assert page.count("<option") < 300


def test_an_area_of_an_older_gazetteer_is_named_and_saving_it_again_moves_nobody(signed_in, ada, address):
    cells = {town.cell for town in places.towns()}
    leeds = places.cell_of("gb-leeds") or 0
    old = next(cell for cell in range(leeds, leeds + 100) if cell not in cells)
    profiles.change_facets(ada.profile, facets={"place": old})
    standing = places.town_of(old)
    assert standing is not None

    signed_in(ada).post(address, {"country": standing.country, "town": standing.name})

    assert place_of(ada) == old


def test_far_from_every_town_there_is_no_name():
    middle_of_the_pacific = places.cell_at(-480, -1230)

    assert places.town_of(middle_of_the_pacific) is None
    assert places.area_name(middle_of_the_pacific) == ""


def test_small_towns_share_the_area_of_a_larger_one():
    """Enough people live in an area that it says little of anybody: see decision 26."""
    towns_in: dict[int, list[places.Town]] = {}
    for town in places.towns():
        towns_in.setdefault(town.cell, []).append(town)

    assert len(towns_in) < len(places.towns()) / 2
    assert max(len(group) for group in towns_in.values()) > 5
