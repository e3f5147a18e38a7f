"""Working days: Monday to Friday on the calendar of the site. Holidays differ by place, and none is known."""

from datetime import date, datetime, timedelta

from django.utils import timezone

PROMISED = 2
SATURDAY = 5


def due_on(asked_at: datetime) -> date:
    """The last day on which an answer still comes in time.

    >>> from datetime import UTC
    >>> due_on(datetime(2026, 11, 27, 12, tzinfo=UTC)).strftime("%A")
    'Tuesday'
    """
    day, left = timezone.localdate(asked_at), PROMISED
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def is_late(asked_at: datetime, *, today: date | None = None) -> bool:
    return (today or timezone.localdate()) > due_on(asked_at)
