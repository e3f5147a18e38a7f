import time
from typing import Any, Protocol

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere

# How a session came about, as allauth records it.
PASSWORD = "password"  # noqa: S105 - the name of a method.
CARD = "card"


class HasUser(Protocol):
    @property
    def user(self) -> Any: ...


def actor_of(request: HasUser) -> Account:
    """The account behind a request that a decorator has already let in."""
    if not isinstance(request.user, Account):
        raise NotThere
    return request.user


def viewer_of(request: HasUser) -> Account | None:
    """The account that looks, or None for a guest."""
    return request.user if isinstance(request.user, Account) else None


def proved_recently(request: HasUser) -> bool:
    """Whether this session showed its password within the last quarter of an hour.

    People of a demo have no passwords: the card they came in by counts for as long as they stay.
    """
    account = viewer_of(request)
    records = get_authentication_records(request, account) if account else []
    if account and account.is_demo and settings.DEMO and any(r["method"] == CARD for r in records):
        return True
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return any(r["method"] == PASSWORD and r["at"] > since for r in records)
