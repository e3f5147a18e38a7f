"""Whom a profile is introduced to today, as its page shows it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from positivesocials.matching import selectors
from positivesocials.matching.access import Me
from positivesocials.matching.models import Introduction
from positivesocials.matching.selectors import Card


@dataclass(frozen=True)
class Introduced:
    """`takes_part`: the profile was in the mode's last draw. `was_anybody`: somebody was drawn for it."""

    cards: list[Card]
    takes_part: bool
    was_anybody: bool


def introduced_to(me: Me, mode: str) -> Introduced:
    """Those of the last draw who still fit, each looked at on the rows as they are."""
    drawn = _drawn(me, mode)
    # Whoever was decided on, hid, left or was blocked since is not among them.
    there = selectors.around(me, mode).still(drawn) if drawn else []
    return Introduced(
        cards=selectors.cards_of(me, there, mode),
        takes_part=drawn is not None,
        was_anybody=bool(drawn),
    )


def _drawn(me: Me, mode: str) -> list[UUID] | None:
    """None where the profile took no part. Before today's draw, yesterday's is still shown."""
    yesterday = timezone.localdate() - timedelta(days=1)
    row = Introduction.objects.filter(profile=me.profile, day__gte=yesterday).order_by("-day").first()
    if row is None:
        return None
    row.profile = me.profile
    whom = (row.whom or {}).get(mode)
    return None if whom is None else [UUID(pk) for pk in whom]
