"""Which kinds of notices there are, and what keeps one from being made. Contexts above register from their
hooks.py; this one does not know what happened, only in which fixed words to say that something did.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

# The target of a notice that is about the account as a whole.
NOTHING = UUID(int=0)


@dataclass(frozen=True)
class Kind:
    """`words` are all that a notice says: the same for everybody, without a name.

    `path(target)` is where it leads, None if that is gone; the page there asks who may see it.
    `order` is its place among the others. `is_security`: told whatever its reader switched off.
    """

    slug: str
    label: str | Promise
    words: str | Promise
    icon: str
    path: Callable[[UUID], str | None]
    order: int
    is_security: bool = False


@dataclass(frozen=True)
class Happening:
    """Something that an account may be told of, and whose doing it was."""

    account_id: UUID
    kind: str
    target: UUID
    by: tuple[UUID, ...]


Silencer = Callable[[Happening], bool]

_kinds: dict[str, Kind] = {}
_silencers: list[Silencer] = []


def register(kind: Kind) -> None:
    _kinds[kind.slug] = kind


def kind(slug: str) -> Kind | None:
    return _kinds.get(slug)


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.order)


def silence_when(silencer: Silencer) -> Silencer:
    """Of what `silencer(happening)` is true of, nobody is told: no row is made, and so nothing is sent."""
    if silencer not in _silencers:
        _silencers.append(silencer)
    return silencer


def is_silent(happening: Happening) -> bool:
    return happening.account_id in happening.by or any(each(happening) for each in _silencers)
