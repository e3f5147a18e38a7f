from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.safety import registry
from positivesocials.safety.models import Block
from positivesocials.safety.registry import Face


def may_meet(ones: Iterable[UUID], others: Iterable[UUID]) -> bool:
    """Whether no account of one side has blocked an account of the other, in either direction."""
    a, b = list(ones), list(others)
    either = Q(blocker_id__in=a, blocked_id__in=b) | Q(blocker_id__in=b, blocked_id__in=a)
    return not Block.objects.filter(either).exists()


def get_face_for(actor: Account, kind: str, item_id: UUID) -> Face:
    """Who is behind something the actor can see, under the name it shows. Not there for one's own things."""
    blockable = registry.blockable(kind)
    if blockable is None:
        raise NotThere
    face = blockable.evidence_for(actor, item_id)
    if not set(face.author_ids) - {actor.pk}:
        raise NotThere
    return face
