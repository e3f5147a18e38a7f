"""What editors do to claims. One act is one transaction: the row, its history, the record, the new number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.claims import access, changing
from positivesocials.claims.changing import By
from positivesocials.claims.models import LONGEST_KEY, NOTE, VALUE, Act, Claim, ClaimSource, State, Suggestion
from positivesocials.core.refusals import NotThere, Refused

KEY = re.compile(r"\A[a-z0-9_-]+\.[a-z][a-z-]{0,60}(\.[a-z0-9-]{1,60}){0,2}\Z")
IS_ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z")
NUMBER = re.compile(r"[0-9]{1,6}")
# Days in a day, a week, a month and a year, as short texts count them.
SPANS = (1, 7, 30, 365)
REASON = 500
WRITTEN = (
    *("value", "note", "low", "high", "unit", "source"),
    *("state", "confirmed_by", "confirmed_by_id", "confirmed_on", "expires_on", "is_edited", "version"),
)
VERBS = {
    Act.ADDED: Verb.ADD_FACT,
    Act.CONFIRMED: Verb.CONFIRM_FACT,
    Act.CORRECTED: Verb.CORRECT_FACT,
    Act.WITHDRAWN: Verb.WITHDRAW_FACT,
}


@dataclass(frozen=True)
class NewSource:
    """A document that is not in the list yet."""

    title: str
    publisher: str
    url: str
    year: int | None = None


@dataclass(frozen=True)
class Wording:
    """What an editor says, and where it was read. `low` and `high` are whole days."""

    value: str
    source: ClaimSource | NewSource | None
    note: str = ""
    low: int | None = None
    high: int | None = None


class ChangedMeanwhile(Refused):
    """Somebody else was quicker. Says who, and what stands there now."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        last = claim.changes.order_by("version").last()
        words = _("While this page was open, %(who)s changed %(key)s. It now says: %(value)s (%(state)s).")
        super().__init__(
            words
            % {
                "who": (last and last.by) or _("a new fact sheet"),
                "key": claim.key,
                "value": claim.value,
                "state": claim.get_state_display().lower(),
            }
        )


@transaction.atomic
def confirm(actor: Account, claim_id: UUID, *, version: int, until: date | None = None) -> Claim:
    """The actor stands behind it: read in its source today. Printed until `until`, 24 months at most."""
    changing.take_turn()
    claim = _confirm(actor, claim_id, version=version, until=until)
    changing.tell_every_process()
    return claim


def _confirm(actor: Account, claim_id: UUID, *, version: int, until: date | None = None) -> Claim:
    claim = access.get_claim_for(actor, claim_id)
    before = changing.told(claim)
    _stand_behind(claim, actor, until)
    return _change(claim, actor, Act.CONFIRMED, before, version=version)


@transaction.atomic
def confirm_many(actor: Account, versions: Mapping[UUID, int]) -> int:
    """All or none: of one that somebody else changed meanwhile it says so, and confirms nothing."""
    if not versions:
        raise Refused(_("Choose at least one fact."))
    changing.take_turn()
    for claim_id in sorted(versions):
        _confirm(actor, claim_id, version=versions[claim_id])
    changing.tell_every_process()
    return len(versions)


@transaction.atomic
def correct(
    actor: Account, claim_id: UUID, *, version: int, wording: Wording, reason: str, until: date | None = None
) -> Claim:
    """It says something else from now on, everywhere, and the actor stands behind it.

    What repeats a part of it, or what it repeats a part of, has to be looked at again.
    """
    changing.take_turn()
    claim = access.get_claim_for(actor, claim_id)
    before = changing.told(claim)
    _put(claim, wording)
    if {**changing.told(claim), "state": ""} == {**before, "state": ""}:
        raise Refused(_("Nothing is different. If it is right as it is, confirm it."))
    if _days_were_forgotten(claim, before):
        raise Refused(_("The words name other days than the days below them. Make both say the same."))
    _stand_behind(claim, actor, until)
    _change(claim, actor, Act.CORRECTED, before, version=version, reason=_needed(reason))
    changing.unsettle(Claim.objects.linked_to(claim), claim, by=_by(actor))
    changing.tell_every_process()
    return claim


@transaction.atomic
def withdraw(actor: Account, claim_id: UUID, *, version: int, reason: str) -> Claim:
    """Nobody reads it any more; sentences that need it fall away. What is linked waits, too."""
    changing.take_turn()
    claim = access.get_claim_for(actor, claim_id)
    before = changing.told(claim)
    claim.state = State.WITHDRAWN
    claim.confirmed_on = claim.expires_on = claim.confirmed_by_id = None
    claim.confirmed_by = ""
    _change(claim, actor, Act.WITHDRAWN, before, version=version, reason=_needed(reason))
    changing.unsettle(Claim.objects.linked_to(claim), claim, by=_by(actor))
    changing.tell_every_process()
    return claim


def add(
    actor: Account, *, key: str, about: str, body: str, wording: Wording, until: date | None = None
) -> Claim:
    """A claim of the editors' own, confirmed from the start. Refused without a source."""
    access.require_editor(actor)
    if not KEY.match(key) or len(key) > LONGEST_KEY:
        raise Refused(_("A key looks like hiv.testing.home-test: what it is about, a topic, a name."))
    subject, topic = key.split(".")[:2]
    claim = Claim(key=key, subject=subject, topic=topic, about=plain(about), body=plain(body), version=0)
    try:
        with transaction.atomic():
            changing.take_turn()
            _put(claim, wording)
            _stand_behind(claim, actor, until)
            claim.save(force_insert=True)
            _change(claim, actor, Act.ADDED, {}, version=0)
            changing.tell_every_process()
            return claim
    except IntegrityError:
        raise Refused(
            _("There is a fact with this key already. Correct that one, or choose another.")
        ) from None


def plain(text: str) -> str:
    """One line, without marks that steer how a line is shown."""
    kept = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(kept.split())


def _put(claim: Claim, wording: Wording) -> None:
    claim.value, claim.note = plain(wording.value), plain(wording.note)
    claim.low, claim.high = wording.low, wording.high
    claim.unit = "days" if wording.low is not None or wording.high is not None else ""
    if not claim.value:
        raise Refused(_("Write what it says."))
    if len(claim.value) > VALUE or len(claim.note) > NOTE:
        raise Refused(_("That is too long. A fact is a line or two."))
    if claim.low is not None and claim.high is not None and claim.low > claim.high:
        raise Refused(_("The first day is after the last one."))
    claim.source = _source(wording.source)


def _days_were_forgotten(claim: Claim, before: Mapping[str, Any]) -> bool:
    """New numbers in the words over days that stayed: time lines are drawn from the days."""
    days = {claim.low, claim.high} - {None}
    new = _numbers(claim.value)
    is_same = (claim.low, claim.high) == (before["low"], before["high"])
    if not days or not is_same or new == _numbers(before["value"]):
        return False
    return not all(any(day == number * span for number in new for span in SPANS) for day in days)


def _numbers(text: str) -> set[int]:
    return {int(number) for number in NUMBER.findall(text)}


def _source(source: ClaimSource | NewSource | None) -> ClaimSource:
    if isinstance(source, ClaimSource):
        return source
    if source is None or not (source.title and source.publisher and source.url):
        raise Refused(
            _("A fact needs a source: choose one, or write who published it, its title and address.")
        )
    if not IS_ADDRESS.match(source.url):
        raise Refused(_("The address of a source begins with https://."))
    known = ClaimSource.objects.filter(url=source.url, title=plain(source.title)).first()
    return known or ClaimSource.objects.create(
        key=_free_key(source),
        title=plain(source.title),
        publisher=plain(source.publisher),
        url=source.url,
        year=source.year,
    )


def _free_key(source: NewSource) -> str:
    """As those of the sheet: `who_2026`, which marks in guides can name."""
    start = "_".join(filter(None, (slugify(source.publisher)[:24].replace("-", "_"), str(source.year or ""))))
    taken = set(ClaimSource.objects.filter(key__startswith=start).values_list("key", flat=True))
    names = [start or "source", *(f"{start or 'source'}_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def _stand_behind(claim: Claim, actor: Account, until: date | None) -> None:
    today = timezone.localdate()
    last = changing.expiry_of(today)
    if until is not None and not today < until <= last:
        raise Refused(_("Choose a day to look at it again: after today, and within 24 months."))
    claim.state = State.CONFIRMED
    claim.confirmed_by, claim.confirmed_by_id = _by(actor).name, actor.pk
    claim.confirmed_on, claim.expires_on = today, until or last


def _by(actor: Account) -> By:
    return By(actor.get_full_name()[:120], actor.pk)


def _needed(reason: str) -> str:
    reason = plain(reason)[:REASON]
    if not reason:
        raise Refused(_("Say why: others read it in the history."))
    return reason


def _change(
    claim: Claim, actor: Account, act: Act, before: Mapping[str, object], *, version: int, reason: str = ""
) -> Claim:
    """Only if the row still has the version that the actor has read."""
    claim.version, claim.is_edited = version + 1, True
    row = Claim.objects.filter(pk=claim.pk, version=version)
    if not row.update(**{name: getattr(claim, name) for name in WRITTEN}):
        raise _changed_meanwhile(claim.pk)
    Suggestion.objects.filter(claim=claim).delete()
    changing.note_change(claim, act, before, by=_by(actor), reason=reason)
    audit.record(actor, verb=VERBS[act], item=("claim", claim.pk), reason=reason)
    return claim


def _changed_meanwhile(claim_id: UUID) -> Refused:
    claim = Claim.objects.filter(pk=claim_id).first()
    return ChangedMeanwhile(claim) if claim else NotThere()
