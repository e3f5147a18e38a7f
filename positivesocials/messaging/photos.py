"""Photos in conversations: sending one, and the ends it comes to."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core import images
from positivesocials.core.jobs import every
from positivesocials.messaging import access, composing, photo_bytes, services
from positivesocials.messaging.models import Message, Participant, SentPhoto
from positivesocials.messaging.photo_bytes import SHELF

ENDS = {"": None, "1": timedelta(days=1), "7": timedelta(days=7)}


def send(
    actor: Account, conversation_id: UUID, *, data: bytes, text: str, client_key: str, ends: str
) -> Message:
    """One photo, drawn anew without what it told of itself, as a message with or without words. Once per key.

    Refuses files that are no still picture (core/images.py). Nothing of a refused one is kept.
    """
    seat = access.get_own_seat(actor, conversation_id)
    sent = Message.objects.filter(participant=seat, client_key=client_key).first()
    if sent is not None:
        return sent
    if not access.may_send_photo(seat):
        raise services.ConversationClosed
    packed = composing.pack_photo(text)
    picture = images.reencoded(data)
    photo = SentPhoto(author_id=actor.pk, width=picture.width, height=picture.height)
    SHELF.keep(photo.key_owner, photo.pk, picture)
    try:
        return _send(actor, seat, photo, packed, client_key, ENDS[ends])
    finally:
        if not SentPhoto.objects.filter(pk=photo.pk).exists():
            SHELF.drop([photo.pk])


@transaction.atomic
def _send(
    actor: Account,
    seat: Participant,
    photo: SentPhoto,
    packed: object,
    client_key: str,
    lasts: timedelta | None,
) -> Message:
    message = services.send(actor, seat.conversation_id, packed=packed, client_key=client_key)
    # The same key at the same moment: the other one's photo stands.
    if not SentPhoto.objects.filter(message=message).exists():
        photo.message = message
        photo.ends_at = message.sent_at + lasts if lasts else None
        photo.save(force_insert=True)
    return message


@transaction.atomic
def drop_between(one_id: UUID, other_ids: Iterable[UUID]) -> None:
    """A block: no photo is left in what they share, whoever sent it."""
    mine = Participant.objects.filter(account=one_id).values("conversation")
    theirs = Participant.objects.filter(account__in=list(other_ids)).values("conversation")
    shared = SentPhoto.objects.filter(message__conversation__in=mine)
    photo_bytes.drop(shared.filter(message__conversation__in=theirs).values_list("pk", flat=True))


@every(seconds=600)
def end_photos() -> None:
    """Photos whose time is over are gone, and those of erased accounts, and files without a row."""
    photo_bytes.drop(SentPhoto.objects.filter(ends_at__lte=timezone.now()).values_list("pk", flat=True))
    author = Account.objects.filter(pk=OuterRef("author_id"))
    photo_bytes.drop(SentPhoto.objects.filter(~Exists(author)).values_list("pk", flat=True))
    SHELF.sweep(SentPhoto.objects.all())
