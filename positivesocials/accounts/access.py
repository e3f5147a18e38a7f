import time
from collections.abc import Iterable
from typing import Any, Protocol
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings

from positivesocials.accounts.models import Account, Device, Passkey, Role
from positivesocials.accounts.sessions import DEVICE
from positivesocials.core.refusals import NotThere

# How somebody showed that it is them, as allauth records it in the session.
PASSWORD = "password"  # noqa: S105 - the name of a method.
PASSKEY = "passkey"
RECOVERY = "recovery code"
CONSOLE = "link from the console"
CARD = "card"
PROOFS = (PASSWORD, PASSKEY, RECOVERY, CONSOLE)


class HasUser(Protocol):
    @property
    def user(self) -> Any: ...


def actor_of(request: HasUser) -> Account:
    """The account behind a request that a decorator has already let in."""
    if not isinstance(request.user, Account):
        raise NotThere
    return request.user


def device_of(request: Any) -> str:
    """What was said at log-in of the device: shared, unless it was said to be one's own."""
    return str(request.session.get(DEVICE, Device.SHARED))


def viewer_of(request: HasUser) -> Account | None:
    """The account that looks, or None for a guest."""
    return request.user if isinstance(request.user, Account) else None


def proved_recently(request: HasUser) -> bool:
    account = viewer_of(request)
    return account is not None and account.has_proved


def has_proved(request: Any, account: Account) -> bool:
    """Whether this session showed within the last quarter of an hour that it is still its owner's.

    People of a demo have no passwords: the card they came in by counts for as long as they stay.
    """
    within = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return _came_by_card(request, account) or _proved(request, account, PROOFS, within=within)


def proved_for_staff(request: Any, account: Account) -> bool:
    """Whether this session showed a passkey lately; an open form may be sent longer."""
    if account.role == Role.MEMBER:
        return True
    within = settings.STAFF_PROOF_SECONDS * (2 if request.method == "POST" else 1)
    return _came_by_card(request, account) or _proved(request, account, [PASSKEY], within=within)


def may_add_passkey(request: HasUser) -> bool:
    """Staff need the passkey they have, or the console: their password alone must not open their work."""
    account = viewer_of(request)
    if account is None or account.role == Role.MEMBER or _came_by_card(request, account):
        return proved_recently(request)
    needed = [PASSKEY] if account.passkeys.exists() else [CONSOLE]
    return _proved(request, account, [*needed, CONSOLE], within=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def get_own_passkey(actor: Account, passkey_id: UUID) -> Passkey:
    passkey = actor.passkeys.filter(pk=passkey_id).first()
    if passkey is None:
        raise NotThere
    return passkey


def _proved(request: Any, account: Account, methods: Iterable[str], *, within: float) -> bool:
    since = time.time() - within
    records = get_authentication_records(request, account)
    return any(record["method"] in methods and record["at"] > since for record in records)


def _came_by_card(request: Any, account: Account) -> bool:
    records = get_authentication_records(request, account)
    return account.is_demo and settings.DEMO and any(record["method"] == CARD for record in records)
