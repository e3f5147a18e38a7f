"""Who may answer: asking to be checked, and what the operators decide. Each decision is on record."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.asking import access
from positivesocials.asking.models import Professional, ProfessionalQuerySet
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
            row = _own(actor)
            row.asked = {"name": told.name, "profession": told.profession, "proof": told.proof}
            row.save(update_fields=["asked"])
    except IntegrityError:
        raise Refused(_("You have asked already.")) from None


def _own(actor: Account) -> Professional:
    """The actor's row, asking from now on, and still until the end of the transaction."""
    if not Professional.objects.filter(account=actor).update(asked_at=timezone.now()):
        Professional.objects.create(account=actor, asked_at=timezone.now())
    return Professional.objects.get(account=actor)


@transaction.atomic
def take_back(actor: Account) -> None:
    """The actor no longer asks, or no longer answers. Answers stay, with when they were checked."""
    _end(Professional.objects.filter(account=actor))


@transaction.atomic
def verify(actor: Account, pk: UUID, said: Said, *, valid_until: date) -> None:
    """What the operator has checked today, in the words that readers see."""
    row = access.get_professional_for(actor, pk)
    told, today = said.tidy(), timezone.localdate()
    if not today < valid_until <= today + LONGEST:
        raise Refused(_("Choose a day within the next two years."))
    # What is asked for was neither changed, nor decided, nor taken back since the operator read it.
    undecided = Professional.objects.filter(pk=row.pk, asked_at=row.asked_at)
    by = {"checked_by": actor.get_full_name()[:120], "checked_by_id": actor.pk, "checked_on": today}
    if not undecided.update(asked=None, asked_at=None, ended_at=None, valid_until=valid_until, **by):
        raise Refused(_("This changed meanwhile. Please look at it again."))
    row.name, row.profession, row.checked = told.name, told.profession, told.proof
    row.save(update_fields=["name", "profession", "checked"])
    notify([row.account_id], NOTICE)
    audit.record(actor, verb=Verb.VERIFY_PROFESSIONAL, about=[row.account_id], item=(KIND, row.pk))


@transaction.atomic
def end(actor: Account, pk: UUID) -> None:
    """Turn down what is asked, or take back what was verified. Nothing more is answered under the name."""
    row = access.get_professional_for(actor, pk)
    notify([row.account_id], NOTICE)
    _end(Professional.objects.filter(pk=row.pk))
    audit.record(actor, verb=Verb.END_PROFESSIONAL, about=[row.account_id], item=(KIND, pk))


def _end(one: ProfessionalQuerySet) -> None:
    # First the change, which waits for who checks them just now: what was checked is ended, not removed.
    one.update(asked=None, asked_at=None, ended_at=Coalesce("ended_at", timezone.now()))
    one.filter(checked_on=None).delete()
