"""Sealed files: what is too large for a row. Bound to owner and name, as a field is to its row.

Names are ours and never say what is inside. The storage holds ciphertext alone; once the owner's key is
shredded nothing opens it, and what belongs to no row any more is swept by whoever wrote it.
"""

import logging
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from positivesocials.vault import cipher
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner, NoKey

log = logging.getLogger(__name__)

# What a length says of a picture is little in steps of this.
BLOCK = 4096


def keep(owner: KeyOwner, name: str, data: bytes) -> None:
    """Seal `data` under the owner's key, which must exist, as a new file of this name."""
    key = vault.key_of(owner)
    if key is None:
        raise NoKey(owner.kind)
    sealed = cipher.seal(key, data, _place(owner, name), block=BLOCK)
    stored = default_storage.save(name, ContentFile(sealed))
    if stored != name:
        default_storage.delete(stored)
        raise FileExistsError(name)


def opened(owner: KeyOwner, name: str) -> bytes | None:
    """The file's bytes; None once it or the key is gone, or if it was tampered with."""
    key = vault.key_of(owner)
    try:
        with default_storage.open(name) as file:
            sealed = file.read()
    except FileNotFoundError:
        return None
    if key is None:
        return None
    try:
        return cipher.unseal(key, sealed, _place(owner, name))
    except cipher.SealBroken:
        log.error("A sealed file does not open: %s", name)
        return None


def drop(names: Iterable[str]) -> None:
    """The files are gone, also if some were gone already."""
    for name in names:
        default_storage.delete(name)


def names_in(folder: str) -> list[str]:
    if not default_storage.exists(folder):
        return []
    return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]


def written_at(name: str) -> float:
    """When the file was written, in seconds since 1970; 0 if it is gone."""
    try:
        return default_storage.get_modified_time(name).timestamp()
    except FileNotFoundError:
        return 0.0


def _place(owner: KeyOwner, name: str) -> bytes:
    return f"file|{name}|{owner.kind}:{owner.id}|1".encode()
