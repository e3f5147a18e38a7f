"""Accounts: made at confirmation, by staff, or by a demo; found by the blind index of their address."""

from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from positivesocials.accounts.models import Account, Role
from positivesocials.core.addresses import normalised
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

LOG_IN_INDEX = "log-in"


def handle_of(address: str) -> str:
    return vault.blind_index(LOG_IN_INDEX, normalised(address))


def open_account(
    *,
    address: str | None = None,
    password_hash: str | None = None,
    role: str = Role.MEMBER,
    is_demo: bool = False,
) -> Account:
    """Make an account and its key. Without a password hash it cannot sign in by password."""
    account_id = uuid4()
    vault.make_key(KeyOwner(Account._meta.label, account_id))
    account = Account(
        id=account_id,
        handle=handle_of(address) if address else None,
        address=address,
        password=password_hash or make_password(None),
        role=role,
        is_demo=is_demo,
        over_18_declared_at=timezone.now(),
        seen_on=timezone.localdate(),
    )
    with transaction.atomic():
        account.save(force_insert=True)
    return account
