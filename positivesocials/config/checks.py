"""What `positivesocials check` looks at: each finding is one sentence that says what to do."""

import stat
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from positivesocials.audit import selectors as audit
from positivesocials.audit.models import AuditRecord
from positivesocials.config import start, surroundings
from positivesocials.config.trouble import Trouble
from positivesocials.vault import keyfile

OTHERS = stat.S_IRWXG | stat.S_IRWXO
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
SEALED_LINES = {"require", "verify-ca", "verify-full"}


def findings() -> list[str]:
    found = [*_settings(), *open_lines(settings.DATABASES), *surroundings.findings()]
    try:
        found += _keys()
        start.refuse_wrong_keys()
        found += _audit()
    except Trouble as trouble:
        found.append(trouble.sentence)
    return found


def open_lines(databases: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Databases on another machine that are reached without TLS."""
    variables = {"default": "POSITIVESOCIALS_DATABASE_URL", "keys": "POSITIVESOCIALS_KEYS_DATABASE_URL"}
    for alias, variable in variables.items():
        host, options = databases[alias].get("HOST", ""), databases[alias].get("OPTIONS", {})
        if host and host not in LOOPBACK and options.get("sslmode") not in SEALED_LINES:
            yield f"The line to the database on {host} is open: add ?sslmode=verify-full to {variable}."


def _settings() -> Iterator[str]:
    if settings.DEBUG:
        yield "Debug pages show secrets: unset POSITIVESOCIALS_DEBUG."
    if settings.DEMO:
        return
    if not settings.HTTPS:
        yield "Members' sign-ins need HTTPS: put a proxy in front and set POSITIVESOCIALS_ORIGIN to https://..."
    if not settings.DELIVER_MAIL:
        yield "No mail leaves this instance: set POSITIVESOCIALS_MAIL_URL."
    if not settings.SOURCE_URL:
        yield "The licence asks that members can get the source: set POSITIVESOCIALS_SOURCE_URL."


def _keys() -> Iterator[str]:
    path = keyfile.path_in(settings.KEYS)
    try:
        keyfile.load(settings.KEYS)
    except keyfile.KeyFileProblem as problem:
        raise Trouble(str(problem)) from None
    if path.stat().st_mode & OTHERS:
        yield f"Others can read the key file: chmod 400 {path}"
    if settings.DATA.stat().st_mode & OTHERS:
        yield f"Others can look into the data folder: chmod 700 {settings.DATA}"
    if not settings.DEMO and path.stat().st_dev == settings.DATA.stat().st_dev:
        yield (
            "The key file lies on the same disk as the data: set POSITIVESOCIALS_KEYS to a folder on another "
            "device or to a systemd credential."
        )


def _audit() -> Iterator[str]:
    try:
        is_there = AuditRecord._meta.db_table in connection.introspection.table_names()
        broken = audit.first_broken() if is_there else None
    except DatabaseError:
        raise Trouble("The record of what the staff did cannot be read: restore the database.") from None
    if broken:
        yield (
            f"The record of what the staff did was tampered with at number {broken}: "
            "compare it with a backup to see what is different."
        )
