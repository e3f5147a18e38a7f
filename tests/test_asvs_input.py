"""What is typed stays what was typed: read once, kept as it is, and escaped where it is shown."""

import json
from urllib.parse import quote
from uuid import uuid4

import pytest

from positivesocials.notifications.models import OutgoingMail
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile

pytestmark = pytest.mark.django_db
HOSTILE = "\"'><script>alert(1)</script>&lt;b&gt; %3Cscript%3E {{ 7*7 }} \\u003cb\\u003e"


@pytest.fixture
def talk(ada, ben):
    from positivesocials.messaging import services as messaging

    one, other = (Profile.objects.get(account=each) for each in (ada, ben))
    return messaging.open_conversation(one, other)


def say(browser, talk, text):
    sent = {"text": text, "client_key": uuid4().hex}
    return browser.post(f"/conversations/{talk.pk}/send/", sent, headers={"accept": "application/json"})


def test_what_is_typed_is_decoded_once(signed_in, ada, talk):
    from positivesocials.messaging.models import Message

    say(signed_in(ada), talk, "%253Cb%253E &amp;lt; %00")

    assert Message.objects.get().envelope["text"] == "%253Cb%253E &amp;lt; %00"


def test_an_address_is_decoded_once(client):
    assert client.get("/guides/%2566irst-days/").status_code == 404
    assert client.get("/%252e%252e/%252e%252e/etc/passwd").status_code == 404


def test_what_is_typed_is_kept_as_typed_and_escaped_when_shown(signed_in, ada, talk):
    from positivesocials.messaging.models import Message

    browser = signed_in(ada)
    say(browser, talk, HOSTILE)
    page = browser.get(f"/conversations/{talk.pk}/").content.decode()

    assert Message.objects.get().envelope["text"] == HOSTILE
    assert "<script>alert" not in page
    assert "&quot;&#x27;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;lt;b&amp;gt;" in page
    assert "{{ 7*7 }}" in page


def test_what_is_typed_cannot_leave_its_text_in_json(signed_in, ada, talk):
    answer = say(signed_in(ada), talk, HOSTILE)

    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "<script>alert" not in json.loads(answer.content)["part"]


@pytest.mark.parametrize("typed", ["/\r\nSet-Cookie: a=b", "/home/%0d%0aX-A: b", "/\nLocation: //x.example"])
def test_no_header_takes_a_second_line(client, ada, typed):
    from conftest import PASSWORD

    told = {"login": "ada@example.org", "password": PASSWORD, "device": "own", "next": typed}
    answer = client.post("/log-in/", told)

    assert "\n" not in str(answer.headers.get("Location", ""))
    assert "a" not in answer.cookies
    assert "X-A" not in answer.headers


def test_a_word_in_an_address_is_encoded_for_its_place(client):
    word = "/groups/welcome/?a=1&b=\"'<>#x"

    answer = client.get(f"/devices/?next={quote(word)}")

    assert answer.status_code == 302
    assert not set("\"'<>") & set(answer.headers["Location"])
    assert answer.headers["Location"].count("?") == 1


@pytest.mark.parametrize(
    "end", ["\nBcc: other@example.org", "\r\nSubject: x", "%0aBcc: x@y.z", ", other@example.org"]
)
def test_an_address_cannot_add_a_line_to_a_mail(client, end):
    for page in ("/reset/", "/letter/"):
        client.post(page, {"address": f"a@example.org{end}"})

    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "page", ["0", "-1", "9" * 30, "1e9", "NaN", "٣", "1.5", "2147483648", "", "x" * 2000]
)
def test_a_number_of_any_size_is_answered(signed_in, ada, page):
    browser = signed_in(ada)

    assert {
        browser.get(f"{address}?page={page}").status_code
        for address in ("/people/", "/news/", "/groups/welcome/", "/who-looked/")
    } <= {200, 302, 404}


def test_a_name_is_shown_as_words(signed_in, ada):
    profiles.rename(ada, Profile.objects.get(account=ada).personas[0], name="<b>A</b>")

    assert "<b>A</b>" not in signed_in(ada).get("/me/").content.decode()
