import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import include, path

from positivesocials.core.http import unlinked
from positivesocials.core.refusals import NotThere, Refused, TooMany

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def _refuse(request):
    raise Refused("That name is taken.")


def _hide(request):
    raise NotThere


def _limit(request):
    raise TooMany("That was a lot.", retry_after=90)


def _take(request):
    return HttpResponse("taken")


@unlinked
def _take_with_key(request):
    return HttpResponse("taken")


urlpatterns = [
    path("", include("positivesocials.config.urls")),
    path("refuse/", _refuse),
    path("hide/", _hide),
    path("limit/", _limit),
    path("take/", _take),
    path("take/with-key/", _take_with_key),
]


@pytest.mark.parametrize("address", ["/healthz", "/no-such-place/", "/hide/", "/refuse/"])
def test_every_answer_carries_the_headers(client, address):
    headers = client.get(address).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_nothing_of_a_member_is_stored_by_the_browser(client, signed_in, ada):
    assert signed_in(ada).get("/leave/").headers["Cache-Control"] == "no-store"
    assert client.get("/leave/").headers["Cache-Control"] == "private, no-cache"


def test_a_post_from_another_site_is_refused(client):
    assert client.post("/take/", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.post("/take/", headers={"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert client.post("/take/", headers={"Sec-Fetch-Site": "same-origin"}).content == b"taken"


def test_a_browser_that_tells_no_referrer_posts_where_the_address_is_the_key(client):
    headers = {"Origin": "null"}

    assert client.post("/take/", headers=headers).status_code == 403
    assert client.post("/no-such-place/", headers=headers).status_code == 403
    assert client.post("/take/with-key/", headers=headers).content == b"taken"


def test_a_post_is_judged_by_its_origin_where_a_browser_says_no_more(client):
    assert client.post("/take/", headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert client.post("/take/", headers={"Origin": "null"}).status_code == 403
    assert client.post("/take/", headers={"Origin": "http://testserver"}).content == b"taken"


def test_an_origin_that_is_no_address_is_refused(client):
    assert client.post("/take/", headers={"Origin": "http://["}).status_code == 403


def test_the_exit_works_from_a_page_that_tells_no_referrer(client):
    assert client.post("/leave/", headers={"Origin": "null"}).status_code == 303


def test_a_link_from_another_site_opens_but_a_picture_of_it_does_not(client):
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    picture = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    frame = link | {"Sec-Fetch-Dest": "iframe"}

    assert client.get("/take/", headers=link).status_code == 200
    assert client.get("/take/", headers=picture).status_code == 403
    assert client.get("/take/", headers=frame).status_code == 403


def test_a_post_by_a_mail_provider_reaches_its_link(client):
    assert client.post("/take/").content == b"taken"


def test_what_is_hidden_is_not_there(client):
    assert client.get("/hide/").status_code == 404


def test_a_refusal_returns_to_the_page_one_came_from(client):
    answer = client.post("/refuse/", headers={"Referer": "http://testserver/take/?page=2"})

    assert (answer.status_code, answer.url) == (303, "/take/?page=2")
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["That name is taken."]


def test_a_refusal_never_leads_to_another_site(client):
    answer = client.post("/refuse/", headers={"Referer": "https://elsewhere.example/"})

    assert answer.status_code == 409
    assert "elsewhere" not in answer.content.decode()


def test_a_refusal_keeps_what_was_written(client):
    written = "We write it down first, then read it to each other."

    answer = client.post("/refuse/", {"text": written}, headers={"Referer": "http://testserver/take/"})

    assert answer.status_code == 409
    assert written in answer.content.decode()


def test_a_refusal_never_shows_a_password_again(client):
    answer = client.post("/refuse/", {"password": "a long enough sentence"})

    assert "a long enough sentence" not in answer.content.decode()


def test_a_limit_says_when_it_lifts(client):
    answer = client.post("/limit/")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "90")
    assert "That was a lot." in answer.content.decode()


def test_a_script_gets_a_refusal_as_json(client):
    answer = client.post("/refuse/", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()) == (409, {"refused": "That name is taken."})


@pytest.mark.parametrize("referer", ["http://testserver//elsewhere.example/", "http://["])
def test_a_refusal_leads_to_no_other_site(client, referer):
    answer = client.post("/refuse/", headers={"Referer": referer})

    assert answer.status_code in {303, 409}
    assert not answer.headers.get("Location", "/").startswith("//")


@pytest.mark.parametrize("address", ["/news/%00/", "/guides/a%00b/", "/%00", "/people/?page=%00"])
def test_an_address_with_a_nul_is_not_there(client, address):
    assert client.get(address).status_code in {302, 404}


def test_who_was_logged_out_while_writing_gets_the_words_back(client):
    words = "What I wrote, and would not want to write again"

    answer = client.post("/groups/welcome/write/", {"text": words})

    assert answer.status_code == 409
    assert words in answer.text
    assert "You are logged out" in answer.text


def test_opening_an_address_that_only_takes_what_is_sent_shows_a_page_with_a_way_back(client, db):
    answer = client.get("/colours/", headers={"referer": "http://testserver/guides/?page=2"})

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "<title>Nothing to open" in answer.text
    assert 'href="/guides/?page=2"' in answer.text
    assert not answer.cookies


def test_a_key_in_such_an_address_is_told_to_no_other_page(client, db):
    answer = client.get("/reply/a-key/edit/")

    assert (answer.status_code, answer.headers["Referrer-Policy"]) == (405, "no-referrer")
    assert answer.headers["Cache-Control"] == "no-store"


def test_programs_that_open_such_an_address_are_told_as_json(client, db):
    asked = client.get("/colours/", headers={"accept": "application/json"})
    put = client.put("/guides/", headers={"accept": "application/json"})

    assert (asked.status_code, asked.headers["Allow"]) == (405, "POST")
    assert asked.headers["Content-Type"] == "application/json"
    assert asked.json() == {"refused": "This address only takes POST."}
    assert put.json() == {"refused": "This address only takes GET, HEAD."}


def test_what_no_browser_sends_gets_no_page(client, db):
    assert client.put("/guides/").content == b""
