"""Which purposes this site keeps data for. The context that keeps it registers from its hooks.py.

A purpose that nobody registered is neither asked nor shown.
"""

from collections.abc import Callable, Iterable

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.vault.services import KeyOwner

Remover = Callable[[Account], Iterable[KeyOwner]]

_removers: dict[str, Remover] = {}
_apart: dict[str, str] = {}
_any_time: set[str] = set()


def keeps(purpose: str, remove: Remover, *, any_time: bool = False) -> None:
    """`remove(account)` runs in the transaction of a withdrawal and leaves no row of the purpose behind.

    It names the keys that sealed nothing else: they are shredded once the withdrawal is committed.
    `any_time` is for what a switch says alone; other purposes are asked where their data is first needed.
    """
    _removers[purpose] = remove
    if any_time:
        _any_time.add(purpose)


def keeps_apart(purpose: str, page: str) -> None:
    """The purpose is tied to no account; its consent and its receipt are had from the page of this name."""
    _apart[purpose] = page


def remover(purpose: str) -> Remover:
    if purpose not in _removers:
        raise NotThere
    return _removers[purpose]


def is_kept(purpose: str) -> bool:
    return purpose in _removers


def is_given_any_time(purpose: str) -> bool:
    return purpose in _any_time


def apart() -> dict[str, str]:
    return dict(_apart)
