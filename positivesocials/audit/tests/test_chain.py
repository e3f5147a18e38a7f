"""docs/rules/audit.md: one chain, and every change to it is noticed."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.db.models import QuerySet
from django.utils import timezone

from positivesocials.audit import selectors, services
from positivesocials.audit.models import AuditHead, AuditRecord, CannotChange, Verb
from positivesocials.config import checks
from positivesocials.vault import services as vault
from positivesocials.vault.models import DataKey

# Whoever tampers does not ask our query sets.
past_the_rules: QuerySet[AuditRecord] = QuerySet(AuditRecord)


@pytest.fixture
def chain(ada, mo):
    """Five records about Ada, one of them with a reason."""
    for verb in (Verb.READ_HELD, Verb.PUBLISH, Verb.READ_REPORTED, Verb.LEAVE):
        services.record(mo, verb=verb, about=[ada.pk], item=("post", uuid4()))
    services.record(mo, verb=Verb.REMOVE, about=[ada.pk], item=("post", uuid4()), reason="Rule 2.")


def tamper(number, /, **changes):
    assert past_the_rules.filter(number=number).update(**changes) == 1


def test_an_untouched_chain_holds(chain):
    assert selectors.first_broken() is None
    assert list(AuditRecord.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_an_empty_chain_holds(db):
    assert selectors.first_broken() is None


@pytest.mark.parametrize(
    "change",
    [
        {"verb": Verb.LEAVE},
        {"actor_id": uuid4()},
        {"actor_id": None},
        {"actor_role": "member"},
        {"subject_account_id": None},
        {"item_kind": "reply"},
        {"item_id": uuid4()},
        {"at": timezone.now() - timedelta(days=1)},
        {"previous": "1" * 64},
        {"hash": "1" * 64},
        {"id": uuid4()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_column_is_noticed(chain, change):
    tamper(2, **change)

    assert selectors.first_broken() == 2


def test_a_changed_reason_is_noticed(chain):
    with connections["default"].cursor() as cursor:
        cursor.execute("UPDATE audit_auditrecord SET reason = NULL WHERE number = 5")

    assert selectors.first_broken() == 5


def test_a_record_whose_hash_was_made_anew_breaks_the_next(chain):
    forged = AuditRecord.objects.get(number=2)
    forged.verb = Verb.LEAVE
    tamper(2, verb=forged.verb, hash=forged.computed_hash())

    assert selectors.first_broken() == 3


def test_a_last_record_whose_hash_was_made_anew_does_not_fit_the_head(chain):
    forged = AuditRecord.objects.get(number=5)
    forged.verb = Verb.LEAVE
    tamper(5, verb=forged.verb, hash=forged.computed_hash())

    assert selectors.first_broken() == 5


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_removed_record_is_noticed(chain, number):
    past_the_rules.filter(number=number).delete()

    assert selectors.first_broken() == number


def test_records_in_another_order_are_noticed(chain):
    for old, new in [(2, 99), (3, 2), (99, 3)]:
        tamper(old, number=new)

    assert selectors.first_broken() == 2


def test_an_inserted_record_is_noticed(chain):
    for number in (5, 4, 3):
        tamper(number, number=number + 1)
    inserted = AuditRecord.objects.get(number=2)
    inserted.pk, inserted.number, inserted.previous = uuid4(), 3, inserted.hash
    inserted.hash = inserted.computed_hash()
    past_the_rules.bulk_create([inserted])

    assert selectors.first_broken() == 4


def test_a_record_put_at_the_end_is_noticed(chain):
    added = AuditRecord.objects.get(number=5)
    added.pk, added.number, added.previous = uuid4(), 6, added.hash
    added.hash = added.computed_hash()
    past_the_rules.bulk_create([added])

    assert selectors.first_broken() == 6


def test_a_head_taken_back_is_noticed(chain):
    AuditHead.objects.update(number=4, hash=AuditRecord.objects.get(number=4).hash)

    assert selectors.first_broken() == 5


def test_check_names_the_first_broken_number(chain):
    assert not any("tampered" in finding.sentence for finding in checks.findings())
    tamper(4, verb=Verb.REMOVE)

    (finding,) = [finding for finding in checks.findings() if "tampered" in finding.sentence]
    assert "number 4" in finding.sentence


def test_records_are_only_ever_appended(chain):
    first = AuditRecord.objects.get(number=1)

    for change in (first.save, first.delete, AuditRecord.objects.all().delete):
        with pytest.raises(CannotChange):
            change()
    with pytest.raises(CannotChange):
        AuditRecord.objects.update(verb=Verb.LEAVE)
    with pytest.raises(CannotChange):
        AuditRecord.objects.bulk_create([first])


def test_an_erased_account_leaves_the_chain_whole(chain, ada, mo):
    for account in (ada, mo):
        vault.shred(vault.KeyOwner("accounts.Account", account.pk))
        account.delete()

    assert selectors.first_broken() is None
    assert AuditRecord.objects.count() == 5


def test_reasons_are_shredded_after_six_months_and_the_chain_holds(chain, ada):
    assert selectors.records_about(ada.pk)[0].reason == "Rule 2."
    DataKey.objects.filter(kind="audit.AuditRecord").update(made_at=timezone.now() - timedelta(days=190))

    services.forget_reasons()

    assert selectors.records_about(ada.pk)[0].reason is None
    assert selectors.first_broken() is None


def test_a_younger_reason_stays(chain, ada):
    services.forget_reasons()

    assert selectors.records_about(ada.pk)[0].reason == "Rule 2."


def test_one_record_costs_three_queries(chain, ada, mo, django_assert_num_queries):
    with django_assert_num_queries(5) as queries:
        services.record(mo, verb=Verb.LEAVE, about=[ada.pk])

    work = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(work) == 3


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_writers_at_the_same_moment_make_one_chain(mo):
    writers, each = 6, 8
    gate, failures = threading.Barrier(writers), []

    def write():
        try:
            gate.wait(10)
            for turn in range(each):
                append(undone=turn % 4 == 3)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    def append(*, undone):
        with transaction.atomic():
            services.record(mo, verb=Verb.READ_HELD, about=[mo.pk], item=("post", uuid4()))
            transaction.set_rollback(undone)

    threads = [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failures == []
    assert AuditRecord.objects.count() == writers * each * 3 // 4
    assert selectors.first_broken() is None
