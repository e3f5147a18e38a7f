"""Nobody can find out who is a member: not by the page, nor by the work behind it, nor by the mail."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from positivesocials.accounts import services
from positivesocials.accounts.forms import AddressField
from positivesocials.accounts.hashers import Argon2
from positivesocials.accounts.models import PasswordReset, PendingSignUp
from positivesocials.notifications.models import OutgoingMail
from tests.normalise import normalised

PASSWORD = "another long sentence"


class Counting(Argon2):
    hashed = 0

    def encode(self, password, salt):
        Counting.hashed += 1
        return super().encode(password, salt)


@pytest.fixture
def join(client, db):
    def join(address: str, **changes):
        typed = {"address": address, "password": PASSWORD, "adult": "on", "terms": "on", "purpose": "talk"}
        return client.post("/join/account/", typed | changes)

    return join


@pytest.fixture
def ask_reset(client, db):
    return lambda address: client.post("/reset/", {"address": address})


def _statements(act) -> list[str]:
    main, keys = (CaptureQueriesContext(connections[alias]) for alias in ("default", "keys"))
    with main, keys:
        act()
    queries = [query["sql"] for query in [*main.captured_queries, *keys.captured_queries]]
    return [re.sub(r"'[^']*'|_x\d+", "?", sql)[:60] for sql in queries]


@pytest.mark.parametrize("form", ["join", "ask_reset"])
def test_known_and_unknown_addresses_get_equal_pages(form, request, ada):
    post = request.getfixturevalue(form)

    known, unknown = post("ada@example.org"), post("nobody@example.org")

    assert normalised(known) == normalised(unknown)
    assert known.status_code == 302


@pytest.mark.parametrize("form", ["join", "ask_reset"])
def test_known_and_unknown_addresses_cost_equal_queries(form, request, ada):
    post = request.getfixturevalue(form)
    post("first@example.org")

    known = _statements(lambda: post("ada@example.org"))
    unknown = _statements(lambda: post("nobody@example.org"))

    assert known == unknown


def test_a_sign_up_costs_one_hash_for_any_address(join, ada, settings):
    settings.PASSWORD_HASHERS = ["positivesocials.accounts.tests.test_equal_answers.Counting"]
    Counting.hashed = 0

    join("ada@example.org")
    join("nobody@example.org")

    assert Counting.hashed == 2


@pytest.mark.parametrize(("form", "rows"), [("join", PendingSignUp), ("ask_reset", PasswordReset)])
def test_each_address_gets_one_row_and_one_mail(form, rows, request, ada):
    post = request.getfixturevalue(form)

    post("ada@example.org")
    post("nobody@example.org")

    mails = {mail.address: mail for mail in OutgoingMail.objects.all()}
    known, unknown = mails["ada@example.org"], mails["nobody@example.org"]
    assert rows.objects.count() == 2
    assert known.subject == unknown.subject
    assert _without_links(known.body) == _without_links(unknown.body)


@pytest.mark.parametrize("form", ["join", "ask_reset"])
def test_an_address_is_written_to_once_a_day(form, request, db):
    post = request.getfixturevalue(form)

    pages = [normalised(post("nobody@example.org")) for _ in range(3)]

    assert OutgoingMail.objects.count() == 1
    assert pages[0] == pages[1] == pages[2]


def test_an_address_that_wants_no_mail_gets_the_same_page(join, client):
    first = join("nobody@example.org")
    [stop] = re.findall(r"/no-more/\S+", OutgoingMail.objects.get().body)
    client.post(stop)
    OutgoingMail.objects.all().delete()

    with_day_over = join("nobody@example.org")

    assert normalised(first) == normalised(with_day_over)
    assert not OutgoingMail.objects.exists()


def test_a_wrong_password_answers_alike_for_any_address(client, ada):
    def try_to_log_in(address):
        return client.post("/log-in/", {"login": address, "password": "wrong", "device": "shared"})

    known, unknown = try_to_log_in("ada@example.org"), try_to_log_in("bda@example.org")

    assert normalised(known)[2].replace(b"ada@", b"bda@") == normalised(unknown)[2]
    assert known.status_code == unknown.status_code == 200


def test_pages_of_guests_set_no_cookie(client, db):
    for page in ("/join/", "/join/account/", "/join/sent/", "/log-in/", "/reset/", "/reset/sent/"):
        assert not client.get(page).cookies, page


@given(st.emails())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_an_address_is_one_account_however_it_is_written(db, address):
    field = AddressField()
    try:
        plain = field.clean(address)
    except ValidationError:
        return

    variants = [address.upper(), f"  {address} ", address.swapcase()]

    assert {services.handle_of(field.clean(variant)) for variant in variants} == {services.handle_of(plain)}


@pytest.mark.parametrize(
    "address",
    [
        "x@stra\N{LATIN SMALL LETTER SHARP S}e.example",
        "x@\N{LATIN SMALL LIGATURE FF}",
        "nobody",
        "a b@example.org",
        "a@b@example.org",
    ],
)
def test_an_address_that_could_be_mistaken_for_another_is_refused(address):
    with pytest.raises(ValidationError):
        AddressField().clean(address)


def test_the_mail_goes_to_the_address_that_was_compared(join, db):
    join("Nobody@\N{LATIN SMALL LETTER LONG S}ite.example")

    assert OutgoingMail.objects.get().address == "nobody@site.example"


def _without_links(body: str) -> str:
    return re.sub(r"https?://\S+", "link", body)
