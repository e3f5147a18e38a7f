"""Appending to the chain: the only code that writes audit records."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from positivesocials.audit.models import CONSOLE, AuditHead, AuditRecord, Verb
from positivesocials.core.jobs import every
from positivesocials.vault import services as vault

KEEP_REASONS = timedelta(days=183)
# Quoted, because PostgreSQL has a word of its own that is spelt like the column.
TAKE_NUMBER = 'UPDATE audit_audithead SET number = number + 1 WHERE "only" = 1 RETURNING number, hash'


class Actor(Protocol):
    @property
    def pk(self) -> Any: ...

    @property
    def role(self) -> str: ...


@transaction.atomic
def record(
    actor: Actor | None,
    *,
    verb: Verb,
    about: Iterable[UUID] = (),
    item: tuple[str, UUID] | None = None,
    reason: str = "",
) -> None:
    """What `actor` did is on record, once for each account it is about, or once about nobody.

    No actor means the console. Call it last in a transaction: from here on until the commit every other
    writer waits, which makes the order of numbers the order of commits.
    """
    kind, item_id = item or ("", None)
    accounts: list[UUID | None] = [*about]
    for account_id in accounts or [None]:
        row = AuditRecord(
            actor_id=actor.pk if actor else None,
            actor_role=actor.role if actor else CONSOLE,
            verb=verb,
            subject_account_id=account_id,
            item_kind=kind[:20],
            item_id=item_id,
            reason=reason or None,
        )
        _append(row)


def _append(row: AuditRecord) -> None:
    # Sealed before the hash is taken, and before anybody has to wait for us.
    AuditRecord._meta.get_field("reason").pre_save(row, add=True)
    row.number, row.previous = _take_number()
    row.at = timezone.now()
    row.hash = row.computed_hash()
    row.save(force_insert=True)
    AuditHead.objects.filter(only=1).update(hash=row.hash)


def _take_number() -> tuple[int, str]:
    return _next() or _first()


def _first() -> tuple[int, str]:
    AuditHead.objects.bulk_create([AuditHead()], ignore_conflicts=True)
    taken = _next()
    assert taken is not None
    return taken


def _next() -> tuple[int, str] | None:
    # The update locks the row, so the hash that comes back with the number is the last one committed.
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NUMBER)
        rows = cursor.fetchall()
    return (rows[0][0], rows[0][1]) if rows else None


@every(seconds=3600)
def forget_reasons() -> None:
    """Reasons end after six months, as those of the cases do. The chain never hashed their words."""
    vault.shred_older(AuditRecord._meta.label, than=timezone.now() - KEEP_REASONS)
