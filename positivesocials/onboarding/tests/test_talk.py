import pytest

from positivesocials.accounts import services as accounts
from positivesocials.profiles import selectors as profiles


@pytest.fixture
def newcomer(db, password_hash):
    return accounts.open_account(address="new@example.org", password_hash=password_hash)


@pytest.fixture
def browser(signed_in, newcomer):
    return signed_in(newcomer)


def face_of(account):
    profile = profiles.profile_of(account)
    assert profile is not None
    return profile.personas[0]


def test_a_name_is_all_that_stands_before_the_first_post(browser, newcomer):
    answer = browser.post("/start/talk/", {"name": " Quiet   Heron "})

    assert answer.url == "/groups/welcome/write/"
    assert face_of(newcomer).name == "Quiet Heron"


def test_a_name_is_needed(browser, newcomer):
    page = browser.post("/start/talk/", {"name": "   "}).content.decode()

    assert "One thing to look at" in page
    assert profiles.profile_of(newcomer) is None


def test_drawing_another_picture_keeps_the_name(browser, newcomer):
    browser.post("/start/talk/draw/", {"name": "Quiet Heron"})
    first = face_of(newcomer).salt

    page = browser.post("/start/talk/draw/", {"name": "Quiet Heron"}, follow=True).content.decode()

    assert face_of(newcomer).salt != first
    assert 'value="Quiet Heron"' in page


def test_the_name_shown_is_escaped(browser):
    page = browser.post("/start/talk/draw/", {"name": "<b>Ada</b>"}, follow=True).content.decode()

    assert "<b>Ada</b>" not in page


def test_guests_are_asked_to_log_in_first(client, db):
    for path in (
        "/start/",
        "/start/talk/",
        "/start/meet/",
        "/start/meet/age/",
        "/start/beside/",
        "/start/read/",
    ):
        assert client.get(path).url == f"/log-in/?next={path}"


@pytest.mark.parametrize(("path", "leads_to"), [("/start/read/", "/guides/"), ("/start/looking/", "/home/")])
def test_each_answer_leads_somewhere(browser, path, leads_to):
    assert browser.get(path).url == leads_to


def test_an_unknown_answer_is_not_there(browser):
    assert browser.get("/start/anything/").status_code == 404
    assert browser.get("/start/meet/anything/").status_code == 404


def test_a_partner_or_friend_gets_three_places(browser):
    page = browser.get("/start/beside/").content.decode()

    assert page.count('class="door"') == 3
