from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from positivesocials.safety.models import Block


def may_meet(ones: Iterable[UUID], others: Iterable[UUID]) -> bool:
    """Whether no account of one side has blocked an account of the other, in either direction."""
    a, b = list(ones), list(others)
    either = Q(blocker_id__in=a, blocked_id__in=b) | Q(blocker_id__in=b, blocked_id__in=a)
    return not Block.objects.filter(either).exists()
