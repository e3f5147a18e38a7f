"""Kinds of things that can be held or reported. Each context registers its own from hooks.py."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.safety import registry as safety

StrOrPromise = str | Promise


MOST_BEFORE = 5


class By(StrEnum):
    """Who said something, as far as a moderator needs it: no names."""

    REPORTER = "reporter"
    AUTHOR = "author"
    OTHER = "other"


@dataclass(frozen=True)
class Before:
    """One thing that was said before what is reported."""

    by: By
    text: str

    @property
    def words(self) -> StrOrPromise:
        return BY[self.by]


@dataclass(frozen=True)
class Earlier:
    """What an item said before its writer changed it."""

    text: str
    until_at: datetime


BY: dict[By, StrOrPromise] = {
    By.REPORTER: _("Whoever reports"),
    By.AUTHOR: _("Whoever is reported"),
    By.OTHER: _("Someone else there"),
}


@dataclass(frozen=True)
class Evidence:
    """What a moderator may see of one item: its text, who wrote it as others see them, and where it stands.

    `author_ids` is empty for a guest. Nobody is shown them: they say who may decide, and whom a block binds.
    Behind what `is_nameless` nobody can be blocked: whoever then misses somebody would know who wrote it.
    `pictures` are such that core.images drew. `before` is what the reporter may reveal besides, and need not.
    `earlier` is for the page of a case alone: no reporter sees it, and no report holds it.
    """

    text: str
    shown_name: str
    url: str
    author_ids: tuple[UUID, ...]
    pictures: tuple[bytes, ...] = ()
    before: tuple[Before, ...] = ()
    is_nameless: bool = False
    earlier: tuple[Earlier, ...] = ()


class Reportable(Protocol):
    """What a context offers for one kind. Every method takes the id of an item."""

    @property
    def label(self) -> StrOrPromise: ...

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Evidence:
        """What this reporter can see of the item; raises NotThere if they cannot see it."""

    def evidence(self, item_id: UUID) -> Evidence:
        """The item as the queue shows it; raises NotThere once it is gone."""

    def approve(self, item_id: UUID) -> None:
        """Make a held item public. Does nothing when it is not held any more."""

    def remove(self, item_id: UUID) -> None:
        """Take the item from everyone's sight."""


_kinds: dict[str, Reportable] = {}


def register(kind: str, reportable: Reportable, *, is_nameless: bool = False) -> None:
    """From now on things of this kind can be reported, held, and their authors blocked unless nameless."""
    _kinds[kind] = reportable
    if not is_nameless:
        safety.register(kind, reportable)


def reportable(kind: str) -> Reportable:
    """What offers this kind; NotThere for a kind nobody registered."""
    found = _kinds.get(kind)
    if found is None:
        raise NotThere
    return found


def kinds() -> dict[str, StrOrPromise]:
    return {kind: offered.label for kind, offered in _kinds.items()}
