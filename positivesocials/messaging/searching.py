"""Search in one's own conversations: messages are opened in memory, the newest first, some at a time.

Nothing of it is written down: there is no index, and what was asked for stands in no address.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet

from positivesocials.accounts.models import Account
from positivesocials.messaging import reading, selectors
from positivesocials.messaging.lines import Face
from positivesocials.messaging.models import Message, Participant
from positivesocials.vault import fields as vault

OPENED, HITS = 1000, 20
AROUND = 60
TATWEEL = "\u0640"


@dataclass(frozen=True)
class Hit:
    """A message that holds all the words. `before`, `word` and `after` are what stands around the first."""

    id: UUID
    conversation_id: UUID
    others: Sequence[Face]
    is_mine: bool
    sent_at: datetime
    before: str
    word: str
    after: str


@dataclass(frozen=True)
class Found:
    """`further` is the signed place from which to look on; empty at the beginning of everything."""

    hits: Sequence[Hit]
    opened: int
    back_to: datetime | None
    further: str


def folded(text: str) -> str:
    """As it is compared: without case, accents, vowel signs and stretching.

    >>> folded("Ärger im CAFÉ")
    'arger im cafe'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each) and each != TATWEEL)


def find(
    viewer: Account, *, words: str, further: str = "", most_opened: int = OPENED, most_hits: int = HITS
) -> Found:
    """The newest messages of the viewer's own conversations that hold all the words."""
    asked = folded(words).split()
    seats = {seat.conversation_id: seat for seat in selectors.seats_of(viewer)}
    messages = list(_messages(list(seats), _place(viewer, further))[: most_opened + 1])
    hits, opened = _looked_through(messages[:most_opened], asked, most_hits)
    last = messages[opened - 1] if opened else None
    return Found(
        hits=_shown(hits, asked, seats),
        opened=opened,
        back_to=last.sent_at if last else None,
        further=_signed(viewer, last) if last and opened < len(messages) else "",
    )


def _looked_through(
    messages: Sequence[Message], asked: Sequence[str], most: int
) -> tuple[list[Message], int]:
    """What holds the words, and how many were opened until there was enough."""
    vault.warm(messages)
    hits: list[Message] = []
    for opened, message in enumerate(messages, 1):
        if asked and _holds(_text_of(message), asked):
            hits.append(message)
        if len(hits) == most:
            return hits, opened
    return hits, len(messages)


def _messages(conversations: Sequence[UUID], place: tuple[datetime, UUID] | None) -> QuerySet[Message, Any]:
    messages = Message.objects.filter(conversation__in=conversations, removed_at=None)
    if place is not None:
        moment, pk = place
        messages = messages.filter(Q(sent_at__lt=moment) | Q(sent_at=moment, pk__lt=pk))
    return messages.order_by("-sent_at", "-pk")


def _text_of(message: Message) -> str:
    return reading.said_in(message).text or ""


def _holds(text: str, asked: Sequence[str]) -> bool:
    plain = folded(text)
    return all(word in plain for word in asked)


def _shown(hits: Sequence[Message], asked: Sequence[str], seats: dict[UUID, Participant]) -> list[Hit]:
    others = selectors.others_of([seats[each] for each in {hit.conversation_id for hit in hits}])
    return [_hit(hit, asked, seats[hit.conversation_id], others[hit.conversation_id]) for hit in hits]


def _hit(message: Message, asked: Sequence[str], own: Participant, others: Sequence[Face]) -> Hit:
    before, word, after = around(_text_of(message), asked[0])
    return Hit(
        id=message.pk,
        conversation_id=message.conversation_id,
        others=others,
        is_mine=message.participant_id == own.pk,
        sent_at=message.sent_at,
        before=before,
        word=word,
        after=after,
    )


def around(text: str, word: str) -> tuple[str, str, str]:
    """The text shortened to what stands around the first `word`, which is folded and the text is not."""
    pieces = [folded(letter) for letter in text]
    origin = [place for place, piece in enumerate(pieces) for _letter in piece]
    start = max("".join(pieces).find(word), 0)
    first, last = origin[start], origin[min(start + len(word), len(origin)) - 1]
    before, after = text[:first], text[last + 1 :]
    return _end(before), text[first : last + 1], _beginning(after)


def _end(text: str) -> str:
    return text if len(text) <= AROUND else "…" + text[-AROUND:]


def _beginning(text: str) -> str:
    return text if len(text) <= AROUND else text[:AROUND] + "…"


def _signer(viewer: Account) -> signing.Signer:
    return signing.Signer(salt=f"messaging.search|{viewer.pk}")


def _signed(viewer: Account, message: Message) -> str:
    return _signer(viewer).sign_object([message.sent_at.isoformat(), message.pk.hex])


def _place(viewer: Account, further: str) -> tuple[datetime, UUID] | None:
    """Where to look on; a place that we did not sign for this viewer is the newest."""
    try:
        moment, pk = _signer(viewer).unsign_object(further)
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(moment), UUID(pk)
