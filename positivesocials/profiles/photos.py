"""Photos of a profile: adding, describing, ordering, letting somebody see them, and removing."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import images
from positivesocials.core.images import Picture
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.profiles import access, photo_rules
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import MOST_PHOTOS, Photo, PhotoGuest, Profile
from positivesocials.profiles.photo_rules import SHELF


def add(actor: Account, profile: Profile, *, data: bytes, words: str, sees: str) -> Photo:
    """The picture, drawn anew without what it told of itself, is the last of the profile's photos.

    Refuses a seventh, and files that are no still picture (core/images.py). Nothing of a refused one is kept.
    """
    if not access.is_own(actor, profile):
        raise NotThere
    require_room(profile)
    return keep(actor, profile, images.reencoded(data), words=words, sees=sees)


def keep(actor: Account, profile: Profile, picture: Picture, *, words: str, sees: str) -> Photo:
    """A picture that was drawn anew already becomes the last of the profile's photos."""
    photo = Photo(
        profile=profile, account=actor, words=words, sees=sees, width=picture.width, height=picture.height
    )
    SHELF.keep(photo.key_owner, photo.pk, picture)
    try:
        _insert(photo)
    except (IntegrityError, Refused):
        SHELF.drop([photo.pk])
        raise Refused(_full()) from None
    return photo


@transaction.atomic
def _insert(photo: Photo) -> None:
    # First, because it makes others who add wait: places are given out one by one.
    profiles.mark_changed(photo.profile)
    require_room(photo.profile)
    taken = set(Photo.objects.filter(profile=photo.profile_id).values_list("place", flat=True))
    photo.place = next(place for place in range(MOST_PHOTOS) if place not in taken)
    photo.save(force_insert=True)
    _put_in_order(photo.profile, [*_ids(photo.profile, apart_from=photo.pk), photo.pk])


def require_room(profile: Profile) -> None:
    if Photo.objects.filter(profile=profile).count() >= MOST_PHOTOS:
        raise Refused(_full())


def _full() -> str:
    return _("A profile has at most %(most)s photos. Remove one first.") % {"most": MOST_PHOTOS}


@transaction.atomic
def describe(actor: Account, photo: Photo, *, words: str, sees: str) -> None:
    """Other words for what is in it, and another choice of who sees it sharp, from now on."""
    if not photo_rules.may_describe(actor, photo):
        raise NotThere
    photo.words, photo.sees = words, sees
    photo.save(update_fields=["words", "sees"])


@transaction.atomic
def move_earlier(photo: Photo) -> None:
    profiles.mark_changed(photo.profile)
    ids = _ids(photo.profile)
    at = ids.index(photo.pk) if photo.pk in ids else 0
    if at:
        ids[at - 1], ids[at] = ids[at], ids[at - 1]
        _put_in_order(photo.profile, ids)


@transaction.atomic
def make_first(photo: Photo) -> None:
    """The one that lists show."""
    profiles.mark_changed(photo.profile)
    _put_in_order(photo.profile, [photo.pk, *_ids(photo.profile, apart_from=photo.pk)])


def _ids(profile: Profile, *, apart_from: UUID | None = None) -> list[UUID]:
    rows = Photo.objects.filter(profile=profile).order_by("place", "made_at")
    return [pk for pk in rows.values_list("pk", flat=True) if pk != apart_from]


def _put_in_order(profile: Profile, ids: Iterable[UUID]) -> None:
    # Each leaves its place before any takes a new one: no two stand in one, not even for a moment.
    Photo.objects.filter(profile=profile).update(place=None)
    for place, pk in enumerate(ids):
        Photo.objects.filter(profile=profile, pk=pk).update(place=place)


@transaction.atomic
def remove(photo: Photo) -> None:
    """Gone for everybody at once, with every size of it and everything that was said of it."""
    _remove([photo.pk])


@transaction.atomic
def remove_all(profile: Profile) -> None:
    """The profile ends: no photo of it is left, nor who might see them."""
    _remove(_ids(profile))
    PhotoGuest.objects.filter(profile=profile).delete()
    PhotoGuest.objects.filter(viewer=profile).delete()


def _remove(ids: list[UUID]) -> None:
    Photo.objects.filter(pk__in=ids).delete()
    transaction.on_commit(partial(SHELF.drop, ids))


def let_see(actor: Account, profile: Profile, other_id: UUID) -> None:
    """Whoever stands behind the other profile sees all photos of this one sharp, while they see its page."""
    other = access.get_profile_for(actor, other_id)
    looker = access.looker_at(actor, other)
    if access.is_own(actor, other) or looker is None or not looker.is_there:
        raise NotThere
    PhotoGuest.objects.get_or_create(profile=profile, viewer=other)


def take_back(profile: Profile, other_id: UUID) -> None:
    PhotoGuest.objects.filter(profile=profile, viewer=other_id).delete()


def take_back_between(one_id: UUID, other_ids: Iterable[UUID]) -> None:
    """Who blocks somebody lets them see nothing any more, nor they."""
    mine = Profile.objects.of([one_id]).values("pk")
    theirs = Profile.objects.of(other_ids).values("pk")
    PhotoGuest.objects.filter(profile__in=mine, viewer__in=theirs).delete()
    PhotoGuest.objects.filter(profile__in=theirs, viewer__in=mine).delete()


@every(seconds=600)
def sweep_files() -> None:
    """Files of no photo are gone: of an erased account, of a couple that ended, of a stop in between."""
    SHELF.sweep(Photo.objects.all())
