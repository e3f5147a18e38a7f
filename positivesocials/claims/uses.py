"""Which pages print a claim: a context above that prints some joins, says where, and hears of changes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Use:
    """One page that prints the claim."""

    title: str
    url: str


Finder = Callable[[str], Iterable[Use]]
_finders: list[Finder] = []
Listener = Callable[[], None]
_listeners: list[Listener] = []


def register(finder: Finder) -> None:
    """`finder` is given the key of a claim."""
    if finder not in _finders:
        _finders.append(finder)


def on_change(listener: Listener) -> None:
    """Calls `listener()` whenever facts have changed, in the transaction of the change."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell_of_change() -> None:
    for listener in _listeners:
        listener()


def uses_of(key: str) -> list[Use]:
    found = {use.url: use for finder in _finders for use in finder(key)}
    return sorted(found.values(), key=lambda use: use.title)
