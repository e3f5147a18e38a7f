"""The parts of every change: its history, and the number that makes every process read again."""

import secrets
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from positivesocials.claims import uses
from positivesocials.claims.models import Act, Claim, ClaimChange, ClaimQuerySet, FactsVersion, Said, State

LASTS_MONTHS = 24
TOLD = ("value", "note", "low", "high", "unit")
NUMBERS = 2**62


@dataclass(frozen=True)
class By:
    """Who changes something. Without a name it is the fact sheet."""

    name: str = ""
    id: UUID | None = None


SHEET = By()


def expiry_of(confirmed_on: date, months: int = LASTS_MONTHS) -> date:
    """The same day that many months later, or the last day of that month."""
    years, month = divmod(confirmed_on.month - 1 + months, 12)
    year = confirmed_on.year + years
    return date(year, month + 1, min(confirmed_on.day, monthrange(year, month + 1)[1]))


def told(said: Said) -> dict[str, Any]:
    """What a claim says, as its history keeps it."""
    kept = {name: getattr(said, name) for name in TOLD} | {"source": said.source.key}
    if isinstance(said, Claim):
        kept["state"] = said.state
    return kept


def note_change(
    claim: Claim, act: Act, before: Mapping[str, Any], *, by: By = SHEET, reason: str = ""
) -> None:
    change_of(claim, act, before, by=by, reason=reason).save(force_insert=True)


def change_of(
    claim: Claim, act: Act, before: Mapping[str, Any], *, by: By = SHEET, reason: str = ""
) -> ClaimChange:
    """Not saved yet."""
    return ClaimChange(
        claim=claim,
        version=claim.version,
        at=timezone.now(),
        by=by.name,
        by_id=by.id,
        act=act,
        before=dict(before),
        after=told(claim),
        reason=reason,
    )


def take_turn() -> None:
    """First in every transaction that changes facts or their sources: the next one waits until it is over.

    So whoever comes second reads what the first has written: no source is made twice, and the fact sheet and
    an editor neither stop each other nor undo each other.
    """
    # A write that changes nothing holds the one row. The first time of all there is none.
    while not FactsVersion.objects.filter(only=1).update(only=1):
        FactsVersion.objects.bulk_create([FactsVersion()], ignore_conflicts=True)


def unsettle(linked: ClaimQuerySet, changed: Claim, *, by: By = SHEET) -> None:
    """What says the same as a fact that was changed is not printed until somebody has looked at it."""
    for claim in linked.filter(state=State.CONFIRMED).select_related("source"):
        before = told(claim)
        claim.state, claim.version = State.WAITING, claim.version + 1
        claim.confirmed_by, claim.confirmed_by_id = "", None
        claim.confirmed_on = claim.expires_on = None
        claim.save()
        note_change(claim, Act.UNSETTLED, before, by=by, reason=changed.key)


def tell_every_process() -> None:
    """Draw a new number. Inside the transaction of the change, so that nobody sees one without the other.

    After its last row: what listens reads the facts under this number.
    """
    # Random, so that a number of a transaction that was rolled back never comes again.
    number = secrets.randbelow(NUMBERS)
    if not FactsVersion.objects.filter(only=1).update(number=number):
        FactsVersion.objects.bulk_create([FactsVersion(number=number)], ignore_conflicts=True)
        FactsVersion.objects.filter(only=1).update(number=number)
    uses.tell_of_change()
