"""Generations in memory that the processes of one machine share: at most one builds, all map.

They hold opened facets, so they lie in memory-backed storage only, in a folder for our user alone, and go
with the last process. Where there is no such storage, or no room in it, each process keeps its own.
"""

import atexit
import contextlib
import fcntl
import hashlib
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from positivesocials.matching.engine import generation
from positivesocials.matching.engine.generation import Generation, NoRoom, Unreadable

log = logging.getLogger(__name__)
MEMORY = Path("/dev/shm")  # noqa: S108 - Nothing is taken from there that we did not put there.
MOUNTS = Path("/proc/mounts")
_presence: dict[Path, IO[str]] = {}


def folder() -> Path | None:
    """Our folder in memory-backed storage. Whoever comes first sweeps what dead processes left."""
    if not _is_in_memory():
        return None
    whose = hashlib.sha256(str(settings.DATA).encode()).hexdigest()[:16]
    path = MEMORY / f"positivesocials-{os.getuid()}-{whose}"
    if path not in _presence:
        path.mkdir(mode=0o700, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid != os.getuid() or path.stat().st_mode & 0o077:
            log.error("A folder in memory is not ours alone: nothing is shared.")
            return None
        _arrive(path)
    return path


def _is_in_memory() -> bool:
    with contextlib.suppress(OSError):
        mounts = (line.split() for line in MOUNTS.read_text().splitlines())
        return any(words[1:3] == [str(MEMORY), "tmpfs"] for words in mounts)
    return False


def _arrive(path: Path) -> None:
    """Be present as long as this process lives; alone, start with nothing."""
    file = (path / "present").open("a")
    if _locked(file, fcntl.LOCK_EX):
        _sweep(path)
    fcntl.flock(file, fcntl.LOCK_SH)
    _presence[path] = file
    atexit.register(leave)


def leave() -> None:
    """The last process takes everything along."""
    for path, file in list(_presence.items()):
        if _locked(file, fcntl.LOCK_EX):
            _sweep(path)
            for name in ("building", "present"):
                (path / name).unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                path.rmdir()
        file.close()
        del _presence[path]


def _sweep(path: Path) -> None:
    for old in [*path.glob("generation*"), *path.glob("introductions*")]:
        old.unlink(missing_ok=True)


@contextmanager
def only_builder() -> Iterator[bool]:
    """True for one process at a time; a killed one frees the place at once."""
    path = folder()
    if path is None:
        yield True
        return
    with (path / "building").open("a") as file:
        yield _locked(file, fcntl.LOCK_EX)


def _locked(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def publish(made: Generation) -> Generation:
    """Put it where the others find it, and map it oneself. Without room for it each keeps its own."""
    path = folder()
    if path is None:
        return made
    target = path / f"generation-{made.number:020}"
    try:
        generation.save(made, target)
    except NoRoom:
        log.warning("No room in memory to share what is laid out: each process keeps its own.")
        return made
    # Those who have mapped an older one keep it until they let go.
    for old in set(path.glob("generation*")) - {target}:
        old.unlink(missing_ok=True)
    return generation.load(target)


def newest() -> Generation | None:
    """The newest that opens; a damaged one is none."""
    path = folder()
    found = sorted(path.glob("generation-*"), reverse=True) if path else []
    for each in found:
        if each.suffix != ".partial":
            with contextlib.suppress(Unreadable):
                return generation.load(each)
    return None
