import re

import pytest
from django.conf import settings as live_settings

from conftest import PASSWORD
from positivesocials.accounts.models import Account
from positivesocials.audit.models import AuditRecord
from positivesocials.core.instance import is_open
from positivesocials.core.models import Instance
from positivesocials.core.refusals import Refused
from positivesocials.home import services
from positivesocials.notifications.models import OutgoingMail

FACTS = {
    "name": "Harbour",
    "operator": "The Harbour Trust",
    "contact": "hello@example.org",
    "address": "1 Quay",
    "country": "GB",
}
TYPED = {
    "address": "olu@example.org",
    "password": PASSWORD,
    "adult": "on",
    "terms": "on",
    "device": "own",
}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("closed_site")]


@pytest.fixture
def first_path():
    return (services.first_operator_link() or "").removeprefix(live_settings.ORIGIN)


@pytest.fixture
def sends_mail(settings):
    settings.DELIVER_MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def ready(settings, make_member):
    """Everything that opening needs, done."""
    make_member("Mo", role="moderator")
    services.describe(FACTS)
    Instance.objects.update(legal_read_at="2026-11-01T00:00Z", mail_tested_at="2026-11-01T00:00Z")


def test_until_it_is_open_the_first_page_is_calm_and_nothing_more(client):
    page = client.get("/").content.decode()

    assert "This site is being set up." in page
    assert "Keep in touch" not in page


def test_the_link_of_the_console_makes_the_operator_once(client, first_path):
    assert client.get(first_path).status_code == 200

    response = client.post(first_path, TYPED)

    assert response.headers["Location"] == "/ways/passkey/?next=/opening/"
    assert Account.objects.get().is_operator
    assert client.get("/ways/passkey/").status_code == 200
    assert client.get("/opening/").headers["Location"] == "/prove/?next=/opening/"
    assert client.get(first_path).status_code == 404
    assert client.post(first_path, TYPED).status_code == 404


def test_a_newer_link_ends_the_older(client, first_path):
    services.first_operator_link()

    assert client.get(first_path).status_code == 404


def test_there_is_no_link_once_somebody_runs_the_site(client, first_path, olu):
    assert services.first_operator_link() is None
    assert client.get(first_path).status_code == 404


def test_a_demo_makes_no_operator(client, settings, first_path):
    settings.DEMO = True

    assert services.first_operator_link() is None
    assert client.get(first_path).status_code == 404


def test_a_guessed_link_is_not_there(client, first_path):
    assert client.get("/first/guess/").status_code == 404
    Instance.objects.update(first_link_hash="")
    assert client.get("/first//").status_code == 404


@pytest.mark.parametrize("missing", ["adult", "terms", "address", "password"])
def test_the_first_operator_declares_what_everyone_does(client, first_path, missing):
    response = client.post(first_path, {**TYPED, missing: ""})

    assert response.status_code in {200, 422}
    assert not Account.objects.exists()


@pytest.mark.parametrize("path", ["/opening/", "/opening/facts/", "/opening/close/"])
def test_the_checklist_is_the_operators_alone(client, signed_in, ada, mo, path):
    assert client.get(path).headers["Location"].startswith("/log-in/")
    assert signed_in(ada).get(path).status_code == 404
    assert signed_in(mo).get(path).status_code == 404


def test_facts_are_kept_and_shown_where_members_look(signed_in, olu):
    response = signed_in(olu).post("/opening/facts/", FACTS)

    assert response.headers["Location"] == "/opening/"
    page = signed_in(olu).get("/who-runs-this/").content.decode()
    assert "The Harbour Trust" in page
    assert "not filled in" not in page


def test_changed_facts_want_the_pages_read_again(ready):
    services.describe({**FACTS, "operator": "Somebody else"})

    assert Instance.objects.get().legal_read_at is None


def test_legal_pages_cannot_be_confirmed_before_they_are_complete():
    with pytest.raises(Refused, match="Fill in"):
        services.confirm_legal_pages()


def test_the_test_mail_is_ticked_off_by_its_own_link(signed_in, olu, sends_mail):
    browser = signed_in(olu)
    browser.post("/opening/mail/")
    [path] = re.findall(r"/opening/mail/\S+", OutgoingMail.objects.get().body)

    assert browser.get(path).status_code == 200
    assert Instance.objects.get().mail_tested_at is None
    browser.post(path)

    assert Instance.objects.get().mail_tested_at is not None


def test_without_a_mail_server_the_checklist_says_so(signed_in, olu):
    page = signed_in(olu).get("/opening/").content.decode()

    assert "POSITIVESOCIALS_MAIL_URL" in page
    assert not OutgoingMail.objects.exists()


def test_the_doors_stay_shut_while_something_is_missing(olu):
    with pytest.raises(Refused, match="A test mail"):
        services.open_site(olu)

    assert not is_open()


def test_the_operator_opens_and_closes_the_doors(signed_in, olu, ready):
    browser = signed_in(olu)

    browser.post("/opening/open/")
    assert is_open()

    browser.post("/opening/close/")
    assert not is_open()
    acts = AuditRecord.objects.order_by("number").values_list("verb", "actor_id")
    assert list(acts) == [("open-site", olu.pk), ("close-site", olu.pk)]


def test_nobody_joins_before_the_doors_are_open(client):
    response = client.post("/join/account/", {**TYPED, "address": "ida@example.org"})

    assert response.status_code == 200
    assert not OutgoingMail.objects.exists()
