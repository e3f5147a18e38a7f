"""What a message answers: one earlier message of the same conversation, shown shortly above it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from positivesocials.messaging import reading
from positivesocials.messaging.models import Message, Participant
from positivesocials.vault import fields as vault


@dataclass(frozen=True)
class Quote:
    """The message that another one answers. `is_here` if the same page shows it."""

    id: UUID
    name: str
    is_mine: bool
    text: str | None
    why_not: str = ""
    is_here: bool = False
    has_photo: bool = False


def quotes_in(messages: Sequence[Message], own: Participant) -> dict[UUID, Quote]:
    """By the id of the message that answers. A quoted one that is no more there is no quote."""
    asked = {each.pk: answered for each in messages if (answered := reading.said_in(each).reply_to)}
    here = {each.pk: each for each in messages}
    found = _found(set(asked.values()), own) if asked else {}
    return {pk: _quote(found[id_], own, is_here=id_ in here) for pk, id_ in asked.items() if id_ in found}


def quote_for(own: Participant, message_id: UUID | None) -> Quote | None:
    """One message of the seat's conversation, to be answered; None if it is not there or says nothing."""
    found = _found({message_id}, own) if message_id else {}
    quote = next((_quote(each, own, is_here=False) for each in found.values()), None)
    return quote if quote is not None and not quote.why_not else None


def _found(ids: set[UUID], own: Participant) -> dict[UUID, Message]:
    rows = Message.objects.filter(pk__in=ids, conversation=own.conversation_id)
    found = {each.pk: each for each in rows.select_related("participant__persona")}
    personas = [each.participant.persona for each in found.values() if each.participant.persona]
    vault.warm(found.values(), personas)
    return found


def _quote(message: Message, own: Participant, *, is_here: bool) -> Quote:
    said, persona = reading.said_in(message), message.participant.persona
    return Quote(
        id=message.pk,
        name=(persona.name or "") if persona is not None else "",
        is_mine=message.participant_id == own.pk,
        text=said.text,
        why_not=said.why_not,
        is_here=is_here,
        has_photo=said.has_photo,
    )
