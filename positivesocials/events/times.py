"""When an event is: in the reader's own time zone, with the event's beside it where the two differ."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import Refused
from positivesocials.notifications import selectors as notifications
from positivesocials.notifications.choices import zones
from positivesocials.profiles import places
from positivesocials.profiles import selectors as profiles

NOWHERE = "UTC"


@dataclass(frozen=True)
class When:
    """`words` are by the reader's clock; `there` is the same by the event's, empty where that is the same."""

    starts_at: datetime
    words: str
    zone: str
    there: str
    zone_there: str


def zone_of(account: Account | None) -> str | None:
    """What the account chose, else that of its place; None where neither says anything.

    UTC is what the choice begins with: it says nothing.
    """
    if account is None:
        return None
    chosen = notifications.choice_of(account.pk).zone
    if chosen != NOWHERE:
        return chosen
    profile = profiles.profile_of(account)
    town = places.town_of(profile.said.place) if profile else None
    return town.time_zone if town and town.time_zone in zones() else None


def when(starts_at: datetime, ends_at: datetime, *, zone: str | None, own: str | None) -> When:
    there = ZoneInfo(zone if zone in zones() else NOWHERE)
    here = ZoneInfo(own) if own else there
    is_one = all(_offset(each, here) == _offset(each, there) for each in (starts_at, ends_at))
    return When(
        starts_at=starts_at.astimezone(here),
        words=_span(starts_at.astimezone(here), ends_at.astimezone(here)),
        zone=named(here.key),
        there="" if is_one else _span(starts_at.astimezone(there), ends_at.astimezone(there)),
        zone_there=named(there.key),
    )


def named(zone: str) -> str:
    return zone.replace("_", " ")


def moment(day: date, clock: time, zone: str) -> datetime:
    """What a clock in that zone shows then. Of an hour that comes twice, the first."""
    there = datetime.combine(day, clock, ZoneInfo(zone))
    again = there.astimezone(UTC).astimezone(there.tzinfo)
    if again.replace(tzinfo=None) != there.replace(tzinfo=None):
        raise Refused(_("The clocks go forward on that day: choose a time before or after that hour."))
    return there


def _offset(each: datetime, zone: ZoneInfo) -> object:
    return each.astimezone(zone).utcoffset()


def _span(starts: datetime, ends: datetime) -> str:
    day, clock = pgettext("date format", "l j F Y"), pgettext("date format", "H:i")
    words = {
        "day": formats.date_format(starts, day),
        "from": formats.date_format(starts, clock),
        "until": formats.date_format(ends, clock),
        "last_day": formats.date_format(ends, day),
    }
    if starts.date() == ends.date():
        return _("%(day)s, %(from)s to %(until)s") % words
    return _("%(day)s, %(from)s, to %(last_day)s, %(until)s") % words
