"""What somebody chose to be told, by which ways, how often by mail, and when not at all."""

from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

HERE, DEVICES, MAIL = "here", "devices", "mail"
WAYS = (HERE, DEVICES, MAIL)
NEVER, WEEKLY, AT_ONCE = "never", "weekly", "at-once"
HOW_OFTEN = (NEVER, WEEKLY, AT_ONCE)
# What happens within this time is one mail.
TOGETHER = timedelta(minutes=5)
MONDAY, MORNING = 0, time(9)
A_DAY = timedelta(days=1)


@cache
def zones() -> tuple[str, ...]:
    """Time zones by the names of their cities; names of offsets and older names are left out."""
    regions = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return ("UTC", *sorted(name for name in available_timezones() if name.startswith(regions)))


@dataclass(frozen=True)
class Choice:
    """`off` holds the ways that are switched off, by kind. Quiet hours are from one full hour to another,
    over midnight too; the same hour twice means none.
    """

    off: dict[str, list[str]] = field(default_factory=dict)
    mail: str = NEVER
    quiet_from: int = 0
    quiet_to: int = 0
    zone: str = "UTC"
    language: str = ""

    @classmethod
    def from_dict(cls, kept: Any) -> "Choice":
        known = {name: kept[name] for name in cls.__dataclass_fields__ if name in kept} if kept else {}
        choice = cls(**known)
        return choice if choice.zone in zones() else cls(**{**known, "zone": "UTC"})

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    def ways_for(self, kind: str) -> list[str]:
        return [way for way in WAYS if way not in self.off.get(kind, ())]

    def after_quiet(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the quiet hours that it lies in."""
        local = moment.astimezone(ZoneInfo(self.zone))
        if not self._is_quiet(local.hour):
            return moment
        day = local if local.hour < self.quiet_to else local + A_DAY
        return day.replace(hour=self.quiet_to, minute=0, second=0, microsecond=0).astimezone(UTC)

    def _is_quiet(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= hour < self.quiet_to
        return hour >= self.quiet_from or hour < self.quiet_to

    def mail_at(self, moment: datetime) -> datetime | None:
        """When what happens at this moment is mailed; None if it never is."""
        if self.mail == AT_ONCE:
            return self.after_quiet(moment + TOGETHER)
        return self.after_quiet(self._next_monday(moment)) if self.mail == WEEKLY else None

    def _next_monday(self, moment: datetime) -> datetime:
        local = moment.astimezone(ZoneInfo(self.zone))
        day = local + A_DAY * ((MONDAY - local.weekday()) % 7)
        monday = day.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
        return (monday if monday > local else monday + 7 * A_DAY).astimezone(UTC)
