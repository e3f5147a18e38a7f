"""What pages show of photos: sharp, or blurred and then without words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.profiles import photo_rules
from positivesocials.profiles.choices import PHOTO_AUDIENCES
from positivesocials.profiles.models import Photo, PhotoGuest, Profile
from positivesocials.profiles.photo_rules import SHELF, Standing
from positivesocials.vault import fields as vault_fields
from positivesocials.vault.pictures import BLURRED, FULL, SMALL


@dataclass(frozen=True)
class Shown:
    """A photo as one viewer sees it. `words` are empty where it is blurred: they would tell what it shows."""

    id: UUID
    words: str
    is_sharp: bool
    width: int
    height: int

    @property
    def size(self) -> str:
        return SMALL if self.is_sharp else BLURRED

    @property
    def large(self) -> str:
        return FULL if self.is_sharp else BLURRED


@dataclass(frozen=True)
class Own:
    """A photo as those see it who stand behind its profile."""

    shown: Shown
    sharp_for: str
    is_first: bool
    is_mine: bool


@dataclass(frozen=True)
class Between:
    """Of two profiles that may open each other's page: what one shows, and whether it sees the other's."""

    album: list[Shown]
    has_mine: bool
    sees_mine: bool

    @property
    def has_blurred(self) -> bool:
        return any(not shown.is_sharp for shown in self.album)


def album_for(viewer: Account, profile: Profile) -> list[Shown]:
    """The photos of a profile whose page the viewer has open."""
    photos = _of([profile])
    standing = photo_rules.standing_of(viewer, profile) if photos else Standing(False, False)
    return [_shown(photo, photo_rules.is_sharp_for(photo, standing)) for photo in photos]


def between(viewer: Account, mine: Profile, other: Profile) -> Between:
    """For the page of `other`, which the viewer has open as `mine`."""
    sees_mine = other.pk in _guests_of(mine)
    return Between(album_for(viewer, other), Photo.objects.filter(profile=mine).exists(), sees_mine)


def _guests_of(profile: Profile) -> set[UUID]:
    return set(PhotoGuest.objects.filter(profile=profile).values_list("viewer_id", flat=True))


def own(photo: Photo) -> Shown:
    """One photo for those who stand behind its profile."""
    return _shown(photo, True)


def own_album(actor: Account, profile: Profile) -> list[Own]:
    return [
        Own(
            own(photo),
            str(PHOTO_AUDIENCES.get(photo.sees, "")),
            number == 0,
            photo.account_id == actor.pk,
        )
        for number, photo in enumerate(_of([profile]))
    ]


def as_seen(profile: Profile, key: str) -> list[Shown]:
    """The album as `key` of `selectors.LOOK_AS` sees it, or the profile with that id. It is not on the page
    of somebody who is merely signed in."""
    if key == "anyone":
        return []
    standing = Standing(key == "match", key in map(str, _guests_of(profile)))
    return [_shown(photo, photo_rules.is_sharp_for(photo, standing)) for photo in _of([profile])]


def covers(profiles: Sequence[Profile], *, viewer: UUID, matched: Collection[UUID]) -> dict[UUID, Shown]:
    """The first photo of each profile that has one, as the profile `viewer` sees it in a list."""
    photos = {photo.profile_id: photo for photo in reversed(_of(profiles))}
    hosts = photo_rules.hosts_of([viewer], list(photos)) if photos else set()
    return {
        pk: _shown(photo, photo_rules.is_sharp_for(photo, Standing(pk in matched, pk in hosts)))
        for pk, photo in photos.items()
    }


def data_of(photo: Photo, size: str) -> bytes | None:
    """The picture itself, opened; None once its file or key is gone."""
    return SHELF.opened(photo.key_owner, photo.pk, size)


def _of(profiles: Sequence[Profile]) -> list[Photo]:
    by_id = {profile.pk: profile for profile in profiles}
    photos = list(Photo.objects.filter(profile__in=by_id).order_by("place", "made_at"))
    for photo in photos:
        photo.profile = by_id[photo.profile_id]
    vault_fields.warm(photos)
    return photos


def _shown(photo: Photo, is_sharp: bool) -> Shown:
    words = (photo.words or "") if is_sharp else ""
    return Shown(photo.pk, words, is_sharp, photo.width, photo.height)
