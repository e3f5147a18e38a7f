"""What can be blocked, and who wants to know of a block. Contexts above register from their hooks.py."""

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from positivesocials.accounts.models import Account


class Face(Protocol):
    """Someone as a member sees them: a name, and whose accounts are behind it (never shown)."""

    @property
    def shown_name(self) -> str: ...

    @property
    def author_ids(self) -> tuple[UUID, ...]: ...


class Blockable(Protocol):
    """One kind of thing that has someone behind it. A kind that can be reported fits as it is."""

    def evidence_for(self, reporter: Account | None, item_id: UUID) -> Face:
        """Who is behind the item, as this viewer sees them; raises NotThere if they cannot see it."""


OnBlock = Callable[[Account, list[UUID]], None]

_kinds: dict[str, Blockable] = {}
_on_block: list[OnBlock] = []


def register(kind: str, blockable: Blockable) -> None:
    _kinds[kind] = blockable


def blockable(kind: str) -> Blockable | None:
    return _kinds.get(kind)


def on_block(react: OnBlock) -> OnBlock:
    """`react(blocker, account_ids)` runs in the transaction of every block."""
    if react not in _on_block:
        _on_block.append(react)
    return react


def reactions() -> list[OnBlock]:
    return list(_on_block)
