from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from positivesocials.accounts.models import Account
from positivesocials.core.once import once
from positivesocials.safety.models import Block
from positivesocials.vault.fields import warm


@once
def hidden_from(viewer: Account | None) -> frozenset[UUID]:
    """Ids of accounts that this viewer must not meet anywhere: blocked by them, or blocking them."""
    if viewer is None:
        return frozenset()
    pairs = Block.objects.filter(Q(blocker=viewer) | Q(blocked=viewer)).values_list(
        "blocker_id", "blocked_id"
    )
    return frozenset(account for pair in pairs for account in pair) - {viewer.pk}


def pairs_apart() -> Iterator[tuple[UUID, UUID]]:
    """All pairs of accounts of which one has blocked the other."""
    return Block.objects.values_list("blocker_id", "blocked_id").iterator()


def blocked_by(viewer: Account) -> set[UUID]:
    return set(Block.objects.filter(blocker=viewer).values_list("blocked_id", flat=True))


def blockers_of(account: Account) -> set[UUID]:
    """Who has blocked this account: never shown, only obeyed (staff never get the cases of those)."""
    return set(Block.objects.filter(blocked=account).values_list("blocker_id", flat=True))


@dataclass(frozen=True)
class Blocked:
    """What one act blocked, under the name that was seen then."""

    together: UUID
    shown_as: str
    made_at: datetime


def blocks_of(viewer: Account) -> list[Blocked]:
    """The people a viewer blocked, newest first; the two of a couple are one entry."""
    blocks = list(Block.objects.filter(blocker=viewer).order_by("-made_at", "pk"))
    warm(blocks)
    entries: dict[UUID, Blocked] = {}
    for block in blocks:
        entries.setdefault(block.together, Blocked(block.together, block.shown_as or "", block.made_at))
    return list(entries.values())
