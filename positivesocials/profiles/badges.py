"""Small signs beside a name, given by contexts above. An alias has none: it would tell who is behind it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from positivesocials.profiles.models import Persona, Profile


@dataclass(frozen=True)
class Badge:
    label: str | Promise
    icon: str
    since: datetime


# One call for all names of a page, so that what is asked does not grow with them.
Giver = Callable[[Collection[UUID]], Mapping[UUID, Badge]]
_givers: list[Giver] = []


def give(giver: Giver) -> None:
    """`giver(account_ids)` says which of these accounts have its badge."""
    if giver not in _givers:
        _givers.append(giver)


def of_all(named: Iterable[tuple[UUID, Persona | None]]) -> dict[UUID, tuple[Badge, ...]]:
    """The badges of what stands under a name: by the id of each thing, none where there is no badge."""
    accounts = {pk: each.account_id for pk, each in named if each and not each.is_alias and each.account_id}
    given = [giver(set(accounts.values())) for giver in _givers] if accounts else []
    found = {
        pk: tuple(each[account] for each in given if account in each) for pk, account in accounts.items()
    }
    return {pk: each for pk, each in found.items() if each}


def of_profile(profile: Profile) -> tuple[Badge, ...]:
    """The badges of whoever is behind a profile, each once."""
    given = of_all((persona.pk, persona) for persona in profile.personas)
    return tuple(dict.fromkeys(badge for found in given.values() for badge in found))
