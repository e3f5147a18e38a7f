import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connections
from django.utils import timezone

from positivesocials.accounts import services
from positivesocials.accounts.models import Account, PendingSignUp, Session
from positivesocials.membership.models import TERMS_VERSION, TermsAccepted
from positivesocials.notifications.models import OutgoingMail
from positivesocials.vault.models import DataKey

ADDRESS = "newcomer@example.org"
PASSWORD = "another long sentence"


def typed(**changes):
    fields = {"address": ADDRESS, "password": PASSWORD, "adult": "on", "terms": "on", "purpose": "talk"}
    return fields | changes


def mailed_path() -> str:
    body = OutgoingMail.objects.get().body
    return str(re.findall(r"/join/confirm/\S+", body)[0])


@pytest.fixture
def link(client, db):
    client.post("/join/account/", typed())
    return mailed_path()


def confirm(client, link, **changes):
    return client.post(link, {"password": PASSWORD, "device": "shared"} | changes)


def test_the_first_question_leads_readers_to_the_guides_without_an_account(client, db):
    assert client.post("/join/", {"purpose": "read"}).url == "/guides/"
    assert client.post("/join/", {"purpose": "looking"}).url == "/"
    assert not Account.objects.exists()


def test_the_answer_is_carried_to_the_end(client, db):
    page = client.get(client.post("/join/", {"purpose": "meet"}).url)
    assert 'name="purpose" value="meet"' in page.content.decode()

    client.post("/join/account/", typed(purpose="meet"))

    assert confirm(client, mailed_path()).url == "/start/meet/"


def test_no_other_page_and_no_cache_learns_a_mailed_link(client, link):
    client.post("/reset/", {"address": ADDRESS})
    reset = re.findall(r"/reset/\S+", OutgoingMail.objects.get(kind="reset").body)[0]

    for path in (link, reset):
        headers = client.get(path).headers
        assert (headers["Referrer-Policy"], headers["Cache-Control"]) == ("no-referrer", "no-store")
        # A browser that tells no referrer tells no origin either.
        assert client.post(path, {}, headers={"Origin": "null"}).status_code == 200


def test_opening_the_mailed_link_makes_nothing(client, link):
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200

    assert not Account.objects.exists()


def test_confirming_makes_the_account_and_signs_in(client, link):
    answer = confirm(client, link)

    account = Account.objects.get()
    assert answer.url == "/start/talk/"
    assert (account.address, account.check_password(PASSWORD)) == (ADDRESS, True)
    assert account.over_18_at is not None
    assert TermsAccepted.objects.get(account=account).version == TERMS_VERSION
    assert Session.objects.get(account=account).device == "shared"


def test_confirming_leaves_nothing_of_the_sign_up(client, link):
    confirm(client, link)

    assert not PendingSignUp.objects.exists()
    assert not DataKey.objects.filter(kind="accounts.PendingSignUp").exists()


def test_a_link_works_once(client, link):
    confirm(client, link)
    client.cookies.clear()

    assert confirm(client, link).status_code == 410
    assert client.get(link).status_code == 410


def test_a_second_press_of_confirm_goes_on_as_the_first(client, link):
    confirm(client, link)

    assert confirm(client, link).url == "/home/"
    assert Account.objects.count() == 1


def test_a_link_ends_after_a_day(client, link):
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        assert confirm(client, link).status_code == 410

    assert not Account.objects.exists()


def test_whoever_typed_the_address_first_gets_no_way_in(client, link):
    """Somebody else signs the address up; its holder joins the same day and confirms the only mail."""
    client.post("/join/account/", typed(password="the holder's own words"))

    confirm(client, link, password="the holder's own words")

    account = Account.objects.get()
    assert account.check_password("the holder's own words")
    assert not account.check_password(PASSWORD)


def test_a_wrong_password_at_the_confirmation_keeps_the_link(client, link):
    page = confirm(client, link, password="something else here").content.decode()

    assert "not the password that was chosen" in page
    assert confirm(client, link).status_code == 302


def test_an_address_with_an_account_is_told_so_only_behind_its_link(client, make_member):
    make_member("Newcomer")
    client.post("/join/account/", typed())

    page = confirm(client, mailed_path(), password="whatever it was")

    assert "You already have an account" in page.content.decode()
    assert Account.objects.count() == 1
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"address": "nobody"}, "does not look like an e-mail address"),
        ({"password": "short"}, "too short"),
        ({"password": "password1234"}, "too common"),
        ({"adult": ""}, "18 or over"),
        ({"terms": ""}, "accept the terms"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost_but_the_password(client, db, wrong, said):
    page = client.post("/join/account/", typed(**wrong)).content.decode()

    assert "One thing to look at" in page
    assert said in page
    assert typed(**wrong)["address"] in page
    assert PASSWORD not in page
    assert not PendingSignUp.objects.exists()


def test_joining_waits_until_the_site_is_opened(client, closed_site):
    page = client.post("/join/account/", typed())

    assert "not open yet" in page.content.decode()
    assert not PendingSignUp.objects.exists()


def test_a_caller_who_signs_up_without_end_is_slowed(client, db):
    answers = [client.post("/join/account/", typed(address=f"a{n}@example.org")) for n in range(11)]

    assert [a.status_code for a in answers] == [302] * 10 + [429]


def test_nothing_typed_stands_in_a_row_or_a_log(client, link, caplog):
    with caplog.at_level(logging.DEBUG):
        confirm(client, link)

    planted = (ADDRESS, "newcomer", PASSWORD)
    assert not [word for word in planted if word in caplog.text]
    assert not [word for word in planted if word.encode() in _every_row()]


def _every_row() -> bytes:
    found = []
    for connection in connections.all():
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
                    for row in cursor
                    for v in row
                ]
    return b"\n".join(found)


def test_what_was_never_confirmed_is_shredded_after_a_day(client, link):
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        services.forget_ended_links()

    assert not PendingSignUp.objects.exists()
    assert not DataKey.objects.filter(kind="accounts.PendingSignUp").exists()


def test_an_address_proven_elsewhere_joins_without_a_second_mail(client, db):
    token = services.prove_address(ADDRESS)
    fields = {"password": PASSWORD, "adult": "on", "terms": "on", "device": "own"}

    client.post(f"/join/proven/{token}/", fields)

    assert Account.objects.get().address == ADDRESS
    assert not OutgoingMail.objects.exists()
    assert Session.objects.get(account__isnull=False).device == "own"


def test_a_proven_address_joins_once(client, db):
    token = services.prove_address(ADDRESS)
    services.join_with_proven_address(token, password=PASSWORD)

    with pytest.raises(services.LinkEnded):
        services.join_with_proven_address(token, password=PASSWORD)
