from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.privacy import texts
from positivesocials.privacy.models import Consent

_on_withdrawal: dict[str, Callable[[Account], None]] = {}


def on_withdrawal(purpose: str, remove: Callable[[Account], None]) -> None:
    """The context that keeps a purpose's data registers how to remove it."""
    _on_withdrawal[purpose] = remove


def give_consent(actor: Account, *, purpose: str) -> Consent:
    consent, _ = Consent.objects.get_or_create(
        account=actor,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"text_version": texts.version(purpose)},
    )
    return consent


@transaction.atomic
def withdraw_consent(actor: Account, *, purpose: str) -> None:
    """Ends the consent and removes what was kept because of it, in one transaction."""
    live = Consent.objects.filter(account=actor, purpose=purpose, withdrawn_at=None)
    if live.update(withdrawn_at=timezone.now()) and purpose in _on_withdrawal:
        _on_withdrawal[purpose](actor)


def has_consent(account: Account, *, purpose: str) -> bool:
    return Consent.objects.filter(account=account, purpose=purpose, withdrawn_at=None).exists()
