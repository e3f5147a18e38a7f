"""What the pages show: who sits in a conversation, what was written, what is unread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.messaging import access, aside, cautions
from positivesocials.messaging.days import day_of, day_words, when
from positivesocials.messaging.models import Conversation, Message, Participant, RemovedBy
from positivesocials.moderation import selectors as moderation
from positivesocials.safety import selectors as safety
from positivesocials.safety.hidden_words import hidden_for
from positivesocials.vault import fields as vault

PAGE = 50
LIST_PAGE = 30


@dataclass(frozen=True)
class Face:
    """Someone in a conversation as the others see them; without a name once they erased themselves."""

    name: str
    salt: str = ""


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
    client_key: str = ""
    reason: str = ""
    day: str = ""
    caution: str = ""
    is_aside: bool = False


@dataclass(frozen=True)
class Written:
    """One message by itself, for a report."""

    text: str
    name: str
    author_id: UUID


@dataclass(frozen=True)
class Heading:
    """Who talks in a conversation, from the side of one reader."""

    id: UUID
    profile_id: UUID | None
    others: Sequence[Face]
    own_side: Sequence[Face]
    readers: Sequence[Face]
    is_open: bool


@dataclass(frozen=True)
class Talk:
    """One page of a conversation. `older` is the message before which the next page ends."""

    heading: Heading
    lines: Sequence[Line]
    older: UUID | None


@dataclass(frozen=True)
class Item:
    """One conversation in the list."""

    id: UUID
    others: Sequence[Face]
    own_side: Sequence[Face]
    last: Line | None
    at: datetime
    when: str
    unread: int
    is_aside: bool = False


@dataclass(frozen=True)
class ItemPage:
    items: Sequence[Item]
    page: int
    has_more: bool


def unread_count(account: Account) -> int:
    """Messages by others, in every conversation the account still sits in, that it has not opened yet."""
    unread = _unread(account)
    return unread.count() - aside.put_aside(account, unread).total()


def _unread(account: Account) -> QuerySet[Message]:
    unread = Message.objects.filter(
        conversation__participants__account=account,
        conversation__participants__left_at=None,
        conversation__participants__read_up_to_at__lt=F("sent_at"),
        removed_at=None,
    )
    return unread.exclude(author_id=account.pk).exclude(conversation__in=_hidden_from(account))


def _hidden_from(viewer: Account) -> QuerySet[Participant, Any]:
    """Conversations with somebody whom a block keeps away, whoever blocked whom."""
    hidden = safety.hidden_from(viewer)
    return Participant.objects.filter(account__in=hidden).values("conversation")


def conversations_of(viewer: Account, *, page: int = 1) -> ItemPage:
    """The viewer's conversations, the liveliest first."""
    start = (max(page, 1) - 1) * LIST_PAGE
    own = list(_own_seats(viewer)[start : start + LIST_PAGE + 1])
    shown = own[:LIST_PAGE]
    seats = _seats_of(seat.conversation_id for seat in shown)
    lasts = Message.objects.in_bulk([seat.last_id for seat in shown if seat.last_id])
    vault.warm(lasts.values(), _personas(seat for group in seats.values() for seat in group))
    items = [_item(seat, seats[seat.conversation_id], lasts.get(seat.last_id)) for seat in shown]
    items = _put_aside(viewer, items)
    return ItemPage(items=items, page=max(page, 1), has_more=len(own) > LIST_PAGE)


def _put_aside(viewer: Account, items: list[Item]) -> list[Item]:
    """What has a word that the viewer hid is neither counted nor shown in the list."""
    hidden, uncounted = hidden_for(viewer.pk), aside.put_aside(viewer, _unread(viewer))
    return [
        replace(
            item,
            unread=max(item.unread - uncounted[item.id], 0),
            is_aside=item.last is not None and not item.last.is_mine and hidden.is_in(item.last.text),
        )
        for item in items
    ]


def _own_seats(viewer: Account) -> QuerySet[Participant, Any]:
    messages = Message.objects.filter(conversation=OuterRef("conversation")).order_by("-sent_at")
    theirs = ~Q(conversation__messages__author_id=viewer.pk)
    news = Q(conversation__messages__sent_at__gt=F("read_up_to_at"), conversation__messages__removed_at=None)
    return (
        Participant.objects.filter(account=viewer, left_at=None)
        .exclude(conversation__in=_hidden_from(viewer))
        .select_related("conversation")
        .annotate(
            last_id=Subquery(messages.values("pk")[:1]),
            unread=Count("conversation__messages", filter=news & theirs),
        )
        .order_by("-conversation__last_at", "conversation")
    )


def _seats_of(conversation_ids: Iterable[UUID]) -> dict[UUID, list[Participant]]:
    seats: dict[UUID, list[Participant]] = {}
    found = Participant.objects.filter(conversation__in=list(conversation_ids)).select_related("persona")
    for seat in found.order_by("side", "is_second"):
        seats.setdefault(seat.conversation_id, []).append(seat)
    return seats


def _personas(seats: Iterable[Participant]) -> list[Any]:
    return [seat.persona for seat in seats if seat.persona is not None]


def _item(own: Any, seats: Sequence[Participant], last: Message | None) -> Item:
    return Item(
        id=own.conversation_id,
        others=_faces(seats, 1 - own.side),
        own_side=_faces(seats, own.side),
        last=_line(last, own, seats) if last else None,
        at=own.conversation.last_at,
        when=when(own.conversation.last_at),
        unread=own.unread,
    )


def _faces(seats: Iterable[Participant], side: int) -> list[Face]:
    return [_face(seat) for seat in seats if seat.side == side]


def _partner(own: Participant, seats: Iterable[Participant]) -> list[Participant]:
    return [seat for seat in seats if seat.side == own.side and seat.pk != own.pk]


def _face(seat: Participant) -> Face:
    persona = seat.persona
    return Face(persona.name or "", persona.salt) if persona is not None else Face("")


def heading_for(seat: Participant) -> Heading:
    return _heading(seat, _opened(seat.conversation, []))


def _heading(own: Participant, seats: Sequence[Participant]) -> Heading:
    profiles = [seat.profile_id for seat in seats if seat.side != own.side]
    return Heading(
        id=own.conversation_id,
        profile_id=profiles[0] if profiles else None,
        others=_faces(seats, 1 - own.side),
        own_side=_faces(seats, own.side),
        readers=[*_faces(seats, 1 - own.side), *(_face(seat) for seat in _partner(own, seats))],
        is_open=access.is_open(own.conversation),
    )


def name_of_others(seat: Participant) -> str:
    return " & ".join(face.name or _("Someone who left") for face in heading_for(seat).others)


def accounts_of_others(seat: Participant) -> tuple[UUID, ...]:
    others = Participant.objects.filter(conversation=seat.conversation_id, account__isnull=False)
    return tuple(others.exclude(side=seat.side).values_list("account_id", flat=True))


def written(message_id: UUID) -> Written:
    message = Message.objects.select_related("participant__persona").filter(pk=message_id).first()
    if message is None:
        raise NotThere
    text = message.envelope["text"] if message.envelope else ""
    return Written(text=text, name=_face(message.participant).name, author_id=message.author_id)


def talk_for(seat: Participant, *, before: UUID | None = None) -> Talk:
    """The newest page of a conversation as this seat sees it, or the page that ends before a message."""
    newest = list(_before(seat.conversation, before).order_by("-sent_at")[: PAGE + 1])
    shown = newest[:PAGE][::-1]
    seats = _opened(seat.conversation, shown)
    return Talk(
        heading=_heading(seat, seats),
        lines=_lines(shown, seat, seats),
        older=shown[0].pk if len(newest) > PAGE else None,
    )


def lines_after(seat: Participant, message_id: UUID | None) -> list[Line]:
    """What was written after a message the page already shows, or everything when it shows none."""
    messages = Message.objects.filter(conversation=seat.conversation_id).order_by("sent_at")
    shown_last = messages.filter(pk=message_id).first() if message_id else None
    if shown_last is not None:
        messages = messages.filter(sent_at__gt=shown_last.sent_at)
    news = list(messages[:PAGE])
    seats = _opened(seat.conversation, news)
    return _lines(news, seat, seats, since=shown_last)


def line_for(seat: Participant, message: Message) -> Line:
    (line,) = _lines([message], seat, _opened(seat.conversation, [message]), since=message)
    return line


def _before(conversation: Conversation, message_id: UUID | None) -> QuerySet[Message, Any]:
    messages = Message.objects.filter(conversation=conversation)
    if message_id is None:
        return messages
    anchor = messages.filter(pk=message_id).values("sent_at")
    return messages.filter(sent_at__lt=Subquery(anchor))


def _opened(conversation: Conversation, messages: Sequence[Message]) -> list[Participant]:
    """The seats of a conversation, with every key the page needs fetched in one query."""
    seats = _seats_of([conversation.pk])[conversation.pk]
    vault.warm(messages, _personas(seats))
    return seats


def _lines(
    messages: Sequence[Message],
    own: Participant,
    seats: Sequence[Participant],
    *,
    since: Message | None = None,
) -> list[Line]:
    hidden = hidden_for(own.account_id)
    lines, day, reasons = [], day_of(since.sent_at) if since else None, _reasons(messages, own)
    for message in messages:
        begins = day_of(message.sent_at)
        line = _line(message, own, seats, day=day_words(begins) if begins != day else "")
        caution = _caution(message, own, seats)
        is_aside = not line.is_mine and hidden.is_in(line.text)
        reason = reasons.get(message.pk, "")
        lines.append(replace(line, reason=reason, caution=caution, is_aside=is_aside))
        day = begins
    return lines


def _caution(message: Message, own: Participant, seats: Sequence[Participant]) -> str:
    """What a reader is warned of. Never a writer, nor their partner."""
    is_ours = any(seat.pk == message.participant_id and seat.side == own.side for seat in seats)
    return cautions.caution_in(_text(message) or "") if not is_ours else ""


def _text(message: Message) -> str | None:
    return message.envelope["text"] if message.envelope else None


def _reasons(messages: Iterable[Message], own: Participant) -> dict[UUID, str]:
    """Why a moderator removed what this reader wrote. Nobody else reads that."""
    removed = [m.pk for m in messages if m.removed_by == RemovedBy.MODERATOR and m.participant_id == own.pk]
    return moderation.reasons("message", removed) if removed else {}


def _line(message: Message, own: Participant, seats: Sequence[Participant], *, day: str = "") -> Line:
    writer = next(seat for seat in seats if seat.pk == message.participant_id)
    text = _text(message)
    return Line(
        id=message.pk,
        conversation_id=message.conversation_id,
        by=_face(writer),
        is_mine=writer.pk == own.pk,
        is_second=writer.is_second,
        sent_at=message.sent_at,
        text=text,
        client_key=message.client_key,
        why_gone="" if text is not None else message.why_gone,
        day=day,
    )
