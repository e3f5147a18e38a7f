"""What the pages show: who sits in a conversation, what was written, what is unread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.messaging import access, aside
from positivesocials.messaging.days import when
from positivesocials.messaging.lines import Face, Line, face_of, line_of, lines_of
from positivesocials.messaging.models import Conversation, Draft, Message, Participant
from positivesocials.profiles import badges
from positivesocials.safety import selectors as safety
from positivesocials.safety.hidden_words import hidden_for
from positivesocials.vault import fields as vault

PAGE = 50
LIST_PAGE = 30
ROOM_AFTER = 10
ALL, UNREAD, ARCHIVED = "all", "unread", "archived"


@dataclass(frozen=True)
class Writer:
    """Who wrote one message, for a report."""

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
    is_muted: bool = False
    is_archived: bool = False


@dataclass(frozen=True)
class Talk:
    """One page of a conversation. `older` and `newer` are messages: before them the pages around it end."""

    heading: Heading
    lines: Sequence[Line]
    older: UUID | None
    newer: UUID | None = None
    is_newest: bool = True


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
    is_muted: bool = False
    has_draft: bool = False
    is_aside: bool = False


@dataclass(frozen=True)
class ItemPage:
    items: Sequence[Item]
    page: int
    has_more: bool
    show: str = ALL


def unread_count(account: Account) -> int:
    """What others wrote and the account has not opened yet, where it sits and has not muted."""
    # Every page asks, and mostly there is nothing: then nobody needs to know whom a block hides.
    if not _written_to(account).exists():
        return 0
    unread = _unread(account)
    return unread.count() - aside.put_aside(account, unread).total()


def _unread(account: Account) -> QuerySet[Message]:
    return _written_to(account).exclude(conversation__in=_hidden_from(account))


def _written_to(account: Account) -> QuerySet[Message]:
    unread = Message.objects.filter(
        conversation__participants__account=account,
        conversation__participants__left_at=None,
        conversation__participants__muted_at=None,
        conversation__participants__read_up_to_at__lt=F("sent_at"),
        removed_at=None,
    )
    return unread.exclude(author_id=account.pk)


def _hidden_from(viewer: Account) -> QuerySet[Participant, Any]:
    """Conversations with somebody whom a block keeps away, whoever blocked whom."""
    hidden = safety.hidden_from(viewer)
    return Participant.objects.filter(account__in=hidden).values("conversation")


def conversations_of(viewer: Account, *, page: int = 1, show: str = ALL) -> ItemPage:
    """The viewer's conversations, the liveliest first; `show` says which of them."""
    start = (max(page, 1) - 1) * LIST_PAGE
    own = list(_filtered(_own_seats(viewer), show)[start : start + LIST_PAGE + 1])
    shown = own[:LIST_PAGE]
    seats = _seats_of(seat.conversation_id for seat in shown)
    lasts = Message.objects.in_bulk([seat.last_id for seat in shown if seat.last_id])
    vault.warm(lasts.values(), _personas(seat for group in seats.values() for seat in group))
    items = [_item(seat, seats[seat.conversation_id], lasts.get(seat.last_id)) for seat in shown]
    items = _put_aside(viewer, items)
    return ItemPage(items=items, page=max(page, 1), has_more=len(own) > LIST_PAGE, show=show)


def _filtered(seats: QuerySet[Any, Any], show: str) -> QuerySet[Any, Any]:
    """What waits to be read is found under unread wherever it was put."""
    if show == UNREAD:
        return seats.filter(unread__gt=0)
    archived = Q(archived_up_to_at__gte=F("conversation__last_at"))
    return seats.filter(archived) if show == ARCHIVED else seats.exclude(archived)


def seats_of(viewer: Account) -> QuerySet[Participant, Any]:
    """Where the viewer sits and may read."""
    own = Participant.objects.filter(account=viewer, left_at=None).select_related("conversation")
    return own.exclude(conversation__in=_hidden_from(viewer))


def others_of(own: Sequence[Participant]) -> dict[UUID, list[Face]]:
    """Who sits opposite, by conversation."""
    seats = _seats_of(seat.conversation_id for seat in own)
    vault.warm(_personas(seat for group in seats.values() for seat in group))
    return {seat.conversation_id: _faces(seats[seat.conversation_id], 1 - seat.side) for seat in own}


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
        seats_of(viewer)
        .annotate(
            last_id=Subquery(messages.values("pk")[:1]),
            has_draft=Exists(Draft.objects.filter(participant=OuterRef("pk"), text__isnull=False)),
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
        last=line_of(last, own, seats) if last else None,
        at=own.conversation.last_at,
        when=when(own.conversation.last_at),
        unread=own.unread,
        is_muted=own.muted_at is not None,
        has_draft=own.has_draft,
    )


def _faces(seats: Iterable[Participant], side: int) -> list[Face]:
    return [face_of(seat) for seat in seats if seat.side == side]


def _partner(own: Participant, seats: Iterable[Participant]) -> list[Participant]:
    return [seat for seat in seats if seat.side == own.side and seat.pk != own.pk]


def heading_for(seat: Participant) -> Heading:
    return _heading(seat, _opened(seat.conversation, []))


def _heading(own: Participant, seats: Sequence[Participant]) -> Heading:
    opposite = [seat for seat in seats if seat.side != own.side]
    given = badges.of_all((seat.pk, seat.persona) for seat in opposite)
    others = [replace(face_of(seat), badges=given.get(seat.pk, ())) for seat in opposite]
    return Heading(
        id=own.conversation_id,
        profile_id=opposite[0].profile_id if opposite else None,
        others=others,
        own_side=_faces(seats, own.side),
        readers=[*others, *(face_of(seat) for seat in _partner(own, seats))],
        is_open=access.is_open(own.conversation),
        is_muted=own.muted_at is not None,
        is_archived=own.is_archived,
    )


def name_of_others(seat: Participant) -> str:
    return " & ".join(face.name or _("Someone who left") for face in heading_for(seat).others)


def accounts_of_others(seat: Participant) -> tuple[UUID, ...]:
    others = Participant.objects.filter(conversation=seat.conversation_id, account__isnull=False)
    return tuple(others.exclude(side=seat.side).values_list("account_id", flat=True))


def writer_of(message_id: UUID) -> Writer:
    message = Message.objects.select_related("participant__persona").filter(pk=message_id).first()
    if message is None:
        raise NotThere
    return Writer(name=face_of(message.participant).name, author_id=message.author_id)


def talk_for(seat: Participant, *, before: UUID | None = None) -> Talk:
    """The newest page of a conversation as this seat sees it, or the page that ends before a message."""
    newest = list(_before(seat.conversation, before).order_by("-sent_at")[: PAGE + 1])
    shown = newest[:PAGE][::-1]
    seats = _opened(seat.conversation, shown)
    later = _later(shown[-1], PAGE + 1) if before and shown else []
    return Talk(
        heading=_heading(seat, seats),
        lines=lines_of(shown, seat, seats),
        older=shown[0].pk if len(newest) > PAGE else None,
        newer=later[PAGE] if len(later) > PAGE else None,
        is_newest=not later,
    )


def _later(message: Message, most: int) -> list[UUID]:
    later = Message.objects.filter(conversation=message.conversation_id, sent_at__gt=message.sent_at)
    return list(later.order_by("sent_at").values_list("pk", flat=True)[:most])


def page_around(message: Message) -> UUID | None:
    """Before which message a page ends that shows this one and a few after it; None for the newest."""
    later = _later(message, ROOM_AFTER + 1)
    return later[ROOM_AFTER] if len(later) > ROOM_AFTER else None


def lines_after(seat: Participant, message_id: UUID | None) -> list[Line]:
    """What was written after a message the page already shows, or everything when it shows none."""
    messages = Message.objects.filter(conversation=seat.conversation_id).order_by("sent_at")
    shown_last = messages.filter(pk=message_id).first() if message_id else None
    if shown_last is not None:
        messages = messages.filter(sent_at__gt=shown_last.sent_at)
    news = list(messages[:PAGE])
    seats = _opened(seat.conversation, news)
    return lines_of(news, seat, seats, since=shown_last)


def line_for(seat: Participant, message: Message) -> Line:
    (line,) = lines_of([message], seat, _opened(seat.conversation, [message]), since=message)
    return line


def _before(conversation: Conversation, message_id: UUID | None) -> QuerySet[Message, Any]:
    messages = Message.objects.filter(conversation=conversation)
    if message_id is None:
        return messages
    anchor = messages.filter(pk=message_id).values("sent_at")
    return messages.filter(sent_at__lt=Subquery(anchor))


def _opened(conversation: Conversation, messages: Sequence[Message]) -> list[Participant]:
    """The seats of a conversation, with every key the page needs fetched in one query."""
    seats = access.seats_in(conversation)
    vault.warm(messages, _personas(seats))
    return seats
