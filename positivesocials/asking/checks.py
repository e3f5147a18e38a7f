"""Who may answer: asking to be checked, and what the operators decide. Each decision is on record."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.asking import access
from positivesocials.asking.models import Professional
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.core import wording
from positivesocials.core.refusals import Refused
from positivesocials.notifications.notices import notify

KIND, NOTICE = "professional", "ask-check"
# A check that nobody looks at again says less and less.
LONGEST = timedelta(days=732)


@dataclass(frozen=True)
class Said:
    """What somebody says of themselves, or what was found true of it."""

    name: str
    profession: str
    proof: str

    def tidy(self) -> "Said":
        tidied = Said(
            wording.one_line(self.name), wording.one_line(self.profession), wording.harmless(self.proof)
        )
        if not all(map(wording.is_seen, (tidied.name, tidied.profession, tidied.proof))):
            raise Refused(_("Fill in all three: the name, the profession and how it can be checked."))
        return tidied


def ask(actor: Account, said: Said) -> None:
    """Ask the operators to check who the actor is. The latest words hold; what was checked stays."""
    told = said.tidy()
    try:
        with transaction.atomic():
            row = Professional.objects.filter(account=actor).first() or Professional(account=actor)
            row.asked = {"name": told.name, "profession": told.profession, "proof": told.proof}
            row.asked_at = timezone.now()
            row.save()
    except IntegrityError:
        raise Refused(_("You have asked already.")) from None


def take_back(actor: Account) -> None:
    """The actor no longer asks, or no longer answers. Answers stay, with when they were checked."""
    row = Professional.objects.filter(account=actor).first()
    if row is not None:
        _end(row)


@transaction.atomic
def verify(actor: Account, pk: UUID, said: Said, *, valid_until: date) -> None:
    """What the operator has checked today, in the words that readers see."""
    row = access.get_professional_for(actor, pk)
    told, today = said.tidy(), timezone.localdate()
    if not today < valid_until <= today + LONGEST:
        raise Refused(_("Choose a day within the next two years."))
    row.name, row.profession, row.checked = told.name, told.profession, told.proof
    row.checked_on, row.valid_until, row.ended_at = today, valid_until, None
    row.checked_by, row.checked_by_id = actor.get_full_name()[:120], actor.pk
    row.asked = row.asked_at = None
    row.save()
    notify([row.account_id], NOTICE)
    audit.record(actor, verb=Verb.VERIFY_PROFESSIONAL, about=[row.account_id], item=(KIND, row.pk))


@transaction.atomic
def end(actor: Account, pk: UUID) -> None:
    """Turn down what is asked, or take back what was verified. Nothing more is answered under the name."""
    row = access.get_professional_for(actor, pk)
    account_id = row.account_id
    notify([account_id], NOTICE)
    _end(row)
    audit.record(actor, verb=Verb.END_PROFESSIONAL, about=[account_id], item=(KIND, row.pk))


def _end(row: Professional) -> None:
    if row.checked_on is None:
        Professional.objects.filter(pk=row.pk).delete()
        return
    row.asked = row.asked_at = None
    row.ended_at = row.ended_at or timezone.now()
    row.save(update_fields=["asked", "asked_at", "ended_at"])
