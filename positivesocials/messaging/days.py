"""Moments in words: the time today, the day before."""

from datetime import date, datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def when(moment: datetime) -> str:
    """The time today, only the day before."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return formats.date_format(local, pgettext("date format", "H:i"))
    return day_words(local.date())


def day_of(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def day_words(day: date) -> str:
    today = timezone.localdate()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    if today - timedelta(days=7) < day < today:
        return formats.date_format(day, "l")
    same_year = day.year == today.year
    return formats.date_format(
        day, pgettext("date format", "j F") if same_year else pgettext("date format", "j F Y")
    )
