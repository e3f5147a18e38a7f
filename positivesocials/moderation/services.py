"""Holding, reporting and deciding: the only code that writes this context's rows."""

import base64
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import access, registry, selectors
from positivesocials.moderation.models import Decided, Hold, Outcome, Report, Trusted, WrittenBy
from positivesocials.moderation.registry import Evidence
from positivesocials.notifications import notices
from positivesocials.safety import services as safety
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

NOTICE = "report"
KEEP_DECIDED = timedelta(days=183)


@transaction.atomic
def hold(kind: str, item_id: UUID) -> None:
    """The item waits in the queue. Its own context keeps it out of sight until `approve` is called."""
    _note_authors(kind, item_id, registry.reportable(kind).evidence(item_id).author_ids)
    Hold.objects.get_or_create(kind=kind, item_id=item_id, decided_at=None)


@transaction.atomic
def release(kind: str, item_id: UUID) -> None:
    """The item was taken back by its author: there is nothing left to hold. Reports of it stay."""
    Hold.objects.filter(kind=kind, item_id=item_id, decided_at=None).delete()


def report(actor: Account, *, kind: str, item_id: UUID, why: str, note: str = "", before: int = 0) -> Report:
    """Copies what was reported at once, sealed; it stays even if the author takes it back.

    `before` is how many earlier messages the reporter lets moderators see: none unless they say so.
    A second report of the same item by the same person, while the first waits, is the first.
    """
    seen = access.get_item_for(actor, kind=kind, item_id=item_id)
    evidence = replace(seen, before=seen.before[-before:] if 0 < before <= registry.MOST_BEFORE else ())
    waiting = Report.objects.filter(reporter=actor, kind=kind, item_id=item_id, decided_at=None)
    found = waiting.first()
    if found is not None:
        return found
    try:
        return _file(actor, kind, item_id, why, note, evidence)
    except IntegrityError:
        return waiting.get()


@transaction.atomic
def _file(actor: Account, kind: str, item_id: UUID, why: str, note: str, evidence: Evidence) -> Report:
    filed = Report(
        reporter=actor, kind=kind, item_id=item_id, why=why, note=note or None, evidence=_copy(evidence)
    )
    filed.save(force_insert=True)
    _note_authors(kind, item_id, evidence.author_ids)
    return filed


def _copy(evidence: Evidence) -> dict[str, object]:
    return {
        "text": evidence.text,
        "shown_name": evidence.shown_name,
        "url": evidence.url,
        "author_ids": [] if evidence.is_nameless else [str(pk) for pk in evidence.author_ids],
        "before": [{"by": each.by, "text": each.text} for each in evidence.before],
        "pictures": [base64.b64encode(picture).decode() for picture in evidence.pictures],
    }


def _note_authors(kind: str, item_id: UUID, author_ids: Iterable[UUID]) -> None:
    for account_id in author_ids:
        WrittenBy.objects.get_or_create(kind=kind, item_id=item_id, account_id=account_id)


def block_author(actor: Account, *, kind: str, item_id: UUID) -> None:
    """Block whoever wrote what the actor reported, without the actor learning who that is."""
    filed = access.get_report_for(actor, kind=kind, item_id=item_id)
    author_ids = [UUID(pk) for pk in filed.evidence["author_ids"]]
    safety.block(actor, author_ids, shown_as=filed.evidence["shown_name"])


def trust(account_ids: Iterable[UUID]) -> None:
    """What these accounts write from now on is not held."""
    for account_id in account_ids:
        Trusted.objects.get_or_create(account_id=account_id)


def open_case(actor: Account, *, kind: str, item_id: UUID) -> selectors.Case:
    """The case, once it is on record that this moderator opened it. Asking in vain is on record too."""
    try:
        case = selectors.get_case_for(actor, kind=kind, item_id=item_id)
    except NotThere:
        audit.record(actor, verb=Verb.REFUSED, item=(kind, item_id))
        raise
    _on_record(actor, Verb.READ_HELD if case.line.is_held else Verb.READ_REPORTED, kind, item_id)
    return case


def open_picture(actor: Account, *, kind: str, item_id: UUID, row_id: UUID, number: int) -> bytes:
    """A picture of what is held, or one that was copied into a report, once it is on record that this
    moderator opened it.
    """
    picture = selectors.get_picture_for(actor, kind=kind, item_id=item_id, row_id=row_id, number=number)
    _on_record(actor, Verb.READ_HELD if picture.is_held else Verb.READ_REPORTED, kind, item_id)
    return picture.data


def _on_record(actor: Account, verb: Verb, kind: str, item_id: UUID, reason: str = "") -> None:
    about = selectors.author_ids(kind, item_id)
    audit.record(actor, verb=verb, about=about, item=(kind, item_id), reason=reason)


@transaction.atomic
def approve(actor: Account, *, kind: str, item_id: UUID) -> None:
    """A held item becomes public, and its author is trusted from now on, or once enough of theirs was."""
    _must_decide(actor, kind, item_id)
    now = timezone.now()
    if not _close(Hold, actor, kind, item_id, Outcome.APPROVED, now):
        raise Refused(_("This was already decided."))
    _close(Report, actor, kind, item_id, Outcome.NO_ACTION, now)
    _tell_reporters(kind, item_id, now)
    registry.reportable(kind).approve(item_id)
    written = WrittenBy.objects.filter(kind=kind, item_id=item_id)
    trust(pk for pk in written.values_list("account_id", flat=True) if _let_stand(pk))
    _on_record(actor, Verb.PUBLISH, kind, item_id)


@transaction.atomic
def remove(actor: Account, *, kind: str, item_id: UUID, reason: str) -> None:
    """Take an item from everyone's sight. Its author reads the reason."""
    _must_decide(actor, kind, item_id)
    now = timezone.now()
    closed = [_close(model, actor, kind, item_id, Outcome.REMOVED, now) for model in (Hold, Report)]
    if not any(closed):
        raise Refused(_("This was already decided."))
    for model in (Hold, Report):
        for row in model.objects.filter(kind=kind, item_id=item_id, decided_at=now, decided_by=actor):
            vault.make_key(KeyOwner(model._meta.label, row.pk))
            row.reason = reason
            row.save(update_fields=["reason"])
    _tell_reporters(kind, item_id, now)
    registry.reportable(kind).remove(item_id)
    _on_record(actor, Verb.REMOVE, kind, item_id, reason)


@transaction.atomic
def leave_standing(actor: Account, *, kind: str, item_id: UUID) -> None:
    """No rule was broken: the reports are closed and nothing changes. A held item needs `approve` instead."""
    _must_decide(actor, kind, item_id)
    if Hold.objects.filter(kind=kind, item_id=item_id, decided_at=None).exists():
        raise Refused(_("This is held: publish it or remove it."))
    now = timezone.now()
    if not _close(Report, actor, kind, item_id, Outcome.NO_ACTION, now):
        raise Refused(_("This was already decided."))
    _tell_reporters(kind, item_id, now)
    _on_record(actor, Verb.LEAVE, kind, item_id)


def _let_stand(account_id: UUID) -> bool:
    """Whether enough of what this account wrote was approved; this one counts already."""
    most = max(1, settings.HELD_AT_FIRST)
    if most == 1:
        return True
    items = WrittenBy.objects.filter(
        account_id=account_id, kind=OuterRef("kind"), item_id=OuterRef("item_id")
    )
    approved = Hold.objects.filter(Exists(items), outcome=Outcome.APPROVED)
    # Words that were changed wait and are approved again: they are one thing.
    return approved.values("kind", "item_id").distinct().count() >= most


def _tell_reporters(kind: str, item_id: UUID, decided_at: datetime) -> None:
    decided = Report.objects.filter(kind=kind, item_id=item_id, decided_at=decided_at)
    for row in decided.exclude(reporter=None).order_by("reporter_id"):
        notices.notify(filter(None, [row.reporter_id]), NOTICE, target=row.pk)


def _must_decide(actor: Account, kind: str, item_id: UUID) -> None:
    # What never was a case is as absent as what this moderator may not see.
    was_case = any(model.objects.filter(kind=kind, item_id=item_id).exists() for model in (Hold, Report))
    if not was_case or not access.may_decide(actor, kind=kind, item_id=item_id):
        raise NotThere


def _close(
    model: type[Decided], actor: Account, kind: str, item_id: UUID, outcome: Outcome, now: datetime
) -> int:
    # The condition is the lock: of two moderators who decide at once, one changes no row.
    open_rows = model._default_manager.filter(kind=kind, item_id=item_id, decided_at=None)
    return open_rows.update(decided_at=now, decided_by=actor, outcome=outcome)


@every(seconds=3600)
def forget_decided() -> None:
    """Evidence and reasons end six months after the decision."""
    before = timezone.now() - KEEP_DECIDED
    for model in (Hold, Report):
        for row in model.objects.filter(decided_at__lt=before)[:500]:
            vault.shred(KeyOwner(model._meta.label, row.pk))
            row.delete()
            _forget_authors(row.kind, row.item_id)


def _forget_authors(kind: str, item_id: UUID) -> None:
    if not any(model.objects.filter(kind=kind, item_id=item_id).exists() for model in (Hold, Report)):
        WrittenBy.objects.filter(kind=kind, item_id=item_id).delete()
