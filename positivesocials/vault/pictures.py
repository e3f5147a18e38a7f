"""Pictures as sealed files: what core.images drew, in three sizes, under their owner's key.

Each context that keeps pictures has a folder of its own, and a row for each picture, which names the key.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from positivesocials.core.images import Picture
from positivesocials.vault import files
from positivesocials.vault.services import KeyOwner

FULL, SMALL, BLURRED = "full", "small", "blurred"
SIZES = (FULL, SMALL, BLURRED)
# Longer than it takes from the first file to the row.
SWEEP_AFTER = 10 * 60


@dataclass(frozen=True)
class Shelf:
    """One folder of pictures. Files come first: a row without its picture would be shown; a file without
    its row is swept.
    """

    folder: str

    def keep(self, owner: KeyOwner, pk: UUID, picture: Picture) -> None:
        sizes = {FULL: picture.data, SMALL: picture.small, BLURRED: picture.blurred}
        for size, data in sizes.items():
            files.keep(owner, self._name(pk, size), data)

    def opened(self, owner: KeyOwner, pk: UUID, size: str) -> bytes | None:
        """The picture itself; None once its file or key is gone, or for a size that there is not."""
        return files.opened(owner, self._name(pk, size)) if size in SIZES else None

    def drop(self, ids: Iterable[UUID]) -> None:
        files.drop(self._name(pk, size) for pk in ids for size in SIZES)

    def sweep(self, rows: QuerySet[Any]) -> None:
        """Files of no row are gone: of an erased account, of what ended, of a stop in between."""
        before = time.time() - SWEEP_AFTER
        names = files.names_in(self.folder)
        kept = {self._name(pk, size) for pk in rows.values_list("pk", flat=True) for size in SIZES}
        files.drop(name for name in names if name not in kept and files.written_at(name) < before)

    def _name(self, pk: UUID, size: str) -> str:
        return f"{self.folder}/{pk.hex}.{size}"
