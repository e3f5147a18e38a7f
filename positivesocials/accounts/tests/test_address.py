"""Moving an account to another address, or giving it its first one."""

import re

import pytest

from conftest import PASSWORD
from positivesocials.accounts import services
from positivesocials.accounts.models import Account, AddressChange
from positivesocials.notifications.models import OutgoingMail
from tests.normalise import normalised

NEW = "new@example.org"


@pytest.fixture
def browser(signed_in, ada):
    opened = signed_in(ada)
    opened.post("/prove/", {"password": PASSWORD, "next": "/ways/"})
    return opened


def link_in_mail() -> str:
    mail = OutgoingMail.objects.get(kind="address")
    return re.findall(r"/ways/address/\S+", mail.body)[0]


def test_an_address_is_asked_for_after_a_fresh_proof_only(signed_in, ada):
    assert signed_in(ada).get("/ways/address/").url == "/prove/?next=/ways/address/"


def test_nothing_changes_until_the_mailbox_is_proven(browser, ada):
    browser.post("/ways/address/", {"address": NEW})
    assert browser.get(link_in_mail()).status_code == 200
    ada.refresh_from_db()
    assert ada.address == "ada@example.org"

    browser.post(link_in_mail())

    ada = Account.objects.get()
    assert (ada.address, ada.handle) == (NEW, services.handle_of(NEW))


def test_the_old_address_is_told_and_neither_mail_says_what_this_is(browser):
    browser.post("/ways/address/", {"address": NEW})
    browser.post(link_in_mail())

    told = {mail.kind: mail for mail in OutgoingMail.objects.all()}

    assert (told["address"].address, told["changed"].address) == (NEW, "ada@example.org")
    assert "ada" not in told["changed"].body.replace("ada@example.org", "")


def test_known_and_unknown_addresses_get_equal_pages(browser, ben):
    known, unknown = (
        browser.post("/ways/address/", {"address": typed}) for typed in ("ben@example.org", NEW)
    )

    assert normalised(known) == normalised(unknown)
    assert OutgoingMail.objects.filter(kind="address").count() == 2


def test_the_address_of_another_account_cannot_be_taken(browser, ben):
    browser.post("/ways/address/", {"address": "ben@example.org"})

    page = browser.post(link_in_mail())

    assert "belongs to another account" in page.text
    assert Account.objects.get(pk=ben.pk).handle == services.handle_of("ben@example.org")


def test_the_link_is_for_the_account_that_asked(browser, signed_in, ben):
    browser.post("/ways/address/", {"address": NEW})

    assert signed_in(ben).post(link_in_mail()).status_code == 410


def test_the_link_works_once(browser):
    browser.post("/ways/address/", {"address": NEW})
    link = link_in_mail()
    browser.post(link)

    assert browser.post(link).status_code == 410
    assert not AddressChange.objects.exists()


def test_an_account_without_an_address_gets_one_and_then_a_password(client, db):
    account = services.open_account()
    services.ask_for_address(account, address=NEW)
    token = link_in_mail().split("/")[-2]

    services.confirm_address(account, token)

    assert Account.objects.get().address == NEW
