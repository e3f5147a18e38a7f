"""What `positivesocials check` says of what lies around: lines, passwords of services, the source."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

LOOPBACK = {"localhost", "127.0.0.1", "::1", ""}
HISTORY = (".git", ".hg", ".svn")
# Written by requirements/lock.py; the period stands in docs/decisions, with those for known flaws.
RENEWED = re.compile(r"^# Renewed on (\d{4}-\d\d-\d\d)\.$", re.MULTILINE)
RENEW_WITHIN = timedelta(days=90)


def findings() -> Iterator[str]:
    if settings.DEMO:
        return
    yield from open_mail(settings.EMAIL_HOST, sealed=settings.EMAIL_USE_TLS)
    yield from open_redis(settings.REDIS_URL)
    yield from old_libraries(settings.PACKAGE.parent / "requirements" / "runtime.txt")
    for database in settings.DATABASES.values():
        yield from unchecked(database)


def old_libraries(lock: Path) -> Iterator[str]:
    """Flaws become known with time: the libraries here were chosen when their lock was renewed."""
    found = RENEWED.search(lock.read_text()) if lock.exists() else None
    age = timezone.localdate() - date.fromisoformat(found[1]) if found else timedelta()
    if age > RENEW_WITHIN:
        yield f"The libraries of this version were chosen {age.days} days ago: update to a newer version."


def open_mail(host: str, *, sealed: bool) -> Iterator[str]:
    if host not in LOOPBACK and not sealed:
        yield f"Mails go to {host} in the open: write smtp+tls:// in POSITIVESOCIALS_MAIL_URL."


def open_redis(url: str) -> Iterator[str]:
    parts = urlsplit(url)
    if (parts.hostname or "") not in LOOPBACK and parts.scheme != "rediss":
        yield f"The line to {parts.hostname} is open: write rediss:// in POSITIVESOCIALS_REDIS_URL."


def unchecked(database: Mapping[str, Any]) -> Iterator[str]:
    """A line that is sealed without asking who is at its other end."""
    host, mode = database.get("HOST", ""), (database.get("OPTIONS") or {}).get("sslmode")
    if host not in LOOPBACK and mode == "require":
        yield f"Nobody checks that {host} is the database: use sslmode=verify-full instead of require."


def history(folder: Path) -> Iterator[str]:
    """The history of the source has no business where the site runs: old secrets hide in such folders."""
    for name in HISTORY:
        if (folder / name).exists():
            yield f"The history of the source lies beside it: run a release, or remove {folder / name}."
