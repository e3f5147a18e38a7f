import gzip
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.urls import include, path
from django.utils.translation import gettext as _

from positivesocials.core.guest_pages import same_for_guests

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

state = {"version": 1, "drawn": 0}


def _version():
    return state["version"]


def _page(request):
    state["drawn"] += 1
    return HttpResponse(f"{_('Guides')} {state['drawn']}")


def _other(request):
    return _page(request)


def _cookie(request):
    response = _page(request)
    response.set_cookie("seen", "1")
    return response


urlpatterns = [
    path("", include("positivesocials.config.urls")),
    path("same/", same_for_guests(_version)(_page)),
    path("other/", _other),
    path("cookie/", same_for_guests(_version)(_cookie)),
]


@pytest.fixture(autouse=True)
def _nothing_kept():
    state.update(version=1, drawn=0)
    caches["pages"].clear()


def test_a_page_is_drawn_once_for_all_guests(client):
    assert [client.get("/same/").content for _ in range(3)] == [b"Guides 1"] * 3


def test_a_change_shows_with_the_next_request(client):
    client.get("/same/")
    state["version"] = 2

    assert client.get("/same/").content == b"Guides 2"


@pytest.mark.parametrize("address", ["/other/", "/cookie/", "/same/?page=1"])
def test_only_what_is_the_same_for_everybody_is_kept(client, address):
    assert client.get(address).content != client.get(address).content


def test_whoever_is_logged_in_gets_a_page_of_their_own(client, ada):
    client.get("/same/")
    client.force_login(ada)

    answer = client.get("/same/")

    assert answer.content == b"Guides 2"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_is_kept_for_each_language_and_colour(client):
    client.get("/same/")
    client.cookies = SimpleCookie({settings.LANGUAGE_COOKIE_NAME: "es"})

    assert client.get("/same/").content.decode() == "Guías 2"

    client.cookies = SimpleCookie({settings.THEME_COOKIE_NAME: "dark"})

    assert client.get("/same/").content == b"Guides 3"


def test_what_is_kept_still_carries_the_page_policy_and_every_header(client):
    drawn, kept = client.get("/same/"), client.get("/same/")

    assert dict(drawn.headers) == dict(kept.headers)
    assert "script-src 'self'" in kept.headers["Content-Security-Policy"]
    assert kept.headers["Cache-Control"] == "private, no-cache"


def test_other_sites_cannot_load_a_kept_page_into_theirs(client):
    client.get("/same/")

    assert client.get("/same/", headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_made_up_headers_make_no_copies(client):
    for number in range(3):
        client.get("/same/", headers={"sec-fetch-site": "same-origin", "sec-fetch-dest": f"made-up-{number}"})

    assert state["drawn"] == 1


def test_a_kept_page_is_packed_for_browsers_that_ask_for_it(client):
    answer = client.get("/same/", headers={"accept-encoding": "gzip, br"})

    assert gzip.decompress(answer.content) == b"Guides 1"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_a_browser_that_has_the_page_is_told_that_it_is_the_same(client):
    etag = client.get("/same/").headers["ETag"]

    again = client.get("/same/", headers={"if-none-match": etag})

    assert (again.status_code, again.content) == (304, b"")
