"""Pages of a list that is ordered newest first: the next one begins below the last row of this one.

What is written meanwhile moves nothing, and a later page takes no longer than the first.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, Self
from uuid import UUID

from django.db.models import Q

ORDER = ("-written_at", "-id")
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
# What the clock counts in: whole numbers go through an address unchanged.
TICK = timedelta(microseconds=1)


class Written(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def written_at(self) -> datetime: ...


@dataclass(frozen=True)
class Place:
    """Where a row stands in the list. As text it goes into an address."""

    written_at: datetime
    id: UUID

    @classmethod
    def of(cls, row: Written) -> Self:
        return cls(row.written_at, row.id)

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """None for anything that this class did not write: the list then begins at its beginning."""
        ticks, _dot, name = (text or "")[:80].partition(".")
        try:
            return cls(BEGINNING + int(ticks) * TICK, UUID(name))
        except (ValueError, OverflowError):
            return None

    def __str__(self) -> str:
        return f"{(self.written_at - BEGINNING) // TICK}.{self.id.hex}"

    def below(self) -> Q:
        """What stands further down. The first condition is implied, and lets an index begin there."""
        return Q(written_at__lte=self.written_at) & (Q(written_at__lt=self.written_at) | Q(id__lt=self.id))
