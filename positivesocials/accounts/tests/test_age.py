"""Whether somebody is 18 or over is asked through an adapter; kept is that and how, never a birth date."""

import pytest
from django.urls import reverse

from positivesocials.accounts.models import Account

DECLARED = {"adult": "on", "terms": "on", "device": "own", "purpose": "talk"}


class Elsewhere:
    """A provider that sends visitors back with its word."""

    name = "elsewhere"

    def begin(self, *, back, state):
        return f"https://age.example/?back={back}&state={state}"

    def has_passed(self, answer):
        return answer.get("over") == "yes"


@pytest.fixture
def elsewhere(settings):
    settings.AGE_ASSURANCE = f"{__name__}.Elsewhere"


@pytest.fixture
def state(client, elsewhere, db):
    """Sent away from the page that one wanted; what has to come back."""
    sent = client.get("/join/passkey/?for=talk")
    assert sent.url.startswith("https://age.example/?back=http://localhost:8000/join/age/&state=")
    return sent.url.partition("state=")[2]


@pytest.mark.parametrize("name", ["join-passkey", "join-account"])
def test_by_default_the_box_on_the_form_is_enough(client, db, name):
    assert client.get(reverse(f"accounts:{name}")).status_code == 200


def test_whoever_passed_comes_back_to_the_page_and_how_is_kept(client, state):
    assert client.get("/join/age/", {"state": state, "over": "yes"}).url == "/join/passkey/?for=talk"

    client.post("/join/passkey/", DECLARED)

    assert client.session["joining"]["over_18_by"] == "elsewhere"


def test_whoever_did_not_pass_cannot_join(client, state):
    page = client.get("/join/age/", {"state": state, "over": "no"})

    assert "did not show" in page.text
    assert client.post("/join/passkey/", DECLARED).url.startswith("https://age.example/")


def test_an_answer_that_nobody_asked_for_counts_for_nothing(client, state):
    client.get("/join/age/", {"state": "another", "over": "yes"})

    assert client.get("/join/passkey/").url.startswith("https://age.example/")


def test_no_birth_date_and_no_document_is_kept():
    names = {field.name for field in Account._meta.get_fields()}

    assert {"over_18_at", "over_18_by"} <= names
    assert not [name for name in names if "birth" in name or "document" in name]
