from django.db import models

from positivesocials.core.models import Row


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


class Tombstone(Row):
    """A key that was shredded. Replayed after a restore, so that nothing erased comes back."""

    kind = models.CharField(max_length=60)
    owner_id = models.UUIDField()
    shredded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "owner_id"], name="vault_tombstone_once")]
