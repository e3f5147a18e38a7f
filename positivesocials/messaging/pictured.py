"""Photos in conversations as pages show them: a blur in the line, and the picture itself when asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from positivesocials.core.refusals import NotThere
from positivesocials.messaging.models import Message, SentPhoto
from positivesocials.messaging.photo_bytes import SHELF
from positivesocials.vault.pictures import SMALL


@dataclass(frozen=True)
class Shown:
    """The photo of one message, while it is there."""

    width: int
    height: int
    ends_at: datetime | None


def photos_in(messages: Iterable[Message]) -> dict[UUID, Shown]:
    """By message. One that has ended, or whose author was erased, is not there."""
    ids = [each.pk for each in messages if each.removed_at is None]
    found = _standing().filter(message__in=ids)
    return {photo.message_id: Shown(photo.width, photo.height, photo.ends_at) for photo in found}


def data_of(message: Message, size: str) -> bytes:
    """The picture in one size. Who may see it is asked before."""
    photo = _standing().filter(message=message).first()
    data = SHELF.opened(photo.key_owner, photo.pk, size) if photo else None
    if data is None:
        raise NotThere
    return data


def copies_for_report(message: Message) -> tuple[bytes, ...]:
    try:
        return (data_of(message, SMALL),)
    except NotThere:
        return ()


def _standing() -> QuerySet[SentPhoto]:
    return SentPhoto.objects.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()))
