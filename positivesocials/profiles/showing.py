"""Who finds a profile, and whom what it says is for: audiences, names, the region, being found less."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.profiles import access
from positivesocials.profiles.facets import Facets
from positivesocials.profiles.models import Profile
from positivesocials.profiles.services import revise, set_moments


def go_incognito(profile: Profile) -> None:
    """Found only by those this profile says yes to, and by its matches. It looks around as before."""
    set_moments(profile, incognito_at=timezone.now())


def be_found(profile: Profile) -> None:
    set_moments(profile, incognito_at=None)


def avoid_new(profile: Profile) -> None:
    """Not found by accounts that are under 30 days old, unless this profile says yes to them first."""
    set_moments(profile, avoids_new_at=timezone.now())


def welcome_new(profile: Profile) -> None:
    set_moments(profile, avoids_new_at=None)


def show_region(profile: Profile) -> None:
    """A region of about 55 km stands for the place, for everybody else and in meeting."""
    revise(profile, lambda said: replace(said, region=True))


def show_area(profile: Profile) -> None:
    revise(profile, lambda said: replace(said, region=False))


def name_people(actor: Account, profile: Profile, *, own: list[UUID], joint: Sequence[UUID] = ()) -> None:
    """Fields that are for named people are for these, the actor's own part and what is of a couple's both.

    Only people whom the profile can see now; who was named before and is gone is left out.
    """
    there, place = access.nameable(actor, profile), access.place_in(actor, profile)
    mine, both = (tuple(pk.hex for pk in picked if pk in there) for picked in (own, joint))
    revise(profile, lambda said: said.with_names(place, mine, both))


@transaction.atomic
def forget_each_other(one: Profile, other: Profile) -> None:
    """Neither side names the other any more: they parted, or one blocked the other."""
    naming = [(who, whom.pk.hex) for who, whom in ((one, other), (other, one)) if who.said.has_named(whom.pk)]
    # Both rows before the first number: two who write the same two profiles never wait for each other.
    Profile.objects.filter(pk__in=[who.pk for who, _name in naming]).update(facet_version=F("facet_version"))
    for who, name in naming:
        revise(who, partial(_without_name, name))


def _without_name(name: str, said: Facets) -> Facets:
    joint = said.without_name(name)
    return replace(joint, about=tuple(person.without_name(name) for person in said.about))
