from datetime import timedelta
from uuid import UUID

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.messaging.models import Conversation, Message, Participant
from positivesocials.moderation import selectors as moderation
from positivesocials.safety import access as safety

CHANGEABLE = timedelta(hours=24)


def get_own_seat(actor: Account, conversation_id: UUID) -> Participant:
    """The actor's own seat. Who never had one, and who left, learn nothing: not even that it exists."""
    conversation = Conversation.objects.filter(pk=conversation_id).first()
    seats = seats_in(conversation) if conversation is not None else []
    own = [seat for seat in seats if seat.account_id == actor.pk and seat.left_at is None]
    if not own:
        raise NotThere
    return own[0]


def seats_in(conversation: Conversation) -> list[Participant]:
    """Every seat with its persona, side by side; read once for as long as `conversation` is at hand."""
    seats = Participant.objects.select_related("persona").order_by("side", "is_second")
    prefetch_related_objects([conversation], Prefetch("participants", seats))
    return list(conversation.participants.all())


def get_seat_for(actor: Account, conversation_id: UUID) -> Participant:
    """As `get_own_seat`, to read: a block between the actor and anyone in it hides the conversation."""
    seat = get_own_seat(actor, conversation_id)
    if not may_read(seat):
        raise NotThere
    return seat


def may_read(seat: Participant) -> bool:
    others = [each.account_id for each in seats_in(seat.conversation) if each.pk != seat.pk]
    own = [seat.account_id] if seat.account_id is not None else []
    return safety.may_meet(own, [account_id for account_id in others if account_id is not None])


def get_message_for(viewer: Account, conversation_id: UUID, message_id: UUID) -> Message:
    seat = get_seat_for(viewer, conversation_id)
    message = Message.objects.filter(pk=message_id, conversation=seat.conversation_id).first()
    if message is None:
        raise NotThere
    return message


def get_own_message(actor: Account, conversation_id: UUID, message_id: UUID) -> Message:
    """What the actor wrote stays theirs to take back, also where a block hides the rest."""
    seat = get_own_seat(actor, conversation_id)
    message = Message.objects.filter(pk=message_id, participant=seat).first()
    if message is None:
        raise NotThere
    return message


def get_readable_message(viewer: Account, message_id: UUID) -> Message:
    """A message of any conversation the viewer sits in, while its words are still there."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        raise NotThere
    get_seat_for(viewer, message.conversation_id)
    if message.envelope is None:
        raise NotThere
    return message


def is_young(message: Message) -> bool:
    return message.removed_at is None and message.sent_at > timezone.now() - CHANGEABLE


def may_change(message: Message) -> bool:
    """Whether its author may still change it. What was reported stays as the reporter read it."""
    return is_young(message) and not moderation.is_reported("message", message.pk)


def may_send_photo(seat: Participant) -> bool:
    """Only where both sides said yes, which is what opens a conversation, and while it is open."""
    return is_open(seat.conversation)


def is_muted(account_id: UUID, conversation_id: UUID) -> bool:
    """Whether this account wants to hear nothing of the conversation: whoever sends notices asks here."""
    muted = Participant.objects.filter(
        conversation=conversation_id, account=account_id, muted_at__isnull=False
    )
    return muted.exists()


def is_open(conversation: Conversation) -> bool:
    """Whether anyone may still write: nobody left, was erased, or blocked another of the conversation."""
    seats = seats_in(conversation)
    return conversation.closed_at is None and all(seat.is_taken for seat in seats) and _all_may_meet(seats)


def _all_may_meet(seats: list[Participant]) -> bool:
    # Both ways and within a side too: a block between partners closes their conversations as well.
    accounts = [seat.account_id for seat in seats if seat.account_id is not None]
    return safety.may_meet(accounts, accounts)
