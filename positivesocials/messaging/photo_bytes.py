"""Where the bytes of photos in conversations lie: sealed files under their author's key, in three sizes."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import transaction

from positivesocials.messaging.models import SentPhoto
from positivesocials.vault.pictures import Shelf

SHELF = Shelf("sent")


@transaction.atomic
def drop(ids: Iterable[UUID]) -> None:
    """These photos are gone, with every size of them. The messages that they came with stay."""
    found = list(ids)
    SentPhoto.objects.filter(pk__in=found).delete()
    transaction.on_commit(partial(SHELF.drop, found))


def drop_of(message_id: UUID) -> None:
    drop(SentPhoto.objects.filter(message=message_id).values_list("pk", flat=True))
