"""Every field of every table says what it is, why it is kept and until when; and what it says is so."""

import pytest
from django.apps import apps
from django.db import connections, models
from wagtail.models import Page

from positivesocials.accounts.models import Account, Session
from positivesocials.config import libraries
from positivesocials.core import keeping
from positivesocials.core.keeping import AUTHOR
from positivesocials.vault import cipher
from tests import field_rules as rules
from tests.planting import plant

ALL = apps.get_models(include_auto_created=True)
OURS = [model for model in ALL if keeping.is_ours(model) and not model._meta.auto_created]
# Tables that a library makes in one kind of database only.
SQLITE_ONLY = {"modelsearch.SQLiteFTSIndexEntry"}
# Plain on purpose, with the decision or the law that says so. One that is not found any more is an error.
ON_PURPOSE = {
    "matching.Preferences.mode": "docs/decisions/0008-likes-are-plain-rows.md",
    "matching.Decision.mode": "docs/decisions/0008-likes-are-plain-rows.md",
    "matching.Waiting.mode": "docs/decisions/0008-likes-are-plain-rows.md",
    "matching.Match.mode": "docs/decisions/0008-likes-are-plain-rows.md",
    # A consent must be provable (GDPR 7(1)): that somebody agreed, not what they then chose.
    "privacy.Consent.purpose": "docs/decisions/0012-fields-declare-themselves.md",
}


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_every_model_of_ours_keeps_the_rule(rule):
    found = rules.broken(rule, OURS)
    allowed = ON_PURPOSE if rule is rules.speaks_of_the_body else {}

    assert sorted(found) == sorted(allowed)


def test_every_exception_is_written_down(pytestconfig):
    assert [path for path in ON_PURPOSE.values() if not (pytestconfig.rootpath / path).exists()] == []


@pytest.mark.parametrize(
    "rule",
    [
        rules.undeclared,
        rules.declared_without_field,
        rules.declared_twice,
        rules.without_reason_or_end,
        rules.ends_in_words_only,
    ],
    ids=lambda rule: rule.__name__,
)
def test_every_table_of_a_library_keeps_the_rule(rule):
    theirs = [model for model in ALL if model not in OURS and not _joins_ours(model)]

    assert rules.broken(rule, theirs) == []


def _joins_ours(model):
    # The table between two models is declared as the field that makes it.
    return model._meta.auto_created in OURS


def test_no_line_is_about_a_library_that_is_not_there():
    assert set(libraries.TABLES) - {model._meta.label for model in ALL} <= SQLITE_ONLY


@pytest.mark.django_db
def test_no_table_of_either_database_is_without_a_line():
    known = {model._meta.db_table for model in ALL}
    stored = {table for c in connections.all() for table in c.introspection.table_names()}

    assert {table for table in stored - known if not table.startswith(tuple(libraries.BARE))} == set()


@pytest.mark.django_db
def test_tables_that_are_said_to_be_empty_stay_empty():
    plant()

    unused = [model for model in ALL if libraries.UNUSED in keeping.ends_of(model)]

    assert len(unused) > 10
    assert [model._meta.label for model in unused if model._base_manager.exists()] == []


@pytest.mark.django_db
def test_what_is_sealed_by_other_code_than_a_sealed_field_is_sealed(ada, signed_in):
    signed_in(ada)

    for name, writer in rules.SEALED_BY.items():
        label, _, field = name.rpartition(".")
        stored = [bytes(row) for row in apps.get_model(label).objects.values_list(field, flat=True)]

        assert callable(keeping.found(writer))
        assert stored
        assert all(value.startswith(cipher.FORMAT) and ada.pk.hex.encode() not in value for value in stored)
        assert not any(str(ada.pk).encode() in value for value in stored)


@pytest.mark.django_db
def test_what_ends_with_its_author_is_sealed_under_the_authors_key():
    plant()
    opened_by = {
        (name, field.key_owner(row).kind)
        for model in OURS
        for name, kept in keeping.by_field(model).items()
        if AUTHOR in kept.until
        for field in [rules.sealed_field(model, name)]
        for row in model._base_manager.all()
        if row.__dict__[name]
    }

    # A guest's reply has no author's account: it ends when the guest removes it.
    assert opened_by == {
        ("envelope", AUTHOR.key_of),
        ("options", AUTHOR.key_of),
        ("sign", AUTHOR.key_of),
        ("text", AUTHOR.key_of),
        ("title", AUTHOR.key_of),
        ("text", "replies.Reply"),
    }


@pytest.mark.django_db
def test_an_account_takes_along_what_is_said_to_end_with_it(ada):
    plant()
    held = [m for m in OURS if any(end.goes_with == "accounts.Account" for end in _row_ends(m))]
    before = {model: model._base_manager.count() for model in held}

    # A guest's session has no account: it ends with its time.
    Session.objects.filter(account=None).delete()
    for account in Account.objects.all():
        account.delete()

    assert sum(map(bool, before.values())) > 8
    assert {m._meta.label: m._base_manager.count() for m in held if m._base_manager.exists()} == {}


def _row_ends(model):
    """What ends every field of the model, and so its rows."""
    each = [set(kept.until) for kept in keeping.kept_by(model)]
    return set.intersection(*each) if each else set()


def test_only_public_pages_are_in_a_search_index():
    """What is searched lies in plain words in the index, so nothing else may be searched for."""
    from modelsearch.index import get_indexed_models

    indexed = [model for model in get_indexed_models() if not issubclass(model, Page)]
    vectors = [
        rules.name_of(model, field.name)
        for model in OURS
        for field in keeping.fields_of(model)
        if "search" in type(field).__module__
    ]
    gin = [i.name for m in OURS for i in m._meta.indexes if type(i) is not models.Index]

    assert (indexed, vectors, gin) == ([], [], [])


def test_periods_have_names_that_mean_one_thing():
    periods = {(end.name, end.seconds(model)) for model in ALL for end in keeping.ends_of(model) if end.after}
    names = [name for name, _ in periods]

    assert len(names) == len(set(names))
    assert len(names) >= 10
