"""Rate limits in the database, so that every process counts the same and a restart forgets nothing."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.core.jobs import every
from positivesocials.core.models import RateCount
from positivesocials.core.refusals import TooMany

KEEP = timedelta(hours=72)


def _key(action: str, subject: str, window_at: datetime) -> str:
    # The day is part of the key, so that yesterday's counts cannot be tied to today's.
    text = f"{window_at:%Y-%m-%d}|{action}|{subject}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def is_free(action: str, subject: str, *, limit: int, seconds: int) -> bool:
    """Count one try of `action` by `subject`; say whether it stayed within `limit` per `seconds`."""
    now = timezone.now()
    window_at = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=UTC)
    key = _key(action, subject, window_at)
    row = RateCount.objects.filter(key=key, window_at=window_at, count__lt=limit)
    # Together: where one writes at a time, each waits its turn once.
    with transaction.atomic():
        if row.update(count=F("count") + 1):
            return True
        RateCount.objects.bulk_create([RateCount(key=key, window_at=window_at)], ignore_conflicts=True)
        return row.update(count=F("count") + 1) == 1


def take(action: str, subject: str, *, limit: int, seconds: int) -> None:
    """As `is_free`, but raises `TooMany`. Call it outside a transaction: a refusal must stay counted."""
    if not is_free(action, subject, limit=limit, seconds=seconds):
        raise TooMany(_("That was a lot in a short time. Please try again later."), retry_after=seconds)


@every(seconds=3600)
def forget_old_counts() -> None:
    RateCount.objects.filter(window_at__lt=timezone.now() - KEEP).delete()
