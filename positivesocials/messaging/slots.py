"""Places inside a conversation that contexts above fill: messaging does not know what they show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from positivesocials.messaging.models import Participant
from positivesocials.profiles.models import Profile


class Slot(StrEnum):
    CHOICES = "choices"  # Items of the list "Your choices", beside the conversation.


@dataclass(frozen=True)
class Filling:
    """A template of the context above, and what it shows: in the template `it`."""

    template: str
    it: Mapping[str, Any]


# For an own profile and the other's; None where there is nothing to show.
Fill = Callable[[Profile, Profile], Filling | None]
_fills: dict[Slot, list[Fill]] = {}


def fill(slot: Slot, by: Fill) -> None:
    """A context above registers what it shows there."""
    fills = _fills.setdefault(slot, [])
    if by not in fills:
        fills.append(by)


def filled(slot: Slot, seat: Participant) -> list[Filling]:
    """What contexts above show there to whoever sits in this seat."""
    sides = Profile.objects.standing().with_faces()
    own = sides.filter(pk=seat.profile_id).first() if seat.profile_id else None
    others = seat.conversation.participants.exclude(side=seat.side).values("profile")
    other = sides.filter(pk__in=others).first()
    if own is None or other is None:
        return []
    return [found for by in _fills.get(slot, ()) if (found := by(own, other)) is not None]
