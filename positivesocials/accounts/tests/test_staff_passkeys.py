"""Staff work needs a passkey: a password, guessed or stolen, opens none of it."""

import re
from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from conftest import PASSWORD
from positivesocials.accounts import services
from positivesocials.accounts.models import Passkey
from positivesocials.accounts.tests.authenticator import Device
from positivesocials.accounts.tests.test_passkeys import log_in_by, options_on

NEW = "a sentence nobody knows"


def by_password(account) -> Client:
    browser = Client()
    browser.force_login(account)
    browser.post("/prove/", {"password": PASSWORD, "next": "/ways/"})
    return browser


def from_console(name="mo", role="moderator") -> Client:
    browser = Client()
    link = services.create_staff(address=f"{name}@example.org", role=role)
    browser.post(re.findall(r"/reset/\S+", link)[0], {"password": NEW})
    return browser


def make_passkey(browser, device):
    page = browser.get("/ways/passkey/")
    return browser.post("/ways/passkey/", {"answer": device.make(options_on(page))})


def test_a_password_opens_no_staff_page(mo, edda, olu):
    for account, page in ((mo, "/queue/"), (edda, "/desk/"), (olu, "/opening/")):
        answer = by_password(account).get(page)
        assert answer.headers["Location"] == f"/prove/?next={page}"


def test_a_password_adds_no_passkey_to_a_staff_account(mo):
    browser = by_password(mo)

    page = browser.get("/ways/passkey/")
    browser.post("/ways/passkey/", {"answer": "{}"})

    assert "This takes a little more" in page.text
    assert not Passkey.objects.exists()


def test_until_then_staff_are_members_like_any_other(mo, signed_in):
    asleep, awake = by_password(mo), signed_in(mo)

    assert "/queue/" not in asleep.get("/home/").text
    assert "/queue/" in awake.get("/home/").text


def test_the_link_of_the_console_makes_the_first_passkey(db):
    browser, device = from_console(), Device()

    make_passkey(browser, device)

    assert browser.get("/queue/").status_code == 200
    again = Client()
    log_in_by(device, again)
    assert again.get("/queue/").status_code == 200


def test_a_lost_passkey_is_replaced_from_the_console(db):
    make_passkey(from_console(), Device())

    browser, device = from_console(), Device()
    make_passkey(browser, device)

    assert browser.get("/queue/").status_code == 200


def test_a_reset_by_mail_opens_no_staff_page(mo, client):
    from positivesocials.notifications.models import OutgoingMail

    client.post("/reset/", {"address": "mo@example.org"})
    link = re.findall(r"/reset/\S+", OutgoingMail.objects.get().body)[0]
    client.post(link, {"password": NEW})

    assert client.get("/queue/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_no_staff_page(db):
    from positivesocials.accounts import codes
    from positivesocials.accounts.models import Account

    make_passkey(from_console(), Device())
    code = codes.make_recovery_codes(Account.objects.get())[0]
    browser = Client()
    browser.post("/log-in/recovery/", {"code": code, "password": NEW, "device": "own"})

    assert browser.get("/ways/").status_code == 200
    assert browser.get("/queue/").headers["Location"] == "/prove/?next=/queue/"


def test_staff_show_their_passkey_again_after_an_hour(mo, signed_in):
    browser = signed_in(mo)
    session = browser.session
    session["device"] = "own"
    session.save()

    with time_machine.travel(timezone.now() + timedelta(minutes=59), tick=False):
        assert browser.get("/queue/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=False):
        assert browser.get("/queue/").status_code == 302


def test_staff_keep_their_last_passkey(db):
    browser = from_console()
    make_passkey(browser, Device())

    browser.post(f"/ways/passkey/{Passkey.objects.get().pk}/remove/")

    assert Passkey.objects.count() == 1
