"""Passkeys, codes and resets, as the requirements of OWASP ask for them."""

import base64
import json
import math
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from conftest import PASSWORD
from positivesocials.accounts import codes
from positivesocials.accounts.models import CodeApp
from positivesocials.accounts.tests.authenticator import Device
from positivesocials.accounts.tests.test_passkeys import join_by, log_in_by, options_on
from positivesocials.notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db
NEW = "a sentence nobody knows"


def log_in(browser, password):
    return browser.post("/log-in/", {"login": "ada@example.org", "password": password, "device": "own"})


def test_a_reset_by_mail_does_not_take_the_second_step_away(client, ada):
    CodeApp.objects.create(account=ada, secret=codes.new_secret())
    client.post("/reset/", {"address": "ada@example.org"})
    link = re.findall(r"/reset/\S+", OutgoingMail.objects.get(kind="reset").body)[0]

    client.post(link, {"password": NEW})

    assert log_in(Client(), NEW).url == "/log-in/code/"


def test_a_change_of_ones_ways_in_is_told_by_mail(signed_in, ada):
    browser = signed_in(ada)
    browser.post("/prove/", {"password": PASSWORD, "next": "/ways/"})

    browser.post("/password/", {"password": NEW})

    told = OutgoingMail.objects.get(kind="changed")
    assert told.address == "ada@example.org"
    assert NEW not in told.body


def test_seeds_and_codes_are_long_and_never_twice_the_same(ada):
    seeds = {codes.new_secret() for _ in range(200)}
    kept = {code for _ in range(20) for code in codes.make_recovery_codes(ada)}

    assert len(seeds) == 200
    assert {len(base64.b32decode(seed)) for seed in seeds} == {20}
    assert len(kept) == 20 * codes.HOW_MANY
    # At least 128 bits: so many letters of 32.
    assert {len(code.replace("-", "")) * math.log2(len(codes.ALPHABET)) for code in kept} == {140.0}


def test_each_challenge_is_long_and_new():
    asked = [json.loads(Client().post("/log-in/ask/").json()["options"])["challenge"] for _ in range(30)]

    assert len(set(asked)) == 30
    assert min(len(base64.urlsafe_b64decode(each + "==")) for each in asked) >= 16


def test_a_passkey_shown_again_gives_the_session_a_new_key():
    phone, browser, thief = Device(), Client(), Client()
    join_by(phone)
    log_in_by(phone, browser, device="own")
    thief.cookies["s"] = before = browser.cookies["s"].value

    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        page = browser.get("/prove/?next=/devices/")
        browser.post("/prove/passkey/", {"answer": phone.sign(options_on(page)), "next": "/devices/"})

        assert browser.cookies["s"].value != before
        assert browser.get("/devices/").status_code == 200
        assert thief.get("/devices/").status_code == 302


def test_a_staff_account_is_not_opened_by_a_password_alone(mo):
    browser = Client()
    typed = {"login": "mo@example.org", "password": PASSWORD, "device": "own"}
    browser.post("/log-in/", typed)

    assert browser.get("/queue/").status_code == 302
