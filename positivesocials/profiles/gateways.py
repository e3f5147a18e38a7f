"""Pictures that wait for a person check: on the disk, sealed, each under a key of its own."""

import time
from uuid import UUID

from positivesocials.vault import files
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

FOLDER = "selfies"
KIND = "profiles.Selfie"
# Longer than any request between writing the file and its row.
BEING_SENT = 10 * 60


def _owner(selfie_id: UUID) -> KeyOwner:
    return KeyOwner(KIND, selfie_id)


def _name(selfie_id: UUID) -> str:
    return f"{FOLDER}/{selfie_id.hex}"


def keep(selfie_id: UUID, data: bytes) -> None:
    """Sealed under a fresh key."""
    vault.make_key(_owner(selfie_id))
    files.keep(_owner(selfie_id), _name(selfie_id), data)


def opened(selfie_id: UUID) -> bytes | None:
    """The picture, or None once its bytes or its key are gone."""
    return files.opened(_owner(selfie_id), _name(selfie_id))


def remove(selfie_id: UUID) -> None:
    """The key first: what a failing disk would leave opens for nobody. Removing twice is no mistake."""
    vault.shred(_owner(selfie_id))
    files.drop([_name(selfie_id)])


def lying_there() -> set[UUID]:
    """Every picture on the disk, by the id of its row."""
    return {UUID(name.rpartition("/")[2]) for name in files.names_in(FOLDER)}


def is_settled(selfie_id: UUID) -> bool:
    """Whether whoever sent it is done with sending."""
    return files.written_at(_name(selfie_id)) < time.time() - BEING_SENT
