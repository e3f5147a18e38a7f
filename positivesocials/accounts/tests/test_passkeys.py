import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import PASSWORD
from positivesocials.accounts import passkeys
from positivesocials.accounts.models import Account, Passkey, RecoveryCode
from positivesocials.accounts.tests.authenticator import Device
from positivesocials.notifications.models import OutgoingMail
from tests.normalise import normalised

DECLARED = {"adult": "on", "terms": "on", "device": "own", "purpose": "talk"}


def options_on(page) -> str:
    return html.unescape(re.findall(r'data-options="([^"]+)"', page.text)[0])


def join_by(device, browser=None) -> Client:
    browser = browser or Client()
    made = browser.post("/join/passkey/", DECLARED)
    page = browser.get(made.url)
    browser.post(made.url, {"answer": device.make(options_on(page))})
    return browser


def log_in_by(phone, browser=None, **typed):
    browser = browser or Client()
    options = browser.post("/log-in/ask/").json()["options"]
    return browser.post("/log-in/passkey/", {"answer": phone.sign(options), "device": "shared", **typed})


def prove_by_password(browser, after="/ways/"):
    browser.post("/prove/", {"password": PASSWORD, "next": after})


@pytest.fixture
def phone():
    return Device()


@pytest.fixture
def add_passkey():
    def add(browser, device, **typed):
        page = browser.get("/ways/passkey/")
        return browser.post("/ways/passkey/", {"answer": device.make(options_on(page)), **typed})

    return add


def test_one_joins_by_passkey_without_an_address(db, phone):
    browser = join_by(phone)

    account = Account.objects.get()
    assert (account.handle, account.address, account.has_usable_password()) == (None, None, False)
    assert browser.get("/ways/codes/new/").text.count("<code>") == 8
    assert browser.post("/ways/codes/new/").headers["Location"] == "/start/talk/"
    assert not OutgoingMail.objects.exists()


def test_the_codes_are_shown_until_they_are_kept_and_never_again(db, phone):
    browser = join_by(phone)
    first, second = (normalised(browser.get("/ways/codes/new/")) for _ in range(2))
    assert first == second

    browser.post("/ways/codes/new/")

    assert browser.get("/ways/codes/new/").headers["Location"] == "/ways/"


@pytest.mark.parametrize("missing", ["adult", "terms", "device"])
def test_joining_by_passkey_asks_for_the_same_declarations(client, db, missing):
    typed = {name: value for name, value in DECLARED.items() if name != missing}

    assert client.post("/join/passkey/", typed).status_code == 200
    assert client.get("/join/passkey/make/").url == "/join/"


def test_a_passkey_logs_in_without_saying_who_one_is(db, phone):
    join_by(phone)

    browser = Client()
    assert log_in_by(phone, browser).url == "/home/"
    assert browser.session["_auth_user_id"] == str(Account.objects.get().pk)
    assert browser.session["device"] == "shared"


def test_what_the_device_is_told_names_neither_the_site_nor_the_person(db, phone, signed_in, ada):
    browser = signed_in(ada)
    prove_by_password(browser)

    asked = options_on(browser.get("/ways/passkey/")).lower()

    assert "ada" not in asked
    assert "positive" not in asked


@pytest.mark.parametrize(
    "device",
    [Device(origin="https://elsewhere.example"), Device(unlocked=False)],
    ids=["another site's", "a locked device's"],
)
def test_a_passkey_is_not_made_from(db, client, device):
    made = client.post("/join/passkey/", DECLARED)

    page = client.post(made.url, {"answer": device.make(options_on(client.get(made.url)))})

    assert "did not work here" in page.text
    assert not Account.objects.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda device: setattr(device, "origin", "https://elsewhere.example"),
        lambda device: setattr(device, "unlocked", False),
        lambda device: setattr(device, "key", Device().key),
        lambda device: setattr(device, "credential_id", b"another"),
        lambda device: setattr(device, "user_handle", b"0123456789abcdef"),
    ],
    ids=["another site", "a locked device", "another key", "an unknown passkey", "somebody else's handle"],
)
def test_an_answer_is_refused_from(db, phone, spoil):
    join_by(phone)
    spoil(phone)

    answer = log_in_by(phone)

    assert answer.status_code == 200
    assert "did not work here" in answer.text


def test_a_challenge_is_good_for_one_answer(db, phone):
    join_by(phone)
    browser = Client()
    options = browser.post("/log-in/ask/").json()["options"]
    typed = {"answer": phone.sign(options), "device": "shared"}

    browser.post("/log-in/passkey/", {**typed, "answer": "{}"})

    assert browser.post("/log-in/passkey/", typed).status_code == 200


def test_a_challenge_ends_after_ten_minutes(db, phone):
    join_by(phone)
    browser = Client()
    options = browser.post("/log-in/ask/").json()["options"]

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert (
            browser.post("/log-in/passkey/", {"answer": phone.sign(options), "device": "own"}).status_code
            == 200
        )


def test_a_challenge_for_one_thing_opens_no_other(signed_in, ada, phone, add_passkey):
    browser = signed_in(ada)
    prove_by_password(browser)
    add_passkey(browser, phone)
    options = options_on(browser.get("/prove/"))

    assert browser.post("/ways/passkey/", {"answer": phone.sign(options)}).status_code == 200
    assert Passkey.objects.count() == 1


def test_a_copied_passkey_is_found_by_its_counter(db):
    device = Device(counter=5)
    join_by(device)
    device.counter = 6
    assert log_in_by(device).status_code == 302

    assert log_in_by(device).status_code == 200


def test_a_closed_account_is_not_let_in_by_its_passkey(db, phone):
    join_by(phone)
    Account.objects.update(is_active=False)

    assert log_in_by(phone).status_code == 200


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", "7", '"a"', "[" * 5000, '{"id": 1}', "\x00"])
def test_an_answer_of_any_shape_is_refused_calmly(client, db, answer):
    client.post("/log-in/ask/")

    assert client.post("/log-in/passkey/", {"answer": answer, "device": "own"}).status_code == 200


def test_a_member_adds_a_passkey_after_a_fresh_proof(signed_in, ada, phone, add_passkey):
    browser = signed_in(ada)
    assert browser.get("/ways/passkey/").headers["Location"] == "/prove/?next=/ways/passkey/"

    prove_by_password(browser)
    add_passkey(browser, phone)

    assert RecoveryCode.objects.filter(account=ada).count() == 8
    assert log_in_by(phone).url == "/home/"


def test_a_passkey_is_as_good_a_proof_as_the_password(db, phone):
    join_by(phone)
    browser = Client()
    log_in_by(phone, browser, device="own")

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        page = browser.get("/prove/?next=/ways/passkey/")
        signed = {"answer": phone.sign(options_on(page)), "next": "/ways/passkey/"}
        assert browser.post("/prove/passkey/", signed).headers["Location"] == "/ways/passkey/"
        assert browser.get("/ways/passkey/").status_code == 200


def test_the_passkey_of_somebody_else_proves_nothing(signed_in, ada, ben, phone, add_passkey):
    hers, his = signed_in(ada), signed_in(ben)
    for browser, device in ((hers, Device()), (his, phone)):
        prove_by_password(browser)
        add_passkey(browser, device)
    options = options_on(hers.get("/prove/"))

    assert hers.post("/prove/passkey/", {"answer": phone.sign(options)}).status_code == 200


def test_the_only_way_in_stays(db, phone):
    browser = join_by(phone)
    path = reverse("accounts:remove-passkey", args=[Passkey.objects.get().pk])

    browser.post(path)

    assert Passkey.objects.count() == 1


def test_a_passkey_is_removed_where_a_password_remains(signed_in, ada, phone, add_passkey):
    browser = signed_in(ada)
    prove_by_password(browser)
    add_passkey(browser, phone)

    browser.post(reverse("accounts:remove-passkey", args=[Passkey.objects.get().pk]))

    assert log_in_by(phone).status_code == 200
    assert OutgoingMail.objects.filter(kind="changed").count() == 3


def test_one_device_is_added_once(signed_in, ada, phone, add_passkey):
    browser = signed_in(ada)
    prove_by_password(browser)
    add_passkey(browser, phone)

    assert "did not work here" in add_passkey(browser, phone).text
    assert Passkey.objects.count() == 1


def test_names_and_keys_of_passkeys_are_sealed(signed_in, ada, phone, add_passkey):
    browser = signed_in(ada)
    prove_by_password(browser)
    add_passkey(browser, phone)

    row = Passkey.objects.values("credential", "name").get()

    assert phone.credential_id not in bytes(row["credential"])
    assert b"Passkey" not in bytes(row["name"])
    assert passkeys.passkeys_of(ada)[0].name.startswith("Passkey of")
