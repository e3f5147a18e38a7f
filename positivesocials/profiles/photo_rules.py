"""Who sees a photo, and how: the check of its page, then one choice a photo; and links that end soon."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.core import signing

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.profiles import access
from positivesocials.profiles.access import Rule
from positivesocials.profiles.choices import MATCHES
from positivesocials.profiles.models import Photo, PhotoGuest, Profile
from positivesocials.vault.pictures import BLURRED, SIZES, Shelf

SHELF = Shelf("photos")
LINK_HOLDS = 5 * 60
_matches: list[Rule] = []


class Standing(NamedTuple):
    """What whoever looks is to the owner of a photo whose page they may open."""

    is_match: bool
    is_guest: bool


def match_when(rule: Rule) -> None:
    """A context above registers when a viewer is matched with a profile."""
    _matches.append(rule)


def is_sharp_for(photo: Photo, standing: Standing) -> bool:
    """The one place that says whom a photo is sharp for. Guests of the photos see them all."""
    return photo.is_for_all or standing.is_guest or (photo.sees == MATCHES and standing.is_match)


def standing_of(viewer: Account, profile: Profile) -> Standing:
    own = Profile.objects.standing().of([viewer.pk]).values_list("pk", flat=True)
    is_match = any(rule(viewer, profile) for rule in _matches)
    return Standing(is_match, profile.pk in hosts_of(list(own), [profile.pk]))


def hosts_of(viewer_ids: Collection[UUID], profile_ids: Collection[UUID]) -> set[UUID]:
    """Those of the profiles that let one of the viewers see their photos."""
    let = PhotoGuest.objects.filter(viewer__in=viewer_ids, profile__in=profile_ids)
    return set(let.values_list("profile_id", flat=True))


def get_photo_for(viewer: Account, pk: UUID, *, size: str) -> Photo:
    """A photo of a page that this viewer may open, in a size that is for them."""
    if size not in SIZES:
        raise NotThere
    photo = get_photo(pk)
    if access.is_own(viewer, photo.profile):
        return photo
    looker = access.looker_at(viewer, photo.profile)
    if looker is None or not looker.is_there:
        raise NotThere
    if size != BLURRED and not is_sharp_for(photo, standing_of(viewer, photo.profile)):
        raise NotThere
    return photo


def get_own_photo(actor: Account, profile_id: UUID, pk: UUID) -> Photo:
    """A photo on an own profile. On a couple's, either may order or remove what the other brought."""
    profile = access.get_own_profile(actor, profile_id)
    photo = Photo.objects.filter(pk=pk, profile=profile).first()
    if photo is None:
        raise NotThere
    photo.profile = profile
    return photo


def may_describe(actor: Account, photo: Photo) -> bool:
    """Who brought a photo says what is in it and who sees it."""
    return photo.account_id == actor.pk


def get_photo(pk: UUID) -> Photo:
    """A photo of a profile that stands, whoever asks."""
    faces = Profile.objects.standing().with_faces()
    photo = Photo.objects.filter(pk=pk).first()
    profile = faces.filter(pk=photo.profile_id).first() if photo else None
    if photo is None or profile is None:
        raise NotThere
    photo.profile = profile
    return photo


def link_token(pk: UUID, *, size: str, session_key: str) -> str:
    """What opens one size of one photo, in this session and for five minutes."""
    _name, _sep, token = _signer(session_key).sign(f"{pk.hex}{size}").partition(":")
    return token


def check_link(pk: UUID, *, size: str, session_key: str, token: str) -> None:
    try:
        _signer(session_key).unsign(f"{pk.hex}{size}:{token}", max_age=LINK_HOLDS)
    except signing.BadSignature:
        raise NotThere from None


def _signer(session_key: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"photo|{session_key}")
