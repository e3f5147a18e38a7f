"""People who have answered what Meet asks."""

import pytest

from positivesocials.matching import index
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.matching.models import Mode
from positivesocials.privacy import services as privacy
from positivesocials.profiles import places
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile


@pytest.fixture(autouse=True)
def _nothing_opened_yet():
    index._opened.clear()


@pytest.fixture
def meets():
    """A function that lets an account (or a profile) meet: `meets(ada, dating={...}, place="gb-leeds")`."""

    def meet(who, *, friends=None, dating=None, place="gb-bristol", **facets) -> Me:
        profile = who if isinstance(who, Profile) else profile_reads.profile_of(who)
        assert profile is not None
        if facets.get("circles"):
            privacy.give_consent(who, purpose="circles")
        said = {**(profile.facets or {}), "place": places.cell_of(place), **facets}
        profiles.change_facets(profile, facets=said)
        matching.save_preferences(profile, Mode.FRIENDS, {"on": True, **(friends or {})})
        if dating is not None:
            matching.save_preferences(profile, Mode.DATING, {"on": True, "band": 6, **dating})
        return Me(Profile.objects.with_faces().get(pk=profile.pk))

    return meet


@pytest.fixture
def couple():
    """A function that links two accounts: `couple(eli, fern)` returns their joint profile."""

    def link(one, other, names=("Elm", "Fig")) -> Profile:
        invitation = profiles.invite(one, name=names[0])
        profiles.accept(other, invitation.code, name=names[1])
        return profiles.confirm(one, invitation.pk)

    return link
