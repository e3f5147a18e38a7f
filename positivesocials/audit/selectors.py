from collections.abc import Collection
from uuid import UUID

from positivesocials.audit.models import BEGINNING, TENDING, AuditHead, AuditRecord
from positivesocials.vault.fields import warm

MOST = 200
BATCH = 2000


def records_about(account_id: UUID) -> list[AuditRecord]:
    """What the staff did that concerned this account, the latest first."""
    rows = list(AuditRecord.objects.filter(subject_account_id=account_id).order_by("-number")[:MOST])
    warm(rows)
    return rows


def decided_in_groups(*, hidden: Collection[UUID]) -> list[AuditRecord]:
    """What those who look after groups decided, the latest first; nothing by or about these accounts."""
    rows = AuditRecord.objects.filter(actor_role=TENDING).exclude(subject_account_id__in=hidden)
    return list(rows.exclude(actor_id__in=hidden).order_by("-number")[:MOST])


def decided_about(account_ids: Collection[UUID], item_id: UUID) -> list[AuditRecord]:
    """What those who look after a group decided about something that these accounts wrote."""
    about = AuditRecord.objects.filter(subject_account_id__in=account_ids, actor_role=TENDING)
    rows = list(about.filter(item_id=item_id).order_by("number"))
    warm(rows)
    return rows


def first_broken() -> int | None:
    """The first number whose record is missing, foreign or changed; None while the chain holds.

    Records may be appended meanwhile: the head is read before and after them.
    """
    before = _head()
    number, link = 0, BEGINNING
    for record in AuditRecord.objects.order_by("number").iterator(chunk_size=BATCH):
        number += 1
        is_next = record.number == number and record.previous == link
        link = record.computed_hash()
        fits_head = number != before.number or link == before.hash
        if not (is_next and record.hash == link and fits_head):
            return number
    if number < before.number:
        return number + 1
    after = _head().number
    return after + 1 if number > after else None


def _head() -> AuditHead:
    return AuditHead.objects.first() or AuditHead()
