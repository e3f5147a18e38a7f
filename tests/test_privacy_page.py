"""docs/privacy.md and docs/threat-model.md: each claim has a test, and here are those that had none."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils import timezone

from positivesocials.accounts.forms import JoinForm
from positivesocials.accounts.models import Account, Device, Session
from positivesocials.audit.models import AuditRecord
from positivesocials.core import rates
from positivesocials.core.models import RateCount
from positivesocials.home.selectors.pages import draft
from positivesocials.newsletter.models import Subscriber
from positivesocials.profiles.models import Profile
from positivesocials.vault import keyfile
from positivesocials.vault.fields import Sealed
from tests.proofs import ROOT, is_proof

PAGE = (ROOT / "docs" / "privacy.md").read_text()
MARK = re.compile(r'\[✓\]\(\.\./([^)\s]+) "(\w+)"\)')
# A sentence, then the marks of its tests.
PROVEN = re.compile(r'(?:[^.?!]+[.?!]"?(?: ✓)+\s*)+')


def blocks(text: str) -> list[str]:
    """Paragraphs and points, without headings, each mark reduced to its sign."""
    parts = re.split(r"\n\s*\n|\n(?=- )", text)
    return [
        MARK.sub("✓", part).strip() for part in parts if part.strip() and not part.strip().startswith("#")
    ]


def unproven(text: str) -> list[str]:
    plain = [re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", block) for block in blocks(text)]
    return [block for block in plain if not PROVEN.fullmatch(block)]


def test_every_sentence_has_its_proof():
    named = [f"{path}::{name}" for path, name in MARK.findall(PAGE)]

    assert len(named) > 100
    assert [each for each in named if not is_proof(each)] == []
    assert unproven(PAGE) == []


def test_a_sentence_without_proof_is_noticed():
    mark = '[✓](../tests/test_privacy_page.py "test_every_sentence_has_its_proof")'

    assert unproven(f"We keep nothing. {mark}") == []
    assert unproven(f"We keep nothing. We are kind. {mark}")
    assert unproven(f"We keep nothing. {mark} We are kind.")
    assert unproven("- We keep nothing.")
    assert not is_proof("tests/test_privacy_page.py::test_that_was_never_written")


def test_every_section_of_the_members_page_is_here():
    text = draft("privacy").text
    kept = re.findall(r"^\| ([^|]+) \|", text, re.MULTILINE)

    assert [name for name in re.findall(r"^## .+$", text, re.MULTILINE) if f"\n{name}\n" not in PAGE] == []
    assert [name for name in kept if name not in {"What", "---"} and f"**{name}**" not in PAGE] == []


def test_the_members_page_says_what_the_server_can_read():
    assert "**The running server can read it.**" in draft("privacy").text


def test_joining_asks_for_little():
    assert set(JoinForm.base_fields) == {"address", "password", "adult", "terms", "purpose"}


def columns(model: type[models.Model]) -> dict[str, models.Field]:
    return {field.name: field for field in model._meta.concrete_fields}


def test_of_ones_age_only_the_moment_of_saying_so_is_kept():
    """That, and by which method it was said."""
    about = {name: field for name, field in columns(Account).items() if "birth" in name or "over_18" in name}
    dates = {name for name, field in about.items() if isinstance(field, models.DateField)}
    methods = {name: field for name, field in about.items() if name not in dates}

    assert "birth" not in " ".join(about)
    assert len(dates) == 1
    assert set(methods) <= {"over_18_by"}


def test_what_is_said_in_a_profile_is_sealed():
    words = {f.name for f in columns(Profile).values() if isinstance(f, models.CharField | models.TextField)}

    assert isinstance(columns(Profile)["facets"], Sealed)
    # Whether it is of one or of two.
    assert words <= {"kind"}
    assert not any("facets" in index.fields for index in Profile._meta.indexes)
    assert not getattr(columns(Profile)["facets"], "db_index", True)


def test_of_a_device_no_address_and_no_name_is_kept():
    assert set(columns(Session)) <= {
        *("id", "key_hash", "account", "device", "data"),
        *("started_at", "seen_at", "expires_at"),
    }
    assert set(Device.values) == {"shared", "own"}


# Who is tied to whom.
TIES = (
    *("matching.Decision", "matching.Match", "messaging.Participant", "groups.Membership"),
    *("events.Attendance", "polls.Voter", "safety.Block"),
)


@pytest.mark.parametrize("name", TIES)
def test_who_is_tied_to_whom_is_plain_and_without_words(name):
    fields = columns(apps.get_model(name)).values()
    words = {
        field.name
        for field in fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }

    assert [field for field in fields if isinstance(field, models.ForeignKey)]
    assert words == set()


@pytest.mark.django_db
def test_with_the_databases_and_the_key_file_everything_opens(ada):
    assert Account.objects.get(pk=ada.pk).address == "ada@example.org"


@pytest.mark.django_db
def test_without_the_key_file_nothing_opens(ada, settings, tmp_path):
    from positivesocials.vault import services as vault

    keyfile.make(tmp_path)
    settings.KEYS = tmp_path

    with vault.keys_open():
        assert Account.objects.get(pk=ada.pk).address is None


@pytest.mark.django_db
def test_a_caller_is_counted_under_another_value_each_day():
    for days in (0, 1):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            rates.is_free("try", "203.0.113.9", limit=5, seconds=60)
    keys = set(RateCount.objects.values_list("key", flat=True))

    assert len(keys) == 2
    assert not any("203.0.113" in key for key in keys)
    assert set(columns(RateCount)) == {"id", "key", "window_at", "count"}


@pytest.mark.django_db
def test_counts_of_callers_are_gone_after_three_days():
    rates.is_free("try", "203.0.113.9", limit=5, seconds=60)

    with time_machine.travel(timezone.now() + timedelta(hours=72, minutes=2)):
        rates.forget_old_counts()

    assert not RateCount.objects.exists()


@pytest.mark.django_db
def test_no_line_of_the_log_names_a_machine(caplog):
    browser = Client(REMOTE_ADDR="203.0.113.9", raise_request_exception=False)
    with caplog.at_level(logging.INFO):
        browser.post("/log-in/", {"login": "a@example.org", "password": "guess guess", "device": "shared"})
        browser.get("/queue/")
        browser.post("/colours/", headers={"Sec-Fetch-Site": "cross-site"})

    assert len(caplog.records) >= 2
    assert "203.0.113" not in caplog.text


def test_the_letter_knows_no_account():
    assert [field for field in columns(Subscriber).values() if field.is_relation] == []
    assert "account" not in " ".join(columns(Subscriber))


def test_the_record_of_looks_holds_no_plain_words():
    plain = {
        name
        for name, field in columns(AuditRecord).items()
        if isinstance(field, models.CharField | models.TextField)
    }

    assert plain == {"actor_role", "verb", "item_kind", "previous", "hash"}
    assert isinstance(columns(AuditRecord)["reason"], Sealed)


def test_no_payment_is_part_of_the_software():
    names = {model.__name__.casefold() for model in apps.get_models()}
    installed = (ROOT / "requirements" / "runtime.txt").read_text().casefold()

    assert not {name for name in names if "payment" in name or "invoice" in name or "card" in name}
    assert not re.search(r"^(stripe|paypal|braintree|mollie|adyen)", installed, re.MULTILINE)


@pytest.mark.django_db
def test_the_exit_says_what_it_cannot_do(client):
    assert "It cannot erase your browser history" in client.get("/leave/").content.decode()


def test_what_stands_in_the_way_of_a_threat_is_a_test_that_runs():
    """docs/threat-model.md names its tests in the titles of its links."""
    text = (ROOT / "docs" / "threat-model.md").read_text()
    named = [f"{path}::{name}" for path, name in re.findall(r'\]\(\.\./([^)\s]+) "(\w+)"\)', text)]

    assert len(named) > 40
    assert [each for each in named if not is_proof(each)] == []
    assert re.findall(r"^## (T\d+)\.", text, re.MULTILINE) == [f"T{number}" for number in range(1, 17)]
    assert text.count("**Remains.**") == 16
