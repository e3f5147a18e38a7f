import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_exit_page_explains_itself(client):
    page = client.get(reverse("core:leave")).content.decode()

    assert "Shift three times" in page
    assert "cannot erase your browser history" in page


def test_exit_ends_the_session_and_clears_what_the_browser_kept(signed_in, ada):
    browser = signed_in(ada)

    answer = browser.post(reverse("core:leave"))

    assert (answer.status_code, answer.url) == (303, reverse("core:left"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert "_auth_user_id" not in browser.session


def test_the_page_after_exit_moves_on_at_once_and_names_nothing(client):
    page = client.get(reverse("core:left"))

    assert f'content="0; url={settings.EXIT_URL}"' in page.content.decode()
    assert "PositiveSocials" not in page.content.decode()
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_exit_needs_no_cookie(client):
    page = client.get(reverse("core:leave"))

    assert not page.cookies
    assert b"csrfmiddlewaretoken" not in page.content


def test_a_language_is_chosen_without_a_token(client):
    answer = client.post(reverse("core:set-language"), {"language": "ar", "next": "/leave/"})

    assert answer.url == "/leave/"
    assert 'dir="rtl"' in client.get("/leave/").content.decode()


def test_the_page_of_parts_is_absent_for_members(signed_in, ada, settings):
    settings.DEMO = False

    assert signed_in(ada).get(reverse("core:parts")).status_code == 404


def test_the_page_of_parts_shows_every_icon(signed_in, olu):
    page = signed_in(olu).get(reverse("core:parts")).content.decode()

    assert page.count("#i-") > 44
    assert page.count("<h1") == 1


def test_health_answers_ok(client):
    assert client.get(reverse("core:health")).content == b"ok"


def test_an_absent_page_answers_calmly_and_says_404(client):
    page = client.get("/no-such-place/")

    assert page.status_code == 404
    assert "There is nothing here" in page.content.decode()


@pytest.mark.parametrize("name", ["400", "500", "503"])
def test_a_page_for_trouble_needs_nothing_from_the_site(name):
    page = render_to_string(f"{name}.html")

    assert page.count("<h1") == 1
    assert "<title></title>" not in page


def test_members_pages_do_not_name_the_site_in_their_title(client, signed_in, ada):
    assert "<title>The exit button · PositiveSocials</title>" in client.get("/leave/").content.decode()
    assert "<title>The exit button</title>" in signed_in(ada).get("/leave/").content.decode()


def test_guests_are_not_shown_members_places(client):
    assert 'class="rail"' not in client.get("/leave/").content.decode()


@pytest.mark.parametrize("page", ["/leave/", "/no-such-place/"])
def test_no_page_carries_script_or_style_of_its_own(client, page):
    text = client.get(page).content.decode()

    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
