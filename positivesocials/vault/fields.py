"""Sealed fields: stored as ciphertext bound to table, column, row and owner; opened when first read.

`owner` names a foreign key whose target owns the key ("account"), or "self" for a key of the row's own,
or a property of the model that returns a `KeyOwner`. A sealed value whose key was shredded reads as None.
`block` is how many bytes values are padded to: many where a few short answers would show in the length.
"""

import json
import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from positivesocials.vault import cipher
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner, NoKey

log = logging.getLogger(__name__)


class _Opener:
    """Opens on first read and remembers the plaintext on the instance."""

    def __init__(self, field: "Sealed") -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model]) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.refresh_from_db(fields=[self.field.attname])
        value = instance.__dict__[self.field.attname]
        if isinstance(value, bytes | memoryview):
            return self.field.open(instance, bytes(value))
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__.pop(self.field.plain_name, None)
        instance.__dict__[self.field.attname] = value


class Sealed(models.BinaryField):  # type: ignore[type-arg]
    """Common ground of the sealed fields; use SealedText or SealedJSON."""

    def __init__(self, *args: Any, owner: str = "self", block: int = cipher.BLOCK, **kwargs: Any) -> None:
        self.owner, self.block = owner, block
        super().__init__(*args, **kwargs)

    @property
    def plain_name(self) -> str:
        return f"_opened_{self.attname}"

    def deconstruct(self) -> Any:
        # Without `block`: a migration need not know to how many bytes new values are padded.
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "owner": self.owner}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opener(self))

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, value: bytes) -> Any:
        raise NotImplementedError

    def key_owner(self, instance: models.Model) -> KeyOwner:
        if self.owner == "self":
            return KeyOwner(instance._meta.label, instance.pk)
        field = next((f for f in instance._meta.fields if f.name == self.owner), None)
        if isinstance(field, models.ForeignKey):
            return KeyOwner(field.related_model._meta.label, getattr(instance, field.attname))
        owner: KeyOwner = getattr(instance, self.owner)
        return owner

    def place(self, instance: models.Model, owner: KeyOwner) -> bytes:
        table = instance._meta.db_table
        return f"{table}|{self.column}|{instance.pk}|{owner.kind}:{owner.id}|1".encode()

    def open(self, instance: models.Model, sealed: bytes) -> Any:
        if self.plain_name in instance.__dict__:
            return instance.__dict__[self.plain_name]
        owner = self.key_owner(instance)
        key = vault.key_of(owner) if owner.id else None
        if key is None:
            return None
        try:
            value = self.from_bytes(cipher.unseal(key, sealed, self.place(instance, owner)))
        except cipher.SealBroken:
            # The place is a constant of the code; of the row only its id is told.
            log.error(f"A sealed value does not open: {instance._meta.label}.{self.name} of %s", instance.pk)
            value = None
        instance.__dict__[self.plain_name] = value
        return value

    def pre_save(self, instance: models.Model, add: bool) -> Any:
        value = instance.__dict__.get(self.attname)
        if value is None or isinstance(value, bytes | memoryview):
            return value
        owner = self.key_owner(instance)
        key = vault.key_of(owner)
        if key is None and self.owner == "self" and add:
            key = vault.make_key(owner)
        if key is None:
            raise NoKey(owner.kind)
        place = self.place(instance, owner)
        sealed = cipher.seal(key, self.to_bytes(value), place, block=self.block)
        instance.__dict__[self.attname] = sealed
        instance.__dict__[self.plain_name] = value
        return sealed

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, bytes | memoryview):
            raise FieldError(f"{self.name} is sealed: set it on a row and save that row.")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed and cannot be searched.")
        return super().get_lookup(lookup_name)


class SealedText(Sealed):
    """Text at rest as ciphertext. Reads as str, or None when empty or shredded."""

    def to_bytes(self, value: Any) -> bytes:
        return str(value).encode()

    def from_bytes(self, value: bytes) -> str:
        return value.decode()


class SealedJSON(Sealed):
    """Plain data (dict, list, str, number, bool) at rest as ciphertext. Assign anew to change it."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    def from_bytes(self, value: bytes) -> Any:
        return json.loads(value)


@cache
def _sealed(model: type[models.Model]) -> tuple[Sealed, ...]:
    return tuple(field for field in model._meta.fields if isinstance(field, Sealed))


def warm(*groups: Iterable[models.Model]) -> None:
    """Fetch the keys of all sealed fields of these rows in one query."""
    owners: set[KeyOwner] = set()
    for rows in groups:
        for row in rows:
            owners.update(owner for field in _sealed(type(row)) if (owner := field.key_owner(row)).id)
    vault.warm(owners)
