"""Rotating the master key while the site serves: data keys are wrapped anew, what they seal is not touched.

Safe to kill at any moment: both masters stay in the key file until the last data key is wrapped by the new
one, each batch is one transaction, and a second run goes on where the first stopped.
"""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from positivesocials.vault import cipher, keyfile
from positivesocials.vault import services as vault
from positivesocials.vault.models import DataKey
from positivesocials.vault.services import KeyOwner

BATCH = 1000


def begin() -> int:
    """The version to rotate to: a new master, or the one an interrupted rotation was on the way to."""
    file = keyfile.load(settings.KEYS)
    if len(file.masters) > 1:
        return file.newest
    return keyfile.add_master(settings.KEYS)


def remaining(version: int) -> int:
    return DataKey.objects.filter(master_version__lt=version).count()


def rewrap_batch(version: int, *, size: int = BATCH) -> int:
    """Wrap up to `size` data keys by master `version`; returns how many it found to do."""
    file = keyfile.load(settings.KEYS)
    rows = list(DataKey.objects.filter(master_version__lt=version)[:size])
    changes = [_rewrapped(row, file, version) for row in rows]
    # One statement for many rows: half the time of Django's bulk_update. A key that was shredded meanwhile is
    # not in the table any more, and an update does not bring it back.
    statement = f"UPDATE {DataKey._meta.db_table} SET wrapped = %s, master_version = %s WHERE id = %s"  # noqa: S608
    with transaction.atomic(using="keys"), connections["keys"].cursor() as cursor:
        cursor.executemany(statement, changes)
    return len(rows)


def _rewrapped(row: DataKey, file: keyfile.KeyFile, version: int) -> tuple[Any, int, Any]:
    owner = KeyOwner(row.kind, row.owner_id)
    old = vault.place(owner, row.master_version)
    key = cipher.unseal(file.masters[row.master_version], bytes(row.wrapped), old)
    wrapped = cipher.seal(file.masters[version], key, vault.place(owner, version))
    field, keys = DataKey._meta.get_field("wrapped"), connections["keys"]
    return field.get_db_prep_value(wrapped, keys), version, DataKey._meta.pk.get_db_prep_value(row.pk, keys)


def rotate(step: Callable[[int], None]) -> int:
    """Wrap everything anew and drop the old master. Calls `step` with the size of each batch."""
    version = begin()
    while done := rewrap_batch(version):
        step(done)
    # A request that read the key file before it changed may still write under the old master, or read a key
    # wrapped by it: none takes this long.
    time.sleep(settings.ROTATION_GRACE_SECONDS)
    while done := rewrap_batch(version):
        step(done)
    keyfile.drop_old_masters(settings.KEYS)
    return version
