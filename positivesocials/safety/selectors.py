from uuid import UUID

from django.db.models import Q

from positivesocials.accounts.models import Account
from positivesocials.safety.models import Block


def hidden_from(viewer: Account | None) -> set[UUID]:
    """Ids of accounts that this viewer must not meet anywhere: blocked by them, or blocking them."""
    if viewer is None:
        return set()
    pairs = Block.objects.filter(Q(blocker=viewer) | Q(blocked=viewer)).values_list(
        "blocker_id", "blocked_id"
    )
    return {account for pair in pairs for account in pair} - {viewer.pk}


def blocked_by(viewer: Account) -> set[UUID]:
    return set(Block.objects.filter(blocker=viewer).values_list("blocked_id", flat=True))


def blockers_of(account: Account) -> set[UUID]:
    """Who has blocked this account: never shown, only obeyed (staff never get the cases of those)."""
    return set(Block.objects.filter(blocked=account).values_list("blocker_id", flat=True))
