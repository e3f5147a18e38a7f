"""What is unsafe or unfinished: each finding is one sentence that says what to do.

`positivesocials check` names all of them; `positivesocials run` refuses to start with the gravest.
"""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.utils import DatabaseError

from positivesocials.audit import selectors as audit
from positivesocials.audit.models import AuditRecord
from positivesocials.config import databases, start, surroundings
from positivesocials.config.env import keys_beside
from positivesocials.config.server import LOOPBACK
from positivesocials.config.trouble import Trouble
from positivesocials.home.selectors import facts
from positivesocials.vault import keyfile

GROUP, OTHERS = stat.S_IRWXG, stat.S_IRWXO
SHORTEST_SECRET, FEWEST_SIGNS = 50, 16
# How frameworks begin the secrets that they write into fresh projects.
KNOWN_BEGINNINGS = ("django-insecure-",)


@dataclass(frozen=True)
class Finding:
    sentence: str
    refuses_start: bool = False

    def __str__(self) -> str:
        return f"{self.sentence} (Refuses to start.)" if self.refuses_start else self.sentence


def findings(host: str = LOOPBACK) -> list[Finding]:
    found = [*_unsafe_settings(host), *_unsafe_lines(), *_unfinished()]
    found += [Finding(sentence) for sentence in surroundings.findings()]
    try:
        start.refuse_other_kind()
        start.load_keys()
        found += _unsafe_files()
        found += _same_disk()
        # No password goes over a line that is unsafe, only to look at what lies there.
        if not any(finding.refuses_start for finding in _unsafe_lines()):
            start.refuse_wrong_keys()
            found += _audit()
    except Trouble as trouble:
        found.append(Finding(trouble.sentence, refuses_start=True))
    if settings.DEMO:
        return [Finding(finding.sentence) for finding in found]
    return found


def refuse_unsafe_start(host: str) -> None:
    """Outside a demo: says all that is gravely unsafe, before anything is written or a database is asked."""
    start.refuse_other_kind()
    if settings.DEMO:
        return
    grave = [
        each for each in (*_unsafe_settings(host), *_unsafe_lines(), *_unsafe_files()) if each.refuses_start
    ]
    if grave:
        raise Trouble("\n".join(finding.sentence for finding in grave))


def _grave(*sentences: str) -> Iterator[Finding]:
    return (Finding(sentence, refuses_start=True) for sentence in sentences)


def _unsafe_settings(host: str) -> Iterator[Finding]:
    if settings.DEBUG:
        yield from _grave("Pages for developers show secrets: unset POSITIVESOCIALS_DEBUG.")
    yield from _listening(host)
    yield from _inside()


def _listening(host: str) -> Iterator[Finding]:
    if databases.is_this_machine(host):
        return
    if not settings.HTTPS:
        yield from _grave(
            f"Listening on {host} sends sign-ins and pages in the open: listen on 127.0.0.1 behind a proxy, "
            "or set POSITIVESOCIALS_ORIGIN to https://..."
        )
    if not settings.TRUSTED_PROXIES:
        yield from _grave(
            f"Listening on {host} lets anyone come past the proxy: listen on 127.0.0.1, or set "
            "POSITIVESOCIALS_TRUSTED_PROXIES to the proxy's address."
        )


def _unsafe_lines() -> Iterator[Finding]:
    for line in databases.of(settings.DATABASES):
        yield from _database(line)


def _database(line: databases.Line) -> Iterator[Finding]:
    if line.host and not line.is_sealed:
        words = f"add ?sslmode=verify-full to {line.variable}."
        if line.is_public:
            yield from _grave(
                f"The database on {line.host} is asked over the public network without TLS: {words}"
            )
        else:
            yield Finding(f"The line to the database on {line.host} is open: {words}")
    if line.host and line.has_no_password:
        yield from _grave(f"The database on {line.host} asks for no password: set one in {line.variable}.")
    elif line.host and line.has_known_password:
        yield from _grave(
            f"The password of the database on {line.host} is one that everybody tries: "
            f"choose another, and set it in {line.variable}."
        )


def _inside() -> Iterator[Finding]:
    if settings.DEMO:
        return
    # Also where a demo or an earlier version would have left them.
    for folder in dict.fromkeys([settings.KEYS, settings.DATA / "keys"]):
        file = keyfile.path_in(folder).resolve()
        if file.is_relative_to(settings.DATA) and (folder == settings.KEYS or file.exists()):
            yield from _grave(
                f"The keys lie inside the data, where one copy takes both: move {folder} to a place outside "
                f"{settings.DATA}, such as {keys_beside(settings.DATA)}, and set POSITIVESOCIALS_KEYS to it."
            )


def _unfinished() -> Iterator[Finding]:
    if settings.DEMO:
        return
    if not settings.HTTPS:
        yield Finding(
            "Members' sign-ins need HTTPS: put a proxy in front and set POSITIVESOCIALS_ORIGIN to https://..."
        )
    if not settings.DELIVER_MAIL:
        yield Finding("No mail leaves this instance: set POSITIVESOCIALS_MAIL_URL.")
    if not settings.SOURCE_URL:
        yield Finding("The licence asks that members can get the source: set POSITIVESOCIALS_SOURCE_URL.")


def _unsafe_files() -> Iterator[Finding]:
    """What is there already: a new instance makes its folders and keys closed and random."""
    if settings.DATA.exists() and settings.DATA.stat().st_mode & (GROUP | OTHERS):
        yield from _grave(f"Others can look into the data folder: chmod 700 {settings.DATA}")
    path = keyfile.path_in(settings.KEYS)
    if not path.exists():
        return
    if path.stat().st_mode & _not_for(settings.KEYS):
        yield from _grave(f"Others can read the key file: chmod 400 {path}")
    yield from _guessable(start.load_keys(), path)


def _not_for(folder: Path) -> int:
    # systemd lets the service in by an access list, whose mask shows as the group's bits.
    is_credential = bool(settings.CREDENTIALS) and folder == Path(settings.CREDENTIALS).resolve()
    return OTHERS if is_credential else GROUP | OTHERS


def _guessable(keys: keyfile.KeyFile, path: Path) -> Iterator[Finding]:
    if len(keys.signing) < SHORTEST_SECRET:
        yield from _grave(
            f"The signing secret in {path} is too short: put {SHORTEST_SECRET} random signs there."
        )
    elif keys.signing.startswith(KNOWN_BEGINNINGS) or len(set(keys.signing)) < FEWEST_SIGNS:
        yield from _grave(
            f"The signing secret in {path} can be guessed: put {SHORTEST_SECRET} random signs there."
        )
    if any(_is_guessable(master) for master in keys.masters.values()):
        yield from _grave(
            f"A master key in {path} is one that can be guessed: run positivesocials rotate-keys."
        )


def _is_guessable(key: bytes) -> bool:
    """Repeated, counted up or typed; of 32 random bytes, less likely than one in ten thousand billion."""
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    is_typed = all(0x20 <= byte < 0x7F for byte in key)
    return len(set(key)) < FEWEST_SIGNS or len(steps) < FEWEST_SIGNS // 2 or is_typed


def _same_disk() -> Iterator[Finding]:
    if not settings.DEMO and not facts.keys_are_apart():
        yield Finding(
            "The key file lies on the same disk as the data: set POSITIVESOCIALS_KEYS to a folder on another "
            "device or to a systemd credential."
        )


def _audit() -> Iterator[Finding]:
    try:
        is_there = AuditRecord._meta.db_table in connection.introspection.table_names()
        broken = audit.first_broken() if is_there else None
    except DatabaseError:
        yield Finding("The record of what the staff did cannot be read: restore the database.")
        return
    if broken:
        yield Finding(
            f"The record of what the staff did was tampered with at number {broken}: "
            "compare it with a backup to see what is different."
        )
