"""Personas, profiles and couple links: the only code that writes them."""

from typing import Any

from django.db import transaction
from django.db.models import F

from positivesocials.accounts.models import Account
from positivesocials.profiles.models import Kind, Persona, Profile, new_salt


@transaction.atomic
def make_individual(actor: Account, *, name: str, facets: dict[str, Any] | None = None) -> Profile:
    """Give an account its individual profile: the name people see here, and nothing else required."""
    persona = Persona(account=actor, name=name)
    persona.save(force_insert=True)
    profile = Profile(kind=Kind.INDIVIDUAL, account=actor, persona=persona, facets=facets or {})
    profile.save(force_insert=True)
    return profile


def make_alias(actor: Account, *, name: str, salt: str = "") -> Persona:
    """A further persona for one post. Its salt is fresh, so that its picture ties it to nothing."""
    alias = Persona(account=actor, name=name, salt=salt or new_salt(), is_alias=True)
    alias.save(force_insert=True)
    return alias


def change_facets(profile: Profile, *, facets: dict[str, Any]) -> None:
    """Replace what a profile says of itself (shape: profiles/facets.py). Opened copies go stale by version."""
    profile.facets = facets
    profile.save(update_fields=["facets"])
    mark_changed(profile)


def mark_changed(profile: Profile) -> None:
    """What others have opened of this profile is no longer current."""
    Profile.objects.filter(pk=profile.pk).update(facet_version=F("facet_version") + 1)
