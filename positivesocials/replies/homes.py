"""Where a thread is shown, and to whom. Contexts that own threads register how to find their page."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from positivesocials.accounts.models import Account

Home = Callable[[UUID], str | None]
_homes: list[Home] = []


class Door(Protocol):
    """Who may read and write where a thread stands. Blocks and states are the replies' own."""

    def reads(self, viewer: Account | None) -> bool: ...

    def writes(self, actor: Account) -> bool: ...

    def readers(self, account_ids: set[UUID]) -> set[UUID]:
        """Those of these accounts that read there."""


FindDoor = Callable[[UUID], Door | None]
_doors: list[FindDoor] = []
# `told(thread_id, by, already)`: a reply became public; who wrote it, and who was told of it already.
OnReply = Callable[[UUID, tuple[UUID, ...], set[UUID]], None]
_on_reply: list[OnReply] = []


def register(home: Home) -> None:
    """`home(thread_id)` is the path of the page, or None where the thread is not this context's."""
    _homes.append(home)


def path_of(thread_id: UUID) -> str | None:
    return next((path for home in _homes if (path := home(thread_id))), None)


def guard(find: FindDoor) -> None:
    """`find(thread_id)` is the door before a thread of this context, None for others. No door: anybody."""
    _doors.append(find)


def door_of(thread_id: UUID) -> Door | None:
    return next((door for find in _doors if (door := find(thread_id))), None)


def on_reply(react: OnReply) -> OnReply:
    """Runs in the transaction in which a reply becomes public."""
    if react not in _on_reply:
        _on_reply.append(react)
    return react


def reactions() -> list[OnReply]:
    return list(_on_reply)
