"""One message as one reader sees it: its words or why there are none, and all that stands around it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from positivesocials.hosts.access import hosts_among
from positivesocials.messaging import access, cautions, marks, pictured, quotes, reaction_reads, reading
from positivesocials.messaging.days import day_of, day_words
from positivesocials.messaging.models import Message, Participant, RemovedBy
from positivesocials.messaging.quotes import Quote
from positivesocials.messaging.reaction_reads import CHOICES, Sign
from positivesocials.moderation import selectors as moderation
from positivesocials.profiles.badges import Badge
from positivesocials.safety.hidden_words import hidden_for


@dataclass(frozen=True)
class Face:
    """Someone in a conversation as the others see them; without a name once they erased themselves."""

    name: str
    salt: str = ""
    badges: tuple[Badge, ...] = ()


@dataclass(frozen=True)
class Line:
    """One message as one reader sees it. `day` is set where a new day begins, `text` unless it is gone."""

    id: UUID
    conversation_id: UUID
    by: Face
    is_mine: bool
    is_second: bool
    sent_at: datetime
    text: str | None
    why_gone: str = ""
    is_gone: bool = False
    client_key: str = ""
    reason: str = ""
    day: str = ""
    is_edited: bool = False
    is_changeable: bool = False
    has_photo: bool = False
    photo: pictured.Shown | None = None
    quote: Quote | None = None
    signs: Sequence[Sign] = ()
    choices: Sequence[Sign] = CHOICES
    is_seen: bool = False
    caution: str = ""
    is_aside: bool = False


def face_of(seat: Participant) -> Face:
    persona = seat.persona
    return Face(persona.name or "", persona.salt) if persona is not None else Face("")


def lines_of(
    messages: Sequence[Message],
    own: Participant,
    seats: Sequence[Participant],
    *,
    since: Message | None = None,
) -> list[Line]:
    mine = [message for message in messages if message.participant_id == own.pk]
    # Asked for what is there alone: most news is one message.
    hidden = hidden_for(own.account_id if len(mine) < len(messages) else None)
    spans = marks.seen_spans(own) if mine else []
    photos = pictured.photos_in(message for message in messages if reading.said_in(message).has_photo)
    signs, quoted = reaction_reads.signs_on(messages, own), quotes.quotes_in(messages, own)
    hosts = hosts_among([seat.account_id for seat in seats if seat.pk != own.pk and seat.account_id])
    lines, day, reasons = [], day_of(since.sent_at) if since else None, _reasons(messages, own)
    for message in messages:
        begins = day_of(message.sent_at)
        line = line_of(message, own, seats, day=day_words(begins) if begins != day else "")
        line = replace(line, quote=quoted.get(message.pk), signs=signs.get(message.pk, ()))
        line = replace(line, photo=photos.get(message.pk), reason=reasons.get(message.pk, ""))
        is_seen = line.is_mine and marks.is_seen(spans, line.sent_at)
        is_aside = not line.is_mine and hidden.is_in(line.text)
        caution = _caution(message, own, seats, hosts)
        lines.append(replace(line, is_seen=is_seen, caution=caution, is_aside=is_aside))
        day = begins
    return lines


def _caution(
    message: Message, own: Participant, seats: Sequence[Participant], hosts: Collection[UUID]
) -> str:
    """What a reader is warned of. Never a writer, nor their partner. Hosts never lead away from here."""
    writer = next(seat for seat in seats if seat.pk == message.participant_id)
    if writer.side == own.side:
        return ""
    text = reading.said_in(message).text or ""
    return cautions.caution_about(text, by_host=writer.account_id in hosts)


def _reasons(messages: Iterable[Message], own: Participant) -> dict[UUID, str]:
    """Why a moderator removed what this reader wrote. Nobody else reads that."""
    removed = [m.pk for m in messages if m.removed_by == RemovedBy.MODERATOR and m.participant_id == own.pk]
    return moderation.reasons("message", removed) if removed else {}


def line_of(message: Message, own: Participant, seats: Sequence[Participant], *, day: str = "") -> Line:
    writer = next(seat for seat in seats if seat.pk == message.participant_id)
    said = reading.said_in(message)
    return Line(
        id=message.pk,
        conversation_id=message.conversation_id,
        by=face_of(writer),
        is_mine=writer.pk == own.pk,
        is_second=writer.is_second,
        sent_at=message.sent_at,
        text=said.text,
        client_key=message.client_key,
        why_gone=said.why_not,
        is_gone=said.is_gone,
        has_photo=said.has_photo,
        is_edited=message.edited_at is not None,
        is_changeable=said.text is not None and writer.pk == own.pk and access.is_young(message),
        day=day,
    )
