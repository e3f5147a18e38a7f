"""People with photos, who meet and match; and people whose person check waits."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.images import reencoded
from positivesocials.core.tests.drawn import patches, stored
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me
from positivesocials.profiles import checks, gateways, photos, selectors
from positivesocials.profiles import services as profiles
from positivesocials.profiles.check_models import PersonCheck
from positivesocials.profiles.models import Photo, Profile
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


@pytest.fixture
def jpeg() -> bytes:
    return stored(patches(1, width=64, height=48))


@pytest.fixture
def upload(jpeg):
    """A function that makes a file to send."""
    return lambda data=jpeg: SimpleUploadedFile("me.jpg", data, content_type="image/jpeg")


@pytest.fixture
def on_disk(db):
    """A function that lists the storage, which is empty when the test begins."""
    for selfie_id in gateways.lying_there():
        gateways.remove(selfie_id)
    return gateways.lying_there


@pytest.fixture
def sent(jpeg, on_disk):
    """A function that lets an account draw a pose and send a picture."""

    def send(account) -> PersonCheck:
        checks.draw_pose(account)
        checks.send_picture(account, data=jpeg)
        return PersonCheck.objects.waiting().get(account=account)

    return send


@pytest.fixture
def passed(mo, sent):
    """A function that lets a moderator say yes to an account's picture."""
    return lambda account: checks.pass_check(mo, sent(account).pk)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What happens within is committed when it ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def match_up():
    """A function that makes two of them a match among friends, by their accounts or as profiles."""

    def match(one, other) -> None:
        sides = [_me(one), _me(other)]
        for me in sides:
            matching.save_preferences(me.profile, "friends", {"on": True, "band": 6})
        for me, about in (sides, sides[::-1]):
            actor = Account.objects.get(pk=me.profile.account_ids[0])
            matching.like(actor, me, about.profile.pk, mode="friends")

    return match


def _me(who) -> Me:
    profile = who if isinstance(who, Profile) else selectors.profile_of(who)
    assert profile is not None
    return Me(Profile.objects.with_faces().get(pk=profile.pk))


@pytest.fixture
def long_here():
    """A function by which accounts have been here for more than 30 days."""

    def age(*accounts) -> None:
        joined_on = timezone.localdate() - timedelta(days=40)
        Account.objects.filter(pk__in=[account.pk for account in accounts]).update(joined_on=joined_on)
        for account in accounts:
            account.joined_on = joined_on

    return age
