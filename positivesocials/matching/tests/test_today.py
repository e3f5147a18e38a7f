"""The page of introductions: who was drawn and still fits."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from positivesocials.matching import daily
from positivesocials.matching import services as matching
from positivesocials.matching.models import Draw, Introduction, Mode, Said
from positivesocials.profiles import services as profiles
from positivesocials.safety import services as safety

TODAY = "/people/today/"


@pytest.fixture
def drawn(meets, ada, ben, cleo):
    found = meets(ada, interests=["tea"]), meets(ben, interests=["tea"]), meets(cleo)
    daily.introduce_everyone()
    return found


def draw_again():
    Draw.objects.all().delete()
    Introduction.objects.all().delete()
    daily.introduce_everyone()


@pytest.fixture
def page(signed_in):
    def read(who, **query):
        return signed_in(who).get(TODAY, query).content.decode()

    return read


def cards(page):
    return set(re.findall(r'id="p-([0-9a-f-]+)"', page))


def ids(*them):
    return {str(me.profile.pk) for me in them}


def test_those_drawn_are_there_with_reasons_and_what_can_be_said(drawn, page, ada):
    shown = page(ada)

    assert cards(shown) == ids(*drawn[1:])
    for words in ["Ben", "You share: Tea", "Say hello", "Later", "Not now", "New ones tomorrow"]:
        assert words in shown


def test_nothing_is_counted(drawn, page, ada):
    main = page(ada).partition('<main id="main"')[2].partition("</main>")[0].partition(">")[2]

    assert not re.search(r"\b[1-9]\b", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", main))


@pytest.mark.parametrize("said", ["like", "keep-for-later", "say-not-now"])
def test_who_was_answered_is_gone_and_can_be_brought_back(drawn, signed_in, ada, said):
    browser = signed_in(ada)
    url = reverse(f"matching:{said}", args=[drawn[1].profile.pk])

    shown = browser.post(url, {"in": "f", "next": TODAY}, follow=True)
    shown = shown.content.decode()

    assert cards(shown) == ids(drawn[2])
    assert reverse("matching:undo", args=[drawn[1].profile.pk]) in shown


AWAY = {
    "hidden": lambda ada, ben: profiles.hide(ben.profile),
    "paused": lambda ada, ben: profiles.pause(ben.profile),
    "blocked": lambda ada, ben: safety.block(ada.profile.account, ben.profile.account_ids),
    "blocking": lambda ada, ben: safety.block(ben.profile.account, ada.profile.account_ids),
    "erased": lambda ada, ben: ben.profile.account.delete(),
    "off": lambda ada, ben: matching.switch_off(ben, Mode.FRIENDS),
    "moved": lambda ada, ben: matching.save_preferences(ben.profile, Mode.FRIENDS, {"kinds": ["couple"]}),
}


@pytest.mark.parametrize("how", AWAY)
def test_who_is_not_there_any_more_is_not_shown(drawn, page, ada, how):
    AWAY[how](*drawn[:2])

    assert cards(page(ada)) == ids(drawn[2])


@pytest.mark.parametrize("how", [profiles.hide, profiles.pause])
def test_hidden_or_on_a_break_one_is_introduced_to_nobody(drawn, page, ada, how):
    how(drawn[0].profile)

    shown = page(ada)

    assert cards(shown) == set()
    assert "As long as nobody finds you here" in shown


def test_each_mode_shows_its_own(drawn, page, ada, meets, make_member):
    other = meets(make_member("Gus"), friends={"on": False}, dating={})
    meets(ada, dating={})
    draw_again()

    assert cards(page(ada)) == ids(*drawn[1:])
    assert cards(page(ada, **{"in": "d"})) == ids(other)


def test_a_mode_that_is_off_offers_to_be_switched_on(drawn, page, ada):
    shown = page(ada, **{"in": "d"})

    assert cards(shown) == set()
    assert "Switch dating on" in shown


def test_a_couple_is_introduced_as_two(drawn, page, couple, eli, fern, meets):
    joint = meets(couple(eli, fern))
    draw_again()

    assert ids(joint) <= cards(page(drawn[0].profile.account))
    assert cards(page(fern, **{"as": str(joint.profile.pk)})) == ids(*drawn)


def test_whoever_came_after_the_draw_reads_when_theirs_come(drawn, page, meets, eli):
    meets(eli)

    assert "Your first ones come with the next draw" in page(eli)


def test_after_the_last_answer_the_page_says_that_it_was_all(drawn, page, ada):
    for other in drawn[1:]:
        matching.set_aside(ada, drawn[0], other.profile.pk, mode=Mode.FRIENDS, said=Said.NOT_NOW)

    assert "Those were today’s" in page(ada)


def test_a_thin_day_is_honest(page, meets, ada):
    meets(ada)
    daily.introduce_everyone()

    shown = page(ada)

    assert "Nobody new to introduce today" in shown
    assert "/people/?" in shown


def test_the_list_leads_to_the_introductions(drawn, signed_in, ada):
    assert TODAY in signed_in(ada).get("/people/").content.decode()


def test_a_page_asks_as_often_for_many_as_for_one(drawn, signed_in, ada, meets, make_member):
    def asked():
        browser = signed_in(ada)
        browser.get(TODAY)
        with CaptureQueriesContext(connection) as caught:
            browser.get(TODAY)
        return len(caught)

    few = asked()
    for name in ("Gus", "Hal", "Ida", "Jo"):
        meets(make_member(name))
    draw_again()

    assert asked() == few
