"""How long a change of the master key takes, and whether anybody notices."""

import random
import threading
import time
from typing import Any
from uuid import UUID, uuid4

from django.db import connections

from positivesocials.vault import cipher, rotation
from positivesocials.vault import services as vault
from positivesocials.vault.models import DataKey
from positivesocials.vault.services import KeyOwner

KIND = "accounts.Account"
SEED = 1


class Reader(threading.Thread):
    """Opens random keys until told to stop, as pages do, and counts those that would not open."""

    def __init__(self, owners: list[UUID]) -> None:
        super().__init__(daemon=True)
        self.owners, self.reads, self.failed = owners, 0, 0
        self.stopped = threading.Event()

    def run(self) -> None:
        draw = random.Random(SEED)  # noqa: S311 - Which keys are read is no secret.
        while not self.stopped.wait(0.002):
            self.reads += 1
            try:
                self.failed += vault.key_of(KeyOwner(KIND, draw.choice(self.owners))) is None
            except cipher.SealBroken:
                self.failed += 1
        connections.close_all()


def _make_keys(count: int) -> list[UUID]:
    owners = [uuid4() for _ in range(count)]
    for start in range(0, count, 5000):
        rows = []
        for owner_id in owners[start : start + 5000]:
            wrapped, version = vault.wrap(KeyOwner(KIND, owner_id), cipher.new_key())
            rows.append(DataKey(kind=KIND, owner_id=owner_id, wrapped=wrapped, master_version=version))
        DataKey.objects.bulk_create(rows)
    return owners


def run(*, keys: int) -> dict[str, Any]:
    """Figures of one rotation of `keys` data keys; seconds include the wait for requests under way."""
    reader = Reader(_make_keys(keys))
    reader.start()
    began = time.perf_counter()
    rotation.rotate(lambda _done: None)
    seconds = time.perf_counter() - began
    reader.stopped.set()
    reader.join()
    return {
        "keys": keys,
        "seconds": round(seconds, 2),
        "reads": reader.reads,
        "failed_reads": reader.failed,
        "left": DataKey.objects.filter(master_version=1).count(),
    }
