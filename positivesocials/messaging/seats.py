"""What somebody does with their own side of a conversation; nobody else of it learns."""

from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.messaging import access
from positivesocials.messaging.models import Conversation, Participant


def mute(actor: Account, conversation_id: UUID) -> None:
    """From now on nothing new in it counts or is told to the actor."""
    _change(actor, conversation_id, muted_at=timezone.now())


def unmute(actor: Account, conversation_id: UUID) -> None:
    _change(actor, conversation_id, muted_at=None)


def archive(actor: Account, conversation_id: UUID) -> None:
    """Out of the actor's list until something new is written."""
    here = Conversation.objects.filter(pk=OuterRef("conversation"))
    _change(actor, conversation_id, archived_up_to_at=Subquery(here.values("last_at")))


def unarchive(actor: Account, conversation_id: UUID) -> None:
    _change(actor, conversation_id, archived_up_to_at=None)


def _change(actor: Account, conversation_id: UUID, **state: object) -> None:
    seat = access.get_seat_for(actor, conversation_id)
    Participant.objects.filter(pk=seat.pk).update(**state)
