"""Two members in one area cannot be told apart by anything another member can ask (security LO-2, LO-3)."""

import pytest

from positivesocials.matching import selectors
from positivesocials.matching.access import Me
from positivesocials.profiles import places
from positivesocials.profiles.models import Profile
from tests.normalise import normalised

QUESTIONS = [
    *[("GET", f"/people/?in={mode}", {}) for mode in ("f", "d")],
    *[("POST", "/people/looking-for/", {"in": "f", "band": str(band)}) for band in range(7)],
    *[
        ("POST", "/people/looking-for/", {"in": "d", "band": str(band), "age_from": "18", "age_to": "99"})
        for band in range(7)
    ],
    ("GET", "/people/likes/", {}),
    ("GET", "/people/later/", {}),
]


def answers(browser, victim):
    for method, address, data in QUESTIONS:
        answer = browser.get(address) if method == "GET" else browser.post(address, data, follow=True)
        yield normalised(answer)
    yield normalised(browser.get(f"/people/{victim.pk}/"))


@pytest.fixture
def two_towns(monkeypatch):
    """A second town in the area of Bristol, as a gazetteer may list."""
    bristol = places.town("gb-bristol")
    assert bristol is not None
    twin = places.Town("gb-twin", "Twin", "GB", bristol.cell, bristol.time_zone)
    monkeypatch.setitem(places._gazetteer(), "gb-twin", twin)


@pytest.mark.parametrize("attacker_town", ["gb-bristol", "gb-cardiff", "gb-leeds"])
def test_two_worlds_that_differ_in_the_town_inside_one_area_look_the_same(
    two_towns, meets, signed_in, ada, ben, attacker_town
):
    meets(ada, place=attacker_town, dating={})
    browser = signed_in(ada)
    victim = meets(ben, place="gb-bristol", dating={}).profile
    one = list(answers(browser, victim))

    meets(ben, place="gb-twin", dating={})

    assert list(answers(browser, victim)) == one


def test_the_order_inside_a_band_does_not_depend_on_the_place(meets, make_member, ada):
    me = meets(ada, place="gb-london")
    crowd = [make_member(f"Gus{number}") for number in range(8)]
    both = [places.cell_of("gb-leeds"), places.cell_of("gb-manchester")]
    assert len({places.band(me.side.cell, cell) for cell in both}) == 1

    orders = []
    for swap in (0, 1):
        for number, account in enumerate(crowd):
            meets(account, place=("gb-leeds", "gb-manchester")[(number + swap) % 2])
        orders.append(
            selectors.in_order(selectors.around(Me(Profile.objects.get(pk=me.profile.pk)), "friends"))
        )

    assert orders[0] == orders[1]
