"""Sessions end, and the keys of sessions and links tell and allow nothing."""

import math
from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from conftest import PASSWORD
from positivesocials.accounts.models import Account, Session
from positivesocials.accounts.sessions import SessionStore
from positivesocials.newsletter import services as newsletter
from positivesocials.newsletter.models import Subscriber

pytestmark = pytest.mark.django_db
IN = {"shared": timedelta(hours=12), "own": timedelta(days=90)}
STEP = {"shared": timedelta(minutes=10), "own": timedelta(days=20)}


def log_in(device="shared"):
    browser = Client()
    browser.post("/log-in/", {"login": "ada@example.org", "password": PASSWORD, "device": device})
    return browser


def is_in(browser) -> bool:
    return browser.get("/devices/").status_code == 200


@pytest.mark.parametrize("device", ["shared", "own"])
def test_a_session_ends_however_busy_it_is(device, ada):
    browser, began, visits = log_in(device), timezone.now(), 0

    while is_in(browser):
        visits += 1
        clock = time_machine.travel(began + visits * STEP[device])
        clock.start()
        last = timezone.now()
        alive = is_in(browser)
        clock.stop()
        if not alive:
            break

    assert IN[device] <= last - began <= IN[device] + STEP[device]


def test_an_ended_session_is_dead_whoever_holds_its_key(ada):
    browser, thief = log_in(), Client()
    thief.cookies["s"] = browser.cookies["s"].value
    assert is_in(thief)

    browser.post("/log-out/")

    assert not is_in(thief)


def test_leaving_by_the_exit_ends_the_session_on_the_server(ada):
    browser, thief = log_in(), Client()
    thief.cookies["s"] = browser.cookies["s"].value

    browser.post("/leave/")

    assert not is_in(thief)
    assert not Session.objects.exists()


def test_a_closed_account_is_out_at_once(ada):
    browser = log_in()

    Account.objects.filter(pk=ada.pk).update(is_active=False)

    assert not is_in(browser)


def test_an_erased_account_has_no_session(ada):
    browser = log_in()

    ada.delete()

    assert not is_in(browser)
    assert not Session.objects.exists()


def test_a_fresh_proof_gives_the_session_a_new_key(ada):
    browser, thief = log_in(), Client()
    thief.cookies["s"] = before = browser.cookies["s"].value

    browser.post("/prove/", {"password": PASSWORD, "next": "/devices/"})

    assert browser.cookies["s"].value != before
    assert is_in(browser)
    assert not is_in(thief)


def new_key() -> str:
    store = SessionStore()
    store.create()
    return str(store.session_key)


def test_the_key_of_a_session_has_more_than_128_random_bits():
    keys = {new_key() for _ in range(300)}
    signs = set("".join(keys))

    assert len(keys) == 300
    assert min(map(len, keys)) * math.log2(len(signs)) > 128


@pytest.mark.parametrize("key", ["", "a" * 32, "'; DROP TABLE", "../../x"])
def test_a_made_up_key_opens_nothing(key, ada):
    browser = Client()
    browser.cookies["s"] = key

    assert not is_in(browser)


def test_a_key_stands_nowhere_in_the_database(ada):
    browser = log_in()
    row = Session.objects.get()

    stored = f"{row.key_hash} {bytes(row.data)!r}"

    assert browser.cookies["s"].value not in stored
    assert str(ada.pk) not in stored


def test_looking_around_begins_no_session(client):
    for address in ("/", "/guides/", "/log-in/", "/join/", "/news/", "/reset/"):
        client.get(address)

    assert not Session.objects.exists()


# Signed links: to say yes to the letter, to leave it, to stop mails, to confirm a test mail.


@pytest.fixture
def subscriber():
    newsletter.ask("nora@example.org")
    return Subscriber.objects.get()


def asked(token: str) -> int:
    return Client().get(f"/letter/confirm/{token}/").status_code


def test_a_signed_link_works_as_it_was_signed(subscriber):
    assert asked(signing.dumps(subscriber.pk.hex, salt=newsletter.CONFIRM)) == 200


def test_a_changed_link_is_refused(subscriber):
    token = signing.dumps(subscriber.pk.hex, salt=newsletter.CONFIRM)

    for spoilt in (f"{token[:-2]}xx", f"x{token}", token.rpartition(":")[0], f"{token}:", token.upper()):
        assert asked(spoilt) == 404


@pytest.mark.parametrize("algorithm", ["sha1", "md5", "sha512"])
def test_no_link_chooses_how_it_is_signed(algorithm, subscriber):
    signer = signing.TimestampSigner(salt=newsletter.CONFIRM, algorithm=algorithm)

    assert asked(signer.sign_object(subscriber.pk.hex)) == 404


def test_a_link_of_another_site_is_refused(subscriber):
    other = signing.dumps(subscriber.pk.hex, key="the secret of another site", salt=newsletter.CONFIRM)

    assert asked(other) == 404


def test_a_link_for_one_thing_does_nothing_else(subscriber):
    for purpose in (newsletter.LEAVE, newsletter.THANKS, "never again"):
        assert asked(signing.dumps(subscriber.pk.hex, salt=purpose)) == 404


def test_a_link_ends_with_its_time(subscriber):
    token = signing.dumps(subscriber.pk.hex, salt=newsletter.CONFIRM)

    with time_machine.travel(timezone.now() + Subscriber.ANSWER_WITHIN + timedelta(minutes=1)):
        assert asked(token) == 404


def test_a_reset_link_signs_nobody_in(client, ada):
    from positivesocials.notifications.models import OutgoingMail

    client.post("/reset/", {"address": "ada@example.org"})
    path = next(w for w in OutgoingMail.objects.get().body.split() if "/reset/" in w).partition("8000")[2]

    client.post(path, {"password": "a sentence nobody knows"})

    assert not is_in(client)


def test_nobody_promotes_themselves_by_a_field_more(ada):
    browser = log_in()
    more = {
        "role": "operator",
        "is_staff": "on",
        "is_superuser": "on",
        "is_demo": "on",
        "account": str(ada.pk),
    }

    for address in ("/password/", "/prove/", "/start/talk/", "/language/", "/devices/end-others/"):
        browser.post(address, {"password": PASSWORD, "name": "Ada", "language": "en", **more})

    ada.refresh_from_db()
    assert (ada.role, ada.is_staff, ada.is_superuser, ada.is_demo) == ("member", False, False, False)


def test_an_operator_ends_the_sessions_of_one_or_of_all(ada, ben):
    from click.testing import CliRunner

    from positivesocials.config.cli import main

    one, other = log_in(), Client()
    other.force_login(ben)

    assert CliRunner().invoke(main, ["end-sessions", "ADA@example.org"]).stdout == "1 ended.\n"
    assert (is_in(one), is_in(other)) == (False, True)
    assert CliRunner().invoke(main, ["end-sessions", "--all"]).stdout == "1 ended.\n"
    assert not is_in(other)
    assert CliRunner().invoke(main, ["end-sessions"]).exit_code == 2
