"""The second step by an app, and the codes for when a passkey or the app is lost."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client
from django.utils import timezone

from conftest import PASSWORD
from positivesocials.accounts import codes
from positivesocials.accounts.models import Account, CodeApp, RecoveryCode

# RFC 6238, appendix B: the key is the ASCII text 12345678901234567890, eight digits, SHA-1.
VECTORS = [(59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (20000000000, "65353130")]
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def code_of(secret: str, *, ago: int = 0) -> str:
    import base64

    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(time.time() - ago).decode()


def log_in(browser, password=PASSWORD):
    return browser.post("/log-in/", {"login": "ada@example.org", "password": password, "device": "own"})


@pytest.fixture
def app(ada):
    """Ada's app, set up some time ago; the key it holds."""
    secret = codes.new_secret()
    CodeApp.objects.create(account=ada, secret=secret)
    return secret


@pytest.mark.parametrize(("at", "digits"), VECTORS)
def test_codes_are_those_of_rfc_6238(at, digits):
    with time_machine.travel(at, tick=False):
        assert codes.matching_step(RFC_SECRET, digits[2:]) == at // 30


def test_after_the_password_comes_the_code(client, ada, app):
    assert log_in(client).url == "/log-in/code/"
    assert client.get("/home/").status_code == 302

    answer = client.post("/log-in/code/", {"code": code_of(app)})

    assert answer.url == "/home/"
    assert client.get("/home/").status_code == 200


def test_the_second_step_without_the_first_leads_back(client, ada, app):
    assert client.post("/log-in/code/", {"code": code_of(app)}).url == "/log-in/"


def test_the_second_step_waits_ten_minutes(client, ada, app):
    log_in(client)

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.get("/log-in/code/").url == "/log-in/"


@pytest.mark.parametrize("ago", [90, -90])
def test_an_old_or_a_future_code_is_refused(client, ada, app, ago):
    log_in(client)

    assert client.post("/log-in/code/", {"code": code_of(app, ago=ago)}).status_code == 200


def test_a_code_works_once(ada, app, client):
    with time_machine.travel(timezone.now(), tick=False):
        for browser, status in ((client, 302), (Client(), 200)):
            log_in(browser)
            assert browser.post("/log-in/code/", {"code": code_of(app)}).status_code == status


def test_codes_cannot_be_guessed_for_long(client, ada, app):
    log_in(client)

    tries = [client.post("/log-in/code/", {"code": "000000"}).status_code for _ in range(11)]

    assert tries[-1] == 429


def test_an_app_is_set_up_by_its_first_code(signed_in, ada):
    browser = signed_in(ada)
    assert browser.get("/ways/app/").url == "/prove/?next=/ways/app/"
    browser.post("/prove/", {"password": PASSWORD, "next": "/ways/"})
    secret = re.findall(r"<code[^>]*>(\w+)</code>", browser.get("/ways/app/").text)[0]

    assert browser.post("/ways/app/", {"code": "000000"}).status_code == 200
    assert not CodeApp.objects.exists()
    assert browser.post("/ways/app/", {"code": code_of(secret)}).url == "/ways/codes/new/"

    assert log_in(Client()).url == "/log-in/code/"


def test_the_key_of_an_app_is_sealed(ada, app):
    assert app.encode() not in bytes(CodeApp.objects.values_list("secret", flat=True).get())


def test_an_app_is_removed_after_a_fresh_proof(signed_in, ada, app):
    browser = signed_in(ada)
    browser.post("/ways/app/remove/")
    assert CodeApp.objects.exists()

    browser.post("/prove/", {"password": PASSWORD, "next": "/ways/"})
    browser.post("/ways/app/remove/")

    assert log_in(Client()).url == "/home/"


def test_a_recovery_code_stands_in_for_the_app_once(client, ada, app):
    code = codes.make_recovery_codes(ada)[0]

    for browser, status in ((client, 302), (Client(), 200)):
        log_in(browser)
        assert browser.post("/log-in/code/", {"code": code.lower()}).status_code == status


def test_a_recovery_code_lets_in_who_lost_everything(client, db):
    from positivesocials.accounts import services

    account = services.open_account()
    code = codes.make_recovery_codes(account)[0]

    answer = client.post("/log-in/recovery/", {"code": code.replace("-", " "), "device": "own"})

    assert answer.url == "/ways/"
    assert client.session["_auth_user_id"] == str(account.pk)
    assert RecoveryCode.objects.count() == 7


def test_a_recovery_code_does_not_replace_the_password(client, ada):
    code = codes.make_recovery_codes(ada)[0]
    typed = {"code": code, "device": "own"}

    assert client.post("/log-in/recovery/", {**typed, "password": "a wrong one"}).status_code == 200
    assert client.post("/log-in/recovery/", typed).status_code == 200
    assert client.post("/log-in/recovery/", {**typed, "password": PASSWORD}).status_code == 302


def test_a_wrong_recovery_code_and_a_wrong_password_get_one_answer(client, ada):
    code = codes.make_recovery_codes(ada)[0]
    answers = [
        client.post("/log-in/recovery/", {"code": typed, "password": "a wrong one", "device": "own"}).text
        for typed in (code, "A" * 27)
    ]

    assert answers[0].replace(code, "") == answers[1].replace("A" * 27, "")


def test_new_codes_end_the_old_ones(ada):
    old = codes.make_recovery_codes(ada)

    fresh = codes.make_recovery_codes(ada)

    assert not set(old) & set(fresh)
    with pytest.raises(codes.NoSuchCode):
        codes.use_recovery_code(code=old[0], password=PASSWORD)


def test_recovery_codes_are_long_and_stored_hashed(ada):
    code = codes.make_recovery_codes(ada)[0]

    assert len(code.replace("-", "")) * 5 >= 112
    assert all(code not in kept for kept in RecoveryCode.objects.values_list("code_hash", flat=True))


def test_codes_of_a_closed_account_let_nobody_in(client, ada):
    code = codes.make_recovery_codes(ada)[0]
    Account.objects.update(is_active=False)

    typed = {"code": code, "password": PASSWORD, "device": "own"}
    assert client.post("/log-in/recovery/", typed).status_code == 200
