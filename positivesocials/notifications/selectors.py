from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.notifications import registry
from positivesocials.notifications.choices import Choice
from positivesocials.notifications.models import Chosen, Notice, PushAddress

MOST = 200


@dataclass(frozen=True)
class Line:
    id: UUID
    words: str
    icon: str
    made_at: datetime
    is_new: bool


@dataclass(frozen=True)
class Day:
    at: datetime
    lines: list[Line]


def unseen_count(account: Account) -> int:
    return Notice.objects.filter(account=account, seen_at=None, is_shown=True).count()


def targets_of(account: Account) -> set[UUID]:
    """What all that this account was told is about."""
    return set(Notice.objects.filter(account=account).values_list("target", flat=True))


def choice_of(account_id: UUID) -> Choice:
    row = Chosen.objects.filter(account_id=account_id).first()
    return Choice.from_dict(row.choice) if row else Choice()


def has_chosen(account: Account) -> bool:
    return Chosen.objects.filter(account=account).exists()


def device_count(account: Account) -> int:
    return PushAddress.objects.filter(account=account).count()


def days_of(account: Account) -> list[Day]:
    """What the account was told, the latest first, by the day in the site's time."""
    rows = Notice.objects.filter(account=account, is_shown=True).order_by("-made_at", "pk")[:MOST]
    lines = [line for row in rows if (line := _line(row)) is not None]
    by_day = groupby(lines, key=lambda line: timezone.localdate(line.made_at))
    return [Day(found[0].made_at, found) for found in (list(group) for _day, group in by_day)]


def _line(row: Notice) -> Line | None:
    """None for a kind that this version of the site does not know any more."""
    kind = registry.kind(row.kind)
    if kind is None:
        return None
    return Line(row.pk, str(kind.words), kind.icon, row.made_at, is_new=row.seen_at is None)
