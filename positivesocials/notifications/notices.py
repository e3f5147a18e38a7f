"""Telling accounts that something happened: the only code that writes notices."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core import live
from positivesocials.core.jobs import every
from positivesocials.notifications import access, devices, letters, registry, selectors
from positivesocials.notifications.choices import DEVICES, HERE, MAIL, Choice
from positivesocials.notifications.models import Notice
from positivesocials.notifications.registry import NOTHING, Happening

KEEP = timedelta(days=30)


def notify(
    account_ids: Iterable[UUID], kind: str, *, target: UUID = NOTHING, by: Iterable[UUID] = ()
) -> None:
    """Each of these accounts is told once until it looks, in the transaction in which it happened.

    Nobody is told of their own doing, of what people did whom a block keeps apart, or of what they muted.
    """
    doers = tuple(by)
    # In one order everywhere, so that two happenings at once never wait for each other.
    for account_id in sorted(set(account_ids)):
        if not registry.is_silent(Happening(account_id, kind, target, doers)):
            _note(account_id, kind, target)


def _note(account_id: UUID, kind: str, target: UUID) -> None:
    now = timezone.now()
    if _unseen(account_id).filter(kind=kind, target=target).update(made_at=now):
        return
    choice = selectors.choice_of(account_id)
    ways = _ways(kind, choice)
    if not ways:
        return
    told = {"account_id": account_id, "kind": kind, "target": target, "is_shown": HERE in ways}
    try:
        with transaction.atomic():
            Notice.objects.create(**told, made_at=now)
    except IntegrityError:  # Somebody else's doing of the same moment made it.
        return
    _tell(account_id)
    if MAIL in ways:
        letters.plan(account_id, choice)
    if DEVICES in ways:
        devices.plan(account_id, choice)


def _ways(kind: str, choice: Choice) -> list[str]:
    """What concerns the account itself stands here whatever was chosen; its mails are sent apart."""
    known = registry.kind(kind)
    if known is not None and known.is_security:
        return [HERE, DEVICES]
    return choice.ways_for(kind)


def _unseen(account_id: UUID) -> QuerySet[Notice]:
    return Notice.objects.filter(account_id=account_id, seen_at=None)


def _tell(account_id: UUID) -> None:
    """Open pages ask how many there are now."""
    transaction.on_commit(partial(live.push, f"account-{account_id.hex}", {"kind": "notice"}))


def see(account_id: UUID, *, targets: Iterable[UUID], kind: str = "") -> None:
    """What these notices told of was looked at where it stands; of every kind, unless one is named."""
    rows = _unseen(account_id).filter(target__in=list(targets))
    _see(account_id, rows.filter(kind=kind) if kind else rows)


def see_all(actor: Account) -> None:
    _see(actor.pk, _unseen(actor.pk))


def open_one(actor: Account, notice_id: UUID) -> str | None:
    """Where the notice leads, None if that is gone. It is seen from now on."""
    notice = access.get_own_notice(actor, notice_id)
    _see(actor.pk, _unseen(actor.pk).filter(pk=notice.pk))
    kind = registry.kind(notice.kind)
    return kind.path(notice.target) if kind else None


def _see(account_id: UUID, rows: QuerySet[Notice]) -> None:
    # Asked first, because pages that are opened often come by here and a write holds up other writers.
    if rows.exists() and rows.update(seen_at=timezone.now()):
        _tell(account_id)


def forget(*, targets: Iterable[UUID]) -> None:
    """What these notices told of is not there any more for whoever was told: they go, seen or not."""
    rows = Notice.objects.filter(target__in=list(targets))
    account_ids = sorted(set(rows.values_list("account_id", flat=True)))
    if rows.delete()[0]:
        for account_id in account_ids:
            _tell(account_id)


def forget_for(account_id: UUID, targets: Iterable[UUID]) -> None:
    """This account does not want to know of these any more."""
    if Notice.objects.filter(account_id=account_id, target__in=list(targets)).delete()[0]:
        _tell(account_id)


@every(seconds=3600)
def forget_old() -> None:
    Notice.objects.filter(made_at__lt=timezone.now() - KEEP).delete()
