"""Becoming a host and ceasing to be one: the only code that writes this context's rows."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.core import wording
from positivesocials.core.refusals import Refused
from positivesocials.hosts import access, training
from positivesocials.hosts.models import Host
from positivesocials.notifications.notices import notify
from positivesocials.profiles import selectors as profiles

KIND, NOTICE = "host", "host"


def take_quiz(actor: Account, answers: dict[str, str]) -> list[str]:
    """The questions that were answered wrong; none, and the actor has passed. It can be taken at any time."""
    wrong = training.wrong_in(answers)
    if not wrong:
        _own(actor)
        Host.objects.filter(account=actor, passed_at=None).update(passed_at=timezone.now())
    return wrong


def _own(actor: Account) -> None:
    try:
        with transaction.atomic():
            Host.objects.get_or_create(account=actor)
    except IntegrityError:
        """Two pages at once: there is one."""


def ask(actor: Account, *, why: str) -> None:
    """Ask the team to be a host. Hosts go by the name people know: aliases welcome nobody."""
    profile = profiles.profile_of(actor)
    if profile is None or profile.persona is None:
        raise Refused(_("First choose the name people see here."))
    row = Host.objects.filter(account=actor, passed_at__isnull=False).first()
    if row is None:
        raise Refused(_("Read the pages and answer the questions first."))
    if row.made_at is not None:
        raise Refused(_("You are a host already."))
    said = wording.harmless(why)
    if not wording.is_seen(said):
        raise Refused(_("Write a sentence or two."))
    _keep_asking(row, said)


@transaction.atomic
def _keep_asking(row: Host, why: str) -> None:
    # The condition is the lock: whoever was made a host meanwhile, or stopped, asks for nothing.
    if not Host.objects.filter(pk=row.pk, made_at=None).update(asked_at=row.asked_at or timezone.now()):
        raise Refused(_("This was already decided."))
    row.why = why
    row.save(update_fields=["why"])


def stop(actor: Account) -> None:
    """The actor is no host any more, or no longer asks. Nothing of it is kept."""
    Host.objects.filter(account=actor).delete()


@transaction.atomic
def make_host(actor: Account, pk: UUID) -> None:
    row = access.get_host_for(actor, pk)
    if not Host.objects.asking().filter(pk=row.pk).update(made_at=timezone.now(), why=None):
        raise Refused(_("This was already decided."))
    _tell(actor, row, Verb.MAKE_HOST)


@transaction.atomic
def end_host(actor: Account, pk: UUID) -> None:
    """Take the badge back, or say no to who asks. What was passed stays passed: they may ask again."""
    row = access.get_host_for(actor, pk)
    undecided = Host.objects.filter(pk=row.pk, asked_at__isnull=False)
    if not undecided.update(why=None, asked_at=None, made_at=None):
        raise Refused(_("This was already decided."))
    _tell(actor, row, Verb.END_HOST)


def _tell(actor: Account, row: Host, verb: Verb) -> None:
    notify([row.account_id], NOTICE)
    audit.record(actor, verb=verb, about=[row.account_id], item=(KIND, row.pk))
