"""An event as a file for a calendar (RFC 5545). A phone shows its calendar to whoever looks at it, and
carries it to other firms: by default the file says a neutral word and nothing else.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

LINE = 75


def neutral(*, uid: UUID, starts_at: datetime, ends_at: datetime) -> str:
    return written(uid=uid, starts_at=starts_at, ends_at=ends_at, summary=_("Appointment"))


def written(
    *,
    uid: UUID,
    starts_at: datetime,
    ends_at: datetime,
    summary: str,
    location: str = "",
    description: str = "",
) -> str:
    """`uid` is of one person's attendance: two calendars with one event have nothing in common."""
    told = {"LOCATION": location, "DESCRIPTION": description}
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(timezone.now())}",
        f"DTSTART:{_utc(starts_at)}",
        f"DTEND:{_utc(ends_at)}",
        f"SUMMARY:{_escaped(summary)}",
        *(f"{name}:{_escaped(text)}" for name, text in told.items() if text),
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """At most 75 bytes a line; what goes on begins with a space. Never inside of a letter."""
    part, size = "", 0
    for letter in line:
        length = len(letter.encode())
        if size + length > LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + length
    yield part
