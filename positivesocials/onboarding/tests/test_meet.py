import re

import pytest
import time_machine

from positivesocials.accounts import services as accounts
from positivesocials.matching import access as matching
from positivesocials.onboarding import selectors
from positivesocials.privacy import services as privacy
from positivesocials.profiles import places
from positivesocials.profiles import selectors as profiles

BANNED = re.compile(r"positive|health|sex|dating|diagnos|\b(STI|STD|HIV|HSV)\b", re.IGNORECASE)
ALL = {
    "pronouns": "they/them",
    "gender": "genderfluid",
    "searches": ["women", "nonbinary"],
    "birth_month": "3",
    "birth_year": "1985",
    "show_age": "on",
    "town": "gb-leeds",
    "modes": ["friends", "dating"],
    "friends_goals": ["friendship"],
    "dating_goals": ["slow"],
    "wanted": ["men"],
    "question": "sunday",
    "answer": "Tea and rain.",
    "circles": ["hsv"],
    "agree": "on",
}


@pytest.fixture
def browser(signed_in, ada):
    return signed_in(ada)


def said(account):
    profile = profiles.profile_of(account)
    assert profile is not None
    return profile.said


def wish(account, mode):
    return matching.me_as(account, None).side.wish(mode)


def test_one_page_keeps_every_answer(browser, ada):
    answer = browser.post("/start/meet/all/", ALL)

    facets = said(ada)
    assert answer.url == "/people/"
    assert (facets.pronouns, facets.gender, facets.searches) == (
        "they/them",
        "genderfluid",
        ("women", "nonbinary"),
    )
    assert (facets.birth_year, facets.birth_month, facets.audience("age")) == (1985, 3, "fitting")
    assert facets.place == places.cell_of("gb-leeds")
    assert facets.goals == ("friendship", "slow")
    assert (facets.prompts[0].question, facets.prompts[0].answer) == ("sunday", "Tea and rain.")
    assert facets.circles == ("hsv",)
    assert wish(ada, "friends").on
    assert wish(ada, "dating").searches == ("men",)


def test_five_pages_keep_what_one_page_keeps(browser, ada, signed_in, ben):
    browser.post("/start/meet/all/", ALL)
    other = signed_in(ben)

    path, pages = "/start/meet/you/", 0
    while path.startswith("/start/meet/"):
        path, pages = other.post(path, ALL).url, pages + 1

    assert (path, pages) == ("/people/", 5)
    assert said(ben) == said(ada)
    assert wish(ben, "dating") == wish(ada, "dating")


def test_whoever_has_no_name_is_asked_for_one_first(signed_in, db, password_hash):
    newcomer = accounts.open_account(address="new@example.org", password_hash=password_hash)
    browser = signed_in(newcomer)
    assert browser.get("/start/meet/age/").url == "/start/meet/"

    browser.post("/start/meet/you/", {"name": "Quiet Heron"})

    assert selectors.name_of(newcomer) == "Quiet Heron"
    assert browser.get("/start/meet/age/").status_code == 200


def test_everything_can_be_skipped_and_is_not_asked_again(browser, ada):
    assert browser.post("/start/meet/finish/").url == "/people/"

    assert not wish(ada, "friends").on
    assert not wish(ada, "dating").on
    assert ada.profile.preferences.count() == 2


def test_skipping_the_rest_keeps_what_was_said(browser, ada):
    browser.post("/start/meet/you/", {"pronouns": "she/her"})
    browser.post("/start/meet/wishes/", {"modes": ["friends"]})

    browser.post("/start/meet/finish/")

    assert said(ada).pronouns == "she/her"
    assert wish(ada, "friends").on


def test_an_answer_left_out_stays_unsaid(browser, ada):
    browser.post("/start/meet/age/", {"birth_month": "", "birth_year": ""})
    browser.post("/start/meet/place/", {"town": ""})

    assert (said(ada).birth_year, said(ada).place) == (None, None)


@time_machine.travel("2026-11-25 12:00+00:00")
@pytest.mark.parametrize(
    ("month", "year", "says"),
    [
        ("12", "2008", "18 or over"),
        ("", "1985", "Say both"),
        ("3", "", "Say both"),
        ("3", "85", "four digits"),
        ("3", "2030", "four digits"),
    ],
)
def test_a_wrong_date_is_named_and_kept_on_the_page(signed_in, ada, month, year, says):
    browser = signed_in(ada)

    page = browser.post("/start/meet/age/", {"birth_month": month, "birth_year": year}).content.decode()

    assert says in page
    assert said(ada).birth_year is None
    assert f'value="{year}"' in page or not year


@time_machine.travel("2026-11-25 12:00+00:00")
def test_the_month_of_the_eighteenth_birthday_is_old_enough(signed_in, ada):
    signed_in(ada).post("/start/meet/age/", {"birth_month": "11", "birth_year": "2008"})

    assert said(ada).birth_year == 2008


def test_circles_are_kept_only_with_a_yes(browser, ada):
    page = browser.post("/start/meet/words/", {"circles": ["hsv"]}).content.decode()

    assert "only with your yes" in page
    assert said(ada).circles == ()
    assert not privacy.has_consent(ada, purpose="circles")


def test_a_yes_to_a_wording_that_changed_meanwhile_is_asked_again(browser, ada):
    page = browser.post("/start/meet/words/", {"circles": ["hsv"], "agree": "0"}).content.decode()

    assert "The wording has changed since" in page
    assert said(ada).circles == ()


def test_the_yes_is_asked_once(browser, ada):
    privacy.give_consent(ada, purpose="circles")

    page = browser.get("/start/meet/words/").content.decode()

    assert 'name="agree"' not in page


def test_taking_the_yes_back_removes_the_circles(browser, ada):
    browser.post("/start/meet/words/", {"circles": ["hsv"], "agree": "on"})
    assert said(ada).circles == ("hsv",)

    browser.post("/consents/circles/withdraw/")

    assert said(ada).circles == ()


def test_the_hiv_circle_carries_its_line_with_the_source(browser):
    page = browser.get("/start/meet/words/").content.decode()

    assert "Undetectable = untransmittable" in page
    assert "WHO, 2023" in page


def test_each_question_says_why_it_is_asked(browser):
    for step in ("you", "age", "place", "wishes", "words"):
        page = browser.get(f"/start/meet/{step}/").content.decode()
        assert "Why we ask" in page
        assert "<h1>" in page


def test_an_answer_without_its_beginning_is_named(browser, ada):
    page = browser.post("/start/meet/words/", {"answer": "Tea and rain."}).content.decode()

    assert "Choose the beginning" in page
    assert "Tea and rain." in page


def test_titles_and_paths_say_nothing_about_what_the_site_is_for(browser):
    questions = [f"/start/meet/{step}/" for step in ("you", "age", "place", "wishes", "words", "all")]
    for path in [
        *questions,
        "/start/",
        "/start/talk/",
        "/start/beside/",
        "/devices/",
        "/consents/",
        "/prove/",
    ]:
        page = browser.get(path).content.decode()
        title = page.split("<title>")[1].split("</title>")[0]
        assert not BANNED.search(title + path), title
