import hashlib
from typing import TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from positivesocials.accounts.models import Account, AddressChange, MailedLink, Session

Link = TypeVar("Link", bound=MailedLink)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def live_link(kind: type[Link], token: str) -> Link | None:
    """The row of a mailed link that can still be used."""
    rows = kind._default_manager.filter(token_hash=hashed(token))
    return rows.filter(used_at=None, expires_at__gt=timezone.now()).first()


def sessions_of(account: Account) -> QuerySet[Session]:
    """Where this account is signed in, the last used first."""
    return Session.objects.filter(account=account, expires_at__gt=timezone.now()).order_by("-seen_at", "id")


def own_address_change(account: Account, token: str) -> AddressChange | None:
    """The row of a link that was mailed for this account and can still be used."""
    link = live_link(AddressChange, token)
    return link if link is not None and link.account_id == account.pk else None


def active_account(account_id: str) -> Account | None:
    return Account.objects.filter(pk=account_id, is_active=True).first()
