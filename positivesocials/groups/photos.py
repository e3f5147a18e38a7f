"""Photos that somebody adds to what they write in a group: they wait, sealed, with the draft."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import images
from positivesocials.core.images import Picture
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, drafts, photo_bytes
from positivesocials.groups.drafts import Place
from positivesocials.groups.photo_bytes import MOST, SHELF
from positivesocials.groups.post_models import PostPhoto


def waiting(actor: Account, place: Place) -> list[PostPhoto]:
    """The photos of what the actor began to write there."""
    rows = PostPhoto.objects.filter(draft__account=actor, draft__group=place.group, draft__post=place.post)
    return list(rows.order_by("place", "id"))


def add(actor: Account, place: Place, *, data: bytes, words: str, sent_key: UUID) -> PostPhoto:
    """A picture, drawn anew without what it told of itself, waits with the draft until that is posted.

    Refuses a fifth, and files that are no still picture (core/images.py). Nothing of a refused one is kept.
    The same `sent_key` again is the first one.
    """
    sent = _sent(actor, sent_key)
    if sent is not None:
        return sent
    if not access.may_write(actor, place.group):
        raise NotThere
    _require_room(actor, place)
    return keep(actor, place, images.reencoded(data), words=words, sent_key=sent_key)


def keep(actor: Account, place: Place, picture: Picture, *, words: str, sent_key: UUID) -> PostPhoto:
    """A picture that was drawn anew already waits with the draft."""
    photo = PostPhoto(
        account=actor, words=words, width=picture.width, height=picture.height, sent_key=sent_key
    )
    SHELF.keep(photo.key_owner, photo.pk, picture)
    try:
        _insert(actor, place, photo)
    except IntegrityError:
        SHELF.drop([photo.pk])
        sent = _sent(actor, sent_key)
        if sent is None:
            raise
        return sent
    except Refused:
        SHELF.drop([photo.pk])
        raise
    return photo


def _sent(actor: Account, sent_key: UUID) -> PostPhoto | None:
    return PostPhoto.objects.filter(account=actor, sent_key=sent_key).first()


@transaction.atomic
def _insert(actor: Account, place: Place, photo: PostPhoto) -> None:
    # First, because it makes others who add there wait: photos are counted one by one.
    photo.draft = drafts.begin(actor, place)
    _require_room(actor, place)
    last = PostPhoto.objects.filter(draft=photo.draft).aggregate(last=Max("place"))["last"]
    photo.place = 0 if last is None else last + 1
    photo.save(force_insert=True)


def _require_room(actor: Account, place: Place) -> None:
    if len(waiting(actor, place)) >= MOST:
        raise Refused(_("At most %(most)s pictures. Take one away first.") % {"most": MOST})


def take_away(actor: Account, place: Place, ids: Sequence[UUID]) -> None:
    """Some of those that wait; their files with them."""
    here = [photo.pk for photo in waiting(actor, place) if photo.pk in ids]
    photo_bytes.drop(PostPhoto.objects.filter(pk__in=here))


def throw_away(actor: Account, place: Place) -> None:
    """All that wait: the draft is thrown away."""
    take_away(actor, place, [photo.pk for photo in waiting(actor, place)])


def remove(photo: PostPhoto) -> None:
    """One's own, out of what was posted."""
    photo_bytes.drop(PostPhoto.objects.filter(pk=photo.pk))


def are_known(actor: Account, ids: Sequence[UUID]) -> bool:
    """Whether all of these are still there, waiting or posted already."""
    return PostPhoto.objects.filter(account=actor, pk__in=ids).count() == len(set(ids))


@every(seconds=600)
def sweep_files() -> None:
    """Files of no photo are gone: of an erased account, a closed group, an old draft, a stop in between."""
    SHELF.sweep(PostPhoto.objects.all())
