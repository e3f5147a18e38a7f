"""The key file: a signing secret and the master keys, one line each. Read before Django starts."""

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

NAME = "master.key"
HEADER = "# The keys of this instance. Keep this file apart from the data and from its backups.\n"
KEY_BYTES = 32


class KeyFileProblem(Exception):
    """The key file is missing or unreadable; the message is one sentence that says what to do."""


@dataclass(frozen=True)
class KeyFile:
    """`signing` signs cookies; `masters` maps a version (1, 2, ...) to 32 random bytes."""

    signing: str
    masters: dict[int, bytes]

    @property
    def newest(self) -> int:
        return max(self.masters)


def path_in(folder: Path) -> Path:
    return folder / NAME


def make(folder: Path) -> Path:
    """Write a new key file with mode 0400 in `folder`; never overwrites one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = path_in(folder)
    master = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        file.write(f"{HEADER}signing {secrets.token_urlsafe(48)}\nmaster.1 {master}\n")
    return path


def add_master(folder: Path) -> int:
    """Add a new master key under the next version and return it. The file is replaced in one step."""
    newest = load(folder).newest + 1
    master = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
    _replace(folder, f"{path_in(folder).read_text().rstrip()}\nmaster.{newest} {master}\n")
    return newest


def drop_old_masters(folder: Path) -> None:
    """Keep the newest master key only. Call it when nothing is wrapped by an older one."""
    newest = load(folder).newest
    lines = path_in(folder).read_text().splitlines()
    kept = [line for line in lines if not line.startswith("master.") or line.startswith(f"master.{newest} ")]
    _replace(folder, "\n".join(kept) + "\n")


def _replace(folder: Path, text: str) -> None:
    fresh = folder / f"{NAME}.new"
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path_in(folder))


def load(folder: Path) -> KeyFile:
    path = path_in(folder)
    try:
        text = path.read_text()
    except FileNotFoundError:
        raise KeyFileProblem(
            f"The key file {path} is missing: put it back, or set POSITIVESOCIALS_KEYS to its folder."
        ) from None
    except (OSError, UnicodeDecodeError):
        raise KeyFileProblem(f"The key file {path} cannot be read: check its owner and mode.") from None
    return _parse(text, path)


def _parse(text: str, path: Path) -> KeyFile:
    words = dict(line.split(maxsplit=1) for line in text.splitlines() if _is_entry(line))
    if "signing" not in words:
        raise KeyFileProblem(f"The key file {path} holds no signing secret: restore it from your copy.")
    try:
        masters = {int(name[7:]): _key(value) for name, value in words.items() if name.startswith("master.")}
        return KeyFile(signing=words["signing"].strip(), masters=_some(masters))
    except (KeyError, ValueError):
        raise KeyFileProblem(f"The key file {path} is damaged: restore it from your copy.") from None


def _is_entry(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#") and " " in line.strip()


def _key(value: str) -> bytes:
    key = base64.b64decode(value.strip(), validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a master key has 32 bytes")
    return key


def _some(masters: dict[int, bytes]) -> dict[int, bytes]:
    if not masters:
        raise ValueError("no master key")
    return masters


def signing_secret(folder: Path) -> str | None:
    """The signing secret, or None while there is no usable key file."""
    try:
        return load(folder).signing
    except KeyFileProblem:
        return None
