"""Reactions: one small warm sign for one message, from each person who reads it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.messaging import access, services
from positivesocials.messaging.models import Message, Participant, Reaction
from positivesocials.messaging.signs import WORDS


@transaction.atomic
def react(actor: Account, conversation_id: UUID, message_id: UUID, *, sign: str) -> None:
    """The actor's one reaction to this message is this sign from now on. The same twice is once."""
    seat, message = _held(actor, conversation_id, message_id)
    if sign not in WORDS:
        raise Refused(_("Choose one of the signs below the message."))
    reaction = Reaction.objects.filter(message=message, participant=seat).first()
    if reaction is None:
        reaction = Reaction(message=message, participant=seat, author_id=actor.pk)
    if reaction.sign != sign:
        reaction.sign = sign
        reaction.save()
        _tell(message)


@transaction.atomic
def take_back(actor: Account, conversation_id: UUID, message_id: UUID) -> None:
    seat, message = _held(actor, conversation_id, message_id)
    if Reaction.objects.filter(message=message, participant=seat).delete()[0]:
        _tell(message)


def _held(actor: Account, conversation_id: UUID, message_id: UUID) -> tuple[Participant, Message]:
    """The seat and the message, with every other writer of the conversation waiting until we commit."""
    message = access.get_message_for(actor, conversation_id, message_id)
    if not services.hold(message.conversation):
        raise services.ConversationClosed
    # Read again, now that nobody takes it back meanwhile.
    message.refresh_from_db()
    if message.removed_at is not None:
        raise NotThere
    return access.get_own_seat(actor, conversation_id), message


def _tell(message: Message) -> None:
    services.tell(message.conversation_id, {"kind": "changed", "message": str(message.pk)})
