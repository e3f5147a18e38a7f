"""Giving a consent, taking it back, and the one question that every write under a consent asks first."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.privacy import registry, texts
from positivesocials.privacy.models import Consent, ConsentQuerySet
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


class NoConsent(Refused):
    """A write that needs a consent was asked for without one."""


@transaction.atomic
def give_consent(actor: Account, *, purpose: str) -> Consent:
    """The actor agrees to the wording of today. A yes to an older wording stays as a receipt.

    Refuses a purpose that nobody here keeps data for: it could not be taken back.
    """
    registry.remover(purpose)
    version = texts.version(purpose)
    older = _in_force(actor.pk, purpose).exclude(text_version=version)
    older.update(replaced_at=timezone.now())
    consent, _made = Consent.objects.get_or_create(
        account=actor,
        purpose=purpose,
        withdrawn_at=None,
        replaced_at=None,
        defaults={"text_version": version, "wording": texts.current(purpose)},
    )
    return consent


def switch_on(actor: Account, *, purpose: str) -> Consent:
    """Give a consent by its switch. Others are not to be had that way."""
    if not registry.is_given_any_time(purpose):
        raise NotThere
    return give_consent(actor, purpose=purpose)


@transaction.atomic
def withdraw_consent(actor: Account, *, purpose: str) -> None:
    """Ends the consent and removes what was kept because of it, in one transaction. The receipt stays."""
    remove = registry.remover(purpose)
    if _in_force(actor.pk, purpose).update(withdrawn_at=timezone.now()):
        transaction.on_commit(partial(_shred, list(remove(actor))))


def _shred(keys: Iterable[KeyOwner]) -> None:
    for owner in keys:
        vault.shred(owner)


def require_consent(actor: Account, *, purpose: str) -> None:
    """First thing in the transaction of every write that needs a consent; refuses without one in force.

    The wording must be today's: after a change people are asked anew at the next use. Touching the row makes
    a withdrawal of the same moment wait until the write can be seen and removed.
    """
    live = _in_force(actor.pk, purpose).filter(text_version=texts.version(purpose))
    if not registry.is_kept(purpose) or not live.update(purpose=purpose):
        raise NoConsent(_("This is kept only with your yes, and none is in force."))


def has_consent(account: Account, *, purpose: str) -> bool:
    """Whether new data of the purpose may be kept: a yes to the wording of today."""
    return _in_force(account.pk, purpose).filter(text_version=texts.version(purpose)).exists()


def may_keep(account_id: UUID, *, purpose: str) -> bool:
    """Whether what there is may stay: a yes to any wording that was not taken back."""
    return _in_force(account_id, purpose).exists()


def who_agreed(*, purpose: str) -> set[UUID]:
    """Every account whose yes to the wording of today is in force."""
    live = Consent.objects.in_force().filter(purpose=purpose, text_version=texts.version(purpose))
    return set(live.values_list("account_id", flat=True))


def _in_force(account_id: UUID, purpose: str) -> ConsentQuerySet:
    return Consent.objects.in_force().filter(account_id=account_id, purpose=purpose)
