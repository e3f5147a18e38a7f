"""Where the bytes of photos in conversations lie: sealed files under their author's key, in three sizes."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from positivesocials.core.images import Picture
from positivesocials.messaging.models import SentPhoto
from positivesocials.vault import files

FOLDER = "sent"
FULL, SMALL, BLURRED = "full", "small", "blurred"
SIZES = (FULL, SMALL, BLURRED)


def file_name(pk: UUID, size: str) -> str:
    return f"{FOLDER}/{pk.hex}.{size}"


def keep(photo: SentPhoto, picture: Picture) -> None:
    sizes = {FULL: picture.data, SMALL: picture.small, BLURRED: picture.blurred}
    for size, data in sizes.items():
        files.keep(photo.key_owner, file_name(photo.pk, size), data)


def drop_files(ids: Iterable[UUID]) -> None:
    files.drop(file_name(pk, size) for pk in ids for size in SIZES)


@transaction.atomic
def drop(ids: Iterable[UUID]) -> None:
    """These photos are gone, with every size of them. The messages that they came with stay."""
    found = list(ids)
    SentPhoto.objects.filter(pk__in=found).delete()
    transaction.on_commit(partial(drop_files, found))


def drop_of(message_id: UUID) -> None:
    drop(SentPhoto.objects.filter(message=message_id).values_list("pk", flat=True))
