import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core import instance
from positivesocials.core.refusals import NotThere
from positivesocials.replies.models import GuestContact, Reply, State, Thread
from positivesocials.safety import selectors as safety

OWN = "own_replies"


def own_ids(session: Mapping[str, Any]) -> frozenset[UUID]:
    """The replies a guest wrote in this session."""
    return frozenset(UUID(pk) for pk in session.get(OWN, ()))


def may_reply(thread: Thread) -> bool:
    return thread.closed_at is None and instance.is_open()


def get_parent_for(
    actor: Account | None, thread: Thread, parent_id: UUID | None, own: frozenset[UUID] = frozenset()
) -> Reply | None:
    """The reply that is being answered: of this thread, and one the writer can see."""
    if parent_id is None:
        return None
    parent = Reply.objects.filter(thread=thread, pk=parent_id).first()
    if parent is None or not _sees(actor, parent, own):
        raise NotThere
    return parent


def get_reply_for(viewer: Account | None, pk: UUID) -> Reply:
    """A reply whose text this viewer can read."""
    reply = Reply.objects.select_related("persona").filter(pk=pk).first()
    if reply is None or not _sees(viewer, reply, frozenset()):
        raise NotThere
    return reply


def get_own_reply(actor: Account, pk: UUID) -> Reply:
    reply = Reply.objects.filter(pk=pk, author=actor).exclude(state=State.ERASED).first()
    if reply is None:
        raise NotThere
    return reply


def get_guest_contact(token: str) -> GuestContact:
    """The holder of a mailed link is the guest who wrote the reply, for as long as the link is kept."""
    held = GuestContact.objects.select_related("reply").filter(kept_until__gt=timezone.now())
    contact = held.filter(token_hash=hashed(token)).first()
    if contact is None:
        raise NotThere
    return contact


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _sees(viewer: Account | None, reply: Reply, own: frozenset[UUID]) -> bool:
    if reply.author_id in safety.hidden_from(viewer):
        return False
    if reply.state == State.HELD:
        is_own = viewer is not None and reply.author_id == viewer.pk
        return is_own or reply.pk in own
    return bool(reply.state == State.PUBLIC)
