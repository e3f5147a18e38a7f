from typing import Any, Protocol

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere


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
