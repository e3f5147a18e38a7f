"""What every answer carries, what a site over HTTPS adds, and which requests are refused at once."""

import json
import os
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import include, path, reverse

from positivesocials.config import policy, rows
from tests.addresses import address_of
from tests.guarded import policy_of, wrong_with

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
SETTINGS = (
    "import json; from positivesocials.config import settings as s;"
    "print(json.dumps({k: getattr(s, k) for k in dir(s) if k.isupper() and"
    " isinstance(getattr(s, k), (str, int, bool, list, dict, type(None)))}, default=lambda _: None))"
)


def _break(request):
    raise RuntimeError("a secret that nobody may read")


urlpatterns = [path("", include("positivesocials.config.urls")), path("break/", _break)]


def read_settings(**variables: str):
    """The settings as they are with these variables: read once at start, so in a process of its own."""
    told = {k: v for k, v in os.environ.items() if not k.startswith("POSITIVESOCIALS_")}
    run = subprocess.run(
        [sys.executable, "-c", SETTINGS], env=told | variables, capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def over_https(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("https"))
    return read_settings(POSITIVESOCIALS_ORIGIN="https://ps.example", POSITIVESOCIALS_DATA=folder)


@pytest.fixture
def site_over_https(settings, over_https):
    """This process with the settings of a site over HTTPS."""
    for name in ("HTTPS", "ORIGIN", "STRICT_TRANSPORT", "ALLOWED_HOSTS"):
        setattr(settings, name, over_https[name])
    for name in [name for name in over_https if "_COOKIE_" in name and name != "SESSION_COOKIE_DOMAIN"]:
        setattr(settings, name, over_https[name])
    return Client(headers={"host": "ps.example", "sec-fetch-site": "same-origin"})


@pytest.fixture
def with_files(settings):
    """A client of a site whose style, script and picture were collected."""
    for name in ("a.css", "a.js", "a.svg"):
        (settings.STATIC_ROOT / name).write_text("/* nothing */")
    yield Client(raise_request_exception=False)
    for name in ("a.css", "a.js", "a.svg"):
        (settings.STATIC_ROOT / name).unlink()


def put_away(response) -> None:
    """Close the files of an answer. Its own `close` would end the database connection of the test, too."""
    for close in response._resource_closers:
        close()
    response._resource_closers.clear()


ADDRESSES = [*map(address_of, policy.ROWS), "/desk/", "/no-such-place/", "/break/", "/static/none.css"]
ODD = ["/static/a.css", "/static/a.js", "/static/a.svg"]


@pytest.mark.parametrize("who", ["guest", "member", "operator"])
def test_every_answer_is_guarded(who, with_files, ada, olu):
    if who != "guest":
        with_files.force_login({"member": ada, "operator": olu}[who])

    wrong = {}
    for address in [*ADDRESSES, *ODD]:
        for method in ("get", "post", "head", "options", "put", "delete", "patch", "trace"):
            response = getattr(with_files, method)(address)
            wrong[method, address, response.status_code] = wrong_with(response, address)
            put_away(response)

    assert {case[1] for case in wrong if case[2] >= 500} == {"/break/"}
    assert {case: told for case, told in wrong.items() if told} == {}
    assert len(wrong) > 500


def test_no_method_but_those_of_the_policy_is_answered(client, ada):
    client.force_login(ada)
    answered = [
        (method, address, response.status_code)
        for address in map(address_of, policy.ROWS)
        for method in ("put", "delete", "patch", "trace")
        if (response := getattr(client, method)(address)).status_code not in {403, 404, 405, 410, 302}
    ]

    assert answered == []


def test_every_address_that_only_takes_what_is_sent_says_so_when_it_is_opened(client, ada):
    client.force_login(ada)
    addresses = [address_of(row) for row in policy.ROWS if row.methods == rows.POST]
    as_page = {address: client.get(address) for address in addresses}
    as_json = {address: client.get(address, headers={"accept": "application/json"}) for address in addresses}

    told = [address for address, answer in as_page.items() if answer.status_code == 405]
    assert [address for address in told if "Nothing to open" not in as_page[address].text] == []
    assert [address for address in told if not as_json[address].json()["refused"]] == []
    assert {as_page[address].headers["Allow"] for address in told} == {"POST"}
    assert len(told) > 100


def test_trace_answers_nothing(client):
    answers = {client.trace(address).status_code for address in ("/", "/log-in/", "/guides/", "/healthz")}

    assert answers == {405}


def test_over_https_every_answer_asks_for_it_for_two_years(site_over_https, ada):
    site_over_https.raise_request_exception = False
    addresses = ["/", "/log-in/", "/no-such-place/", "/break/", "/healthz", "/static/none.css", "/desk/"]
    asked = {site_over_https.get(address).headers["Strict-Transport-Security"] for address in addresses}

    assert asked == {"max-age=63072000; includeSubDomains"}


def test_over_plain_http_nothing_is_asked(client):
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_over_https_cookies_belong_to_this_host_and_to_sealed_lines(site_over_https, ada):
    from conftest import PASSWORD

    typed = {"login": "ada@example.org", "password": PASSWORD, "device": "own"}
    answers = [
        site_over_https.post("/log-in/", typed),
        site_over_https.get("/password/"),
        site_over_https.get("/devices/"),
        site_over_https.post("/colours/", {"theme": "dark"}),
        site_over_https.post("/language/", {"language": "es", "next": "/"}),
    ]
    cookies = {name: morsel for answer in answers for name, morsel in answer.cookies.items()}

    assert set(cookies) == {"__Host-s", "__Host-c", "__Host-l", "__Host-t"}
    for morsel in cookies.values():
        assert morsel["secure"]
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
        assert (morsel["path"], morsel["domain"]) == ("/", "")


def test_the_key_of_a_session_stands_in_its_cookie_only(client, ada):
    client.force_login(ada)
    key = client.cookies["s"].value

    pages = [client.get(address) for address in ("/home/", "/devices/", "/me/", "/password/", "/who-looked/")]

    assert all(key not in page.content.decode() for page in pages)
    assert all(key not in str(page.headers) for page in pages)


def test_a_form_of_a_member_without_its_token_is_refused(ada):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(ada)

    assert browser.post("/devices/end-others/").status_code == 403
    assert browser.post("/log-out/").status_code == 403


def test_no_answer_names_another_site_as_a_reader(client):
    for address in ("/", "/log-in/", "/.well-known/instance.json", "/healthz", "/news/feed/"):
        answer = client.get(address, headers={"Origin": "https://elsewhere.example"})

        assert [name for name in answer.headers if name.startswith("Access-Control-")] == []


def test_the_policy_of_a_page_names_its_own_site_and_nothing_else(client):
    allowed = set().union(*policy_of(client.get("/").headers["Content-Security-Policy"]).values())

    assert allowed == {"'none'", "'self'"}


@pytest.mark.parametrize("who", ["guest", "member"])
def test_scripts_and_styles_are_the_same_for_everyone(who, with_files, ada):
    if who == "member":
        with_files.force_login(ada)
    for address in ODD:
        answer = with_files.get(address)

        assert b"".join(answer) == b"/* nothing */"
        assert "Set-Cookie" not in answer.headers
        put_away(answer)


def test_no_answer_is_wrapped_in_a_call_that_was_asked_for(client, ada):
    client.force_login(ada)
    answer = client.get("/.well-known/instance.json?callback=steal&jsonp=steal")

    assert "steal" not in answer.content.decode()
    assert answer.headers["Content-Type"] == "application/json"


def test_a_file_sent_along_is_refused_before_it_is_written_down(client, ada, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    client.force_login(ada)
    file = SimpleUploadedFile("page.php.jpg", b"\xff\xd8\xff<?php ?>" * 400_000, "image/jpeg")

    for address in ("/colours/", "/log-in/", "/reset/", "/letter/"):
        assert client.post(address, {"text": file, "address": "a@example.org"}).status_code == 400
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [3_000_000, 10_000_000])
def test_a_body_that_is_too_large_is_refused(client, size):
    assert client.post("/reset/", {"address": "a" * size}).status_code in {400, 413}


WORDS = (
    *(
        ".git/HEAD",
        ".git/config",
        ".svn/entries",
        ".hg/hgrc",
        ".env",
        ".DS_Store",
        "manage.py",
        "pyproject.toml",
    ),
    *(
        "admin/",
        "django-admin/",
        "api/",
        "api/docs/",
        "docs/",
        "swagger/",
        "openapi.json",
        "schema/",
        "graphql",
    ),
    *(
        "debug/",
        "__debug__/",
        "silk/",
        "metrics",
        "status",
        "server-status",
        "actuator",
        "console",
        "phpinfo.php",
    ),
    *(
        "static/",
        "static/core/",
        "static/.git/HEAD",
        "static/../manage.py",
        "media/",
        "media/../main.sqlite3",
    ),
    *(
        "main.sqlite3",
        "keys.sqlite3",
        "var/main.sqlite3",
        "keys/master.key",
        "backup.zip",
        "requirements.txt",
    ),
)


@pytest.mark.parametrize("who", ["guest", "operator"])
def test_what_is_no_page_is_not_there(who, client, olu):
    if who == "operator":
        client.force_login(olu)

    assert {word: status for word in WORDS if (status := client.get(f"/{word}").status_code) != 404} == {}


def test_a_name_put_behind_a_page_opens_nothing(client, ada):
    """No cache in between can be made to keep a member's page under the name of a picture."""
    client.force_login(ada)
    for address in ("/home/a.css", "/me/a.js", "/conversations/a.png", "/devices/x.svg", "/home/;a.css"):
        answer = client.get(address)

        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"


def test_no_answer_says_what_runs_here(client):
    told = " ".join(
        str(client.get(address).headers) for address in ("/", "/no-such-place/", "/healthz")
    ).lower()

    assert [word for word in ("django", "wagtail", "python", "granian", "x-powered-by") if word in told] == []


def test_no_page_of_a_member_is_kept_in_the_servers_memory(client, ada):
    caches["default"].clear()
    client.force_login(ada)

    for address in ("/home/", "/me/", "/people/", "/conversations/", "/devices/"):
        client.get(address)

    kept = b"".join(value for value in vars(caches["default"])["_cache"].values() if isinstance(value, bytes))
    assert b"Ada" not in kept
    assert b"<html" not in kept
    assert "UpdateCacheMiddleware" not in str(read_settings()["MIDDLEWARE"])


def test_what_goes_wrong_says_nothing_of_how(client, ada, caplog):
    client.raise_request_exception = False
    client.force_login(ada)

    answer = client.get("/break/")

    assert answer.status_code == 500
    for word in ("RuntimeError", "secret", "Traceback", "settings", "test_asvs"):
        assert word not in answer.content.decode()


def test_every_page_for_members_is_one_step_from_logging_out(client, ada):
    client.force_login(ada)
    pages = [
        client.get(address_of(row))
        for row in policy.ROWS
        if "member" in row.who and "guest" not in row.who and "GET" in row.methods
    ]
    shown = [page for page in pages if page.status_code == 200 and b"<html" in page.content]

    assert len(shown) > 10
    for page in shown:
        assert f'action="{reverse("core:leave")}" method="post"' in page.content.decode()


def test_a_caller_cannot_speak_for_a_proxy(settings):
    from positivesocials.config.wsgi import believe_proxies_alone

    settings.TRUSTED_PROXIES = ("10.0.0.1",)
    forged = {
        "REMOTE_ADDR": "203.0.113.9",
        "HTTP_X_FORWARDED_FOR": "1.2.3.4",
        "HTTP_X_FORWARDED_PROTO": "https",
    }
    told = {**forged, "REMOTE_ADDR": "10.0.0.1"}

    believe_proxies_alone(forged)
    believe_proxies_alone(told)

    assert forged == {"REMOTE_ADDR": "203.0.113.9"}
    assert told["HTTP_X_FORWARDED_FOR"] == "1.2.3.4"


def test_limits_count_the_caller_that_a_trusted_proxy_saw(rf, settings):
    from positivesocials.core.http import client_address

    settings.TRUSTED_PROXIES = ("10.0.0.1",)
    claim = {"x-forwarded-for": "1.2.3.4, 203.0.113.9"}

    assert client_address(rf.get("/", REMOTE_ADDR="10.0.0.1", headers=claim)) == "203.0.113.9"
    assert client_address(rf.get("/", REMOTE_ADDR="198.51.100.7", headers=claim)) == "198.51.100.7"


def test_what_is_asked_in_the_address_does_not_count_as_typed(client, ada):
    from conftest import PASSWORD

    answer = client.post(f"/log-in/?login=ada@example.org&password={PASSWORD}&device=own", {})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
