from django.db import models

from positivesocials.core.keeping import SITE, Until, coded, keeps, members, secret
from positivesocials.core.models import Row

SHREDDED = Until("keys", "what it opens is erased", by="vault.services.shred")
ORPHANED = Until(
    "orphan_keys",
    "after it was made, if no row uses it",
    after="vault.services.ORPHAN_AFTER",
    by="vault.services.sweep_orphan_keys",
)


@keeps(
    secret("wrapped", why="opens what its owner wrote"),
    coded("kind", why="says whose key it is"),
    members("owner_id", "master_version", "made_at", why="says whose key it is, and what opens it"),
    until=(SHREDDED, ORPHANED),
)
class DataKey(Row):
    """One wrapped 256-bit key, in the key database. `kind` is the model label of its owner's row."""

    kind = models.CharField(max_length=60)
    owner_id = models.UUIDField()
    wrapped = models.BinaryField()
    master_version = models.PositiveIntegerField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner_id"], name="vault_datakey_one_an_owner")
        ]
        indexes = [models.Index(fields=["master_version"])]


@keeps(
    coded("kind", why="a key that was shredded is never made again"),
    members("owner_id", "shredded_at", why="a key that was shredded is never made again"),
    until=SITE,
)
class Tombstone(Row):
    """A key that was shredded. Replayed after a restore, so that nothing erased comes back."""

    kind = models.CharField(max_length=60)
    owner_id = models.UUIDField()
    shredded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "owner_id"], name="vault_tombstone_once")]
