"""A context that keeps something of a person's under a consent, as one of a later release would."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from positivesocials.accounts.models import Account
from positivesocials.privacy import registry, services
from positivesocials.profiles.models import Persona
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


@dataclass
class Keeper:
    """Keeps a sealed row of the account and has a key of its own for it."""

    purpose: str

    @transaction.atomic
    def write(self, actor: Account) -> None:
        services.require_consent(actor, purpose=self.purpose)
        vault.make_key(self.key_of(actor))
        Persona(account=actor, name="kept", is_alias=True).save(force_insert=True)

    def remove(self, account: Account) -> list[KeyOwner]:
        self.rows_of(account).delete()
        return [self.key_of(account)]

    def rows_of(self, account: Account):
        return Persona.objects.filter(account=account, is_alias=True)

    def key_of(self, account: Account) -> KeyOwner:
        return KeyOwner(f"test.{self.purpose}", account.pk)


@pytest.fixture
def kept():
    """A function that registers a keeper for a purpose: `kept("push")`. Afterwards all is as before."""
    before = dict(registry._removers)

    def keep(purpose: str) -> Keeper:
        keeper = Keeper(purpose)
        registry.keeps(purpose, keeper.remove)
        return keeper

    yield keep
    registry._removers.clear()
    registry._removers.update(before)
