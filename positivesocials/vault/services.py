"""Making, opening and shredding data keys, and blind indexes."""

import hashlib
import hmac
import logging
from collections.abc import Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from positivesocials.core.jobs import every
from positivesocials.vault import cipher, keyfile
from positivesocials.vault.cache import KeyCache, current, fresh
from positivesocials.vault.models import DataKey, Tombstone

log = logging.getLogger(__name__)

INDEX_KIND = "vault.index"
ORPHAN_AFTER = timedelta(hours=24)


class KeyOwner(NamedTuple):
    """Whose key it is: the label of a model ("accounts.Account") and the id of one of its rows."""

    kind: str
    id: UUID


class NoKey(Exception):
    """A write was asked for under a key that does not exist (never made, or shredded)."""


@lru_cache(maxsize=4)
def _key_file_as_of(folder: Path, changed_at: int) -> keyfile.KeyFile:
    return keyfile.load(folder)


def _key_file(folder: Path) -> keyfile.KeyFile:
    """The key file in force: read again when it was replaced, so that rotation needs no restart."""
    try:
        changed_at = keyfile.path_in(folder).stat().st_mtime_ns
    except OSError:
        changed_at = 0
    return _key_file_as_of(folder, changed_at)


def place(owner: KeyOwner, version: int) -> bytes:
    return f"key|{owner.kind}|{owner.id}|{version}".encode()


def wrap(owner: KeyOwner, key: bytes) -> tuple[bytes, int]:
    file = _key_file(settings.KEYS)
    return cipher.seal(file.masters[file.newest], key, place(owner, file.newest)), file.newest


def _unwrap(row: DataKey) -> bytes:
    owner = KeyOwner(row.kind, row.owner_id)
    master = _key_file(settings.KEYS).masters.get(row.master_version)
    if master is None:
        raise cipher.SealBroken("no master key of this version")
    return cipher.unseal(master, bytes(row.wrapped), place(owner, row.master_version))


def make_key(owner: KeyOwner) -> bytes:
    """Make the owner's key, or return the one there is. Commits in the key database before any main row."""
    if Tombstone.objects.filter(kind=owner.kind, owner_id=owner.id).exists():
        raise NoKey(owner.kind)
    key = cipher.new_key()
    wrapped, version = wrap(owner, key)
    row, made = DataKey.objects.get_or_create(
        kind=owner.kind, owner_id=owner.id, defaults={"wrapped": wrapped, "master_version": version}
    )
    key = key if made else _unwrap(row)
    _remember(owner, key)
    return key


def key_of(owner: KeyOwner) -> bytes | None:
    """The owner's key, or None once it is shredded. Cached for the current request only."""
    cache = current()
    if cache is not None and owner in cache:
        return cache[owner]
    warm([owner])
    cache = current()
    if cache is not None:
        return cache.get(owner)
    row = DataKey.objects.filter(kind=owner.kind, owner_id=owner.id).first()
    return _opened(row) if row else None


def warm(owners: Iterable[KeyOwner]) -> None:
    """Fetch the keys a page needs in one query. Outside a request or `keys_open()` it does nothing."""
    cache = current()
    if cache is None:
        return
    missing = {owner for owner in owners if owner not in cache}
    if not missing:
        return
    cache.update(dict.fromkeys(missing))
    kinds, ids = {owner.kind for owner in missing}, {owner.id for owner in missing}
    for row in DataKey.objects.filter(kind__in=kinds, owner_id__in=ids):  # The kind first: so is the index.
        owner = KeyOwner(row.kind, row.owner_id)
        if owner in missing:
            cache[owner] = _opened(row)


def _opened(row: DataKey) -> bytes | None:
    """The key, or None if it was tampered with: one damaged key must not take a page of many people down."""
    try:
        return _unwrap(row)
    except cipher.SealBroken:
        log.error("A data key does not open: %s", row.owner_id)
        return None


def keys_open() -> AbstractContextManager[KeyCache]:
    """A scope in which keys are cached, for jobs and commands; a request has its own."""
    return fresh()


def _remember(owner: KeyOwner, key: bytes) -> None:
    cache = current()
    if cache is not None:
        cache[owner] = key


def shred(owner: KeyOwner) -> None:
    """Delete the key and leave a tombstone, in one transaction: nothing sealed under it opens again."""
    with transaction.atomic(using="keys"):
        DataKey.objects.filter(kind=owner.kind, owner_id=owner.id).delete()
        Tombstone.objects.get_or_create(kind=owner.kind, owner_id=owner.id)
    cache = current()
    if cache is not None:
        cache[owner] = None


def shred_older(kind: str, *, than: datetime) -> None:
    """Shred the keys of this kind that were made before a moment, some hundreds at a time."""
    old = DataKey.objects.filter(kind=kind, made_at__lt=than)
    for owner_id in list(old.values_list("owner_id", flat=True)[:500]):
        shred(KeyOwner(kind, owner_id))


def blind_index(purpose: str, text: str) -> str:
    """HMAC-SHA-256 (64 hex digits) of `text` under a key of its own for each purpose.

    For addresses only, never for anything with few values: equal inputs give equal indexes.
    """
    owner = KeyOwner(INDEX_KIND, uuid5(NAMESPACE_URL, f"index:{purpose}"))
    return hmac.new(_index_key(owner), text.encode(), hashlib.sha256).hexdigest()


def make_first_key() -> None:
    """Leave one key in an empty key database, so that a wrong key file is noticed from the first start on."""
    if not DataKey.objects.exists():
        blind_index("first", "")


def _index_key(owner: KeyOwner) -> bytes:
    return key_of(owner) or make_key(owner)


@every(seconds=3600)
def sweep_orphan_keys() -> None:
    """Delete keys whose row was never committed: the key comes first, and a stop may come between."""
    old = DataKey.objects.filter(made_at__lt=timezone.now() - ORPHAN_AFTER).exclude(kind=INDEX_KIND)
    for kind in old.values_list("kind", flat=True).distinct():
        rows = apps.get_model(kind)._default_manager
        owners = list(old.filter(kind=kind).values_list("owner_id", flat=True))
        for batch in (owners[start : start + 500] for start in range(0, len(owners), 500)):
            kept = set(rows.filter(pk__in=batch).values_list("pk", flat=True))
            DataKey.objects.filter(kind=kind, owner_id__in=set(batch) - kept).delete()


def opens_with_this_key_file() -> bool:
    """Whether the stored keys belong to the key file in force; true while there are none."""
    row = DataKey.objects.order_by("made_at").first()
    if row is None:
        return True
    try:
        _unwrap(row)
    except cipher.SealBroken:
        return False
    return True
