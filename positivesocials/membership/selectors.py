from dataclasses import dataclass
from datetime import date

from positivesocials.membership.models import FREE_UNTIL, MemberCount


@dataclass(frozen=True)
class PublicCount:
    members: int
    of: int
    counted_on: date | None


def public_count() -> PublicCount:
    """The member count as of midnight, for everyone to see."""
    row = MemberCount.objects.order_by("-counted_on").first()
    return PublicCount(row.members if row else 0, FREE_UNTIL, row.counted_on if row else None)
