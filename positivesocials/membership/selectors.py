from dataclasses import dataclass
from datetime import date

from django.utils import formats

from positivesocials.membership.models import FREE_UNTIL, MemberCount


@dataclass(frozen=True)
class PublicCount:
    members: int
    of: int
    counted_on: date | None

    @property
    def members_shown(self) -> str:
        return formats.number_format(self.members, force_grouping=True)

    @property
    def of_shown(self) -> str:
        return formats.number_format(self.of, force_grouping=True)

    @property
    def square_shown(self) -> str:
        """What one of a hundred squares stands for."""
        return formats.number_format(self.of // 100, force_grouping=True)


def public_count() -> PublicCount:
    """The member count as of midnight, for everyone to see."""
    row = MemberCount.objects.order_by("-counted_on").first()
    return PublicCount(row.members if row else 0, FREE_UNTIL, row.counted_on if row else None)
