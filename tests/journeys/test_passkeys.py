"""Passkeys in a real browser, with an authenticator that Chromium plays."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import PHONE
from tests.journeys.eyes import examine


def give_authenticator(page) -> str:
    """The page's browser gets a device of its own that keeps passkeys and is unlocked by its owner."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return str(tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def join_by_passkey(page, *, device: str = "My own") -> list[str]:
    """Joins without an address; returns the recovery codes."""
    page.goto("/join/")
    page.get_by_role("radio", name="Talk with others").check()
    people.press(page, "Continue")
    page.get_by_role("radio", name=device).check()
    page.get_by_label("I am 18 or over").check()
    page.get_by_label("I accept the terms").check()
    people.press(page, "Continue with a passkey")
    people.press(page, "Make the passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these codes")
    codes = page.get_by_role("main").locator("code").all_inner_texts()
    assert examine(page, "/ways/codes/new/") == []
    people.press(page, "I have kept them")
    return codes


@pytest.fixture
def phone(visit):
    page = visit(PHONE)
    give_authenticator(page)
    return page


def test_a_passkey_joins_logs_out_and_logs_in(phone):
    codes = join_by_passkey(phone)
    assert len(set(codes)) == 8
    expect(phone.get_by_role("heading", level=1)).to_have_text("What should people call you?")

    phone.goto("/devices/")
    people.press(phone, "Log out here")
    phone.goto("/log-in/")
    assert examine(phone, "/log-in/") == []
    people.press(phone, "Log in with a passkey")

    expect(phone).to_have_url(re.compile("/home/$"))


def test_a_recovery_code_lets_in_a_new_device_and_ends_the_lost_one(phone, visit):
    code = join_by_passkey(phone)[0]
    phone.goto("/conversations/")
    new = visit()
    give_authenticator(new)

    new.goto("/log-in/")
    people.follow(new, "I have a recovery code")
    new.get_by_label("Recovery code").fill(code)
    people.press(new, "Log in")
    expect(new.get_by_role("heading", level=1)).to_have_text("How you log in")
    people.follow(new, "Add a passkey")
    people.press(new, "Make the passkey")
    expect(new.get_by_role("status")).to_contain_text("Your passkey is ready")
    assert examine(new, "/ways/") == []
    new.goto("/devices/")
    people.press(new, "End all others")
    expect(new.get_by_role("status")).to_contain_text("Every other device is logged out")

    # The page on the lost phone was open: it closes by itself.
    expect(phone).to_have_url(re.compile("/log-in/"), timeout=5_000)


def test_a_code_works_once(phone, visit):
    code = join_by_passkey(phone)[0]
    for is_first in (True, False):
        page = visit()
        page.goto("/log-in/recovery/")
        page.get_by_label("Recovery code").fill(code)
        people.press(page, "Log in")
        title = "How you log in" if is_first else "Log in with a recovery code"
        expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_without_scripts_the_other_ways_stay_open(visit):
    page = visit(scripts=False)

    page.goto("/log-in/")

    expect(page.get_by_role("button", name="Log in with a passkey")).to_be_hidden()
    expect(page.get_by_role("button", name="Log in", exact=True)).to_be_visible()


def test_a_device_that_gives_nothing_is_answered_calmly(visit):
    page = visit()
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")

    page.goto("/log-in/")
    page.evaluate('() => { navigator.credentials.get = () => Promise.reject(new Error("cancelled")); }')
    people.press(page, "Log in with a passkey")

    expect(page.get_by_role("alert").filter(has_text="No passkey came back")).to_be_visible()
    expect(page.get_by_role("button", name="Log in with a passkey")).to_be_enabled()
