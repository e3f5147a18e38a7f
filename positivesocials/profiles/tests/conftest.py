"""People with photos, who meet and match."""

import pytest

from positivesocials.core.images import reencoded
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.profiles import photos
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Photo
from positivesocials.profiles.tests.album import BEACH, FILE, face


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(scope="module")
def picture():
    return reencoded(FILE)


@pytest.fixture
def add(picture):
    def add_to(account, *, sees="matches", words=BEACH, profile=None) -> Photo:
        return photos.keep(account, profile or face(account), picture, words=words, sees=sees)

    return add_to


@pytest.fixture
def meet():
    """Let these fit each other among friends."""

    def let_meet(*accounts):
        for account in accounts:
            matching.save_preferences(face(account), "friends", {"on": True})

    return let_meet


@pytest.fixture
def match(meet):
    def let_match(one, other):
        meet(one, other)
        matching.like(one, Me(face(one)), face(other).pk, mode="friends")
        matching.like(other, Me(face(other)), face(one).pk, mode="friends")

    return let_match


@pytest.fixture
def joint(eli, fern):
    link = profiles.invite(eli, name="Elm")
    profiles.accept(fern, link.code, name="Fig")
    return profiles.confirm(eli, link.pk)
