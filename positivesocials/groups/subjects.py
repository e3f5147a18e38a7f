"""What a group of some kind is about: a circle, a town, a language. The other kinds need no subject."""

from positivesocials.groups.models import Group, Kind
from positivesocials.profiles import circles, places
from positivesocials.profiles.choices import LANGUAGES


def is_known(kind: str, subject: str) -> bool:
    """Whether a group of this kind can be about this."""
    if kind in (Kind.CIRCLE, Kind.PLACE, Kind.LANGUAGE):
        return bool(_name(kind, subject))
    return not subject


def name_of(group: Group) -> str:
    """In the reader's language; nothing for a group of a kind without subjects."""
    return _name(group.kind, group.subject or "")


def _name(kind: str, subject: str) -> str:
    if kind == Kind.CIRCLE:
        circle = circles.circle(subject)
        return circle.name if circle else ""
    if kind == Kind.PLACE:
        town = places.town(subject)
        return town.name if town else ""
    return str(LANGUAGES.get(subject, "")) if kind == Kind.LANGUAGE else ""
