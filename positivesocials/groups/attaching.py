"""Photos beside a form: whichever button sends it, a file that comes along is kept with the draft at once."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.http import HttpRequest

from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.core.refusals import Refused
from positivesocials.groups import photos, pictured
from positivesocials.groups.drafts import Place
from positivesocials.groups.photo_bytes import MOST
from positivesocials.groups.photo_forms import GONE, PostPhotosForm
from positivesocials.groups.pictured import Album

HOUR = 60 * 60
Attach = Callable[[HttpRequest, Account, Place], "Attached"]


@dataclass(frozen=True)
class Attached:
    """What the form shows of photos: those that wait, and room for one more."""

    album: Album
    form: PostPhotosForm = field(default_factory=PostPhotosForm)
    was_asked: bool = False
    most = MOST

    @property
    def ids(self) -> list[UUID]:
        return [shown.id for shown in self.album.shown]

    @property
    def has_room(self) -> bool:
        return self.album.count < MOST

    @property
    def is_open(self) -> bool:
        """Whether the page shows more than that photos can be added."""
        return bool(self.was_asked or self.album.count or self.form.errors)

    @property
    def is_fine(self) -> bool:
        return not self.form.errors


def waiting(actor: Account, place: Place) -> Attached:
    """For a page that was just opened: all that wait there."""
    return Attached(pictured.own_album(photos.waiting(actor, place), place.group.slug))


def carried(request: HttpRequest, actor: Account, place: Place) -> Attached:
    """For a form that was sent: those that its page showed, and one more if a file came along."""
    form = PostPhotosForm(request.POST, request.FILES)
    form.is_valid()
    ids = list(form.cleaned_data.get("photos") or ())
    if not photos.are_known(actor, ids):
        form.add_error("picture", GONE)
    if form.is_valid() and form.cleaned_data["picture"]:
        ids += _added(form, actor, place)
    own = [photo for photo in photos.waiting(actor, place) if photo.pk in ids]
    album = pictured.own_album(own, place.group.slug)
    return Attached(album, form) if form.errors else Attached(album)


def _added(form: PostPhotosForm, actor: Account, place: Place) -> list[UUID]:
    said = form.cleaned_data
    try:
        rates.take("post-photo", str(actor.pk), limit=30, seconds=HOUR)
        kept = photos.add(
            actor,
            place,
            data=said["picture"].read(),
            words=said["photo_words"],
            sent_key=said["photo_key"] or uuid4(),
        )
    except Refused as refused:
        form.add_error("picture", refused.message)
        return []
    return [kept.pk]


def added(request: HttpRequest, actor: Account, place: Place) -> Attached:
    """By the button for it: the page stays open where photos are."""
    return replace(carried(request, actor, place), was_asked=True)


def beside_draft(request: HttpRequest, actor: Account, place: Place) -> Attached:
    """For a draft that is kept, or thrown away with all that waits there."""
    return waiting(actor, place) if "drop" in request.POST else carried(request, actor, place)


def taken_away(request: HttpRequest, actor: Account, place: Place) -> Attached:
    """One that waits is gone, by the button beside it; what else was sent stays."""
    attached = carried(request, actor, place)
    away = [pk for pk in attached.ids if str(pk) in request.POST.getlist("away")]
    photos.take_away(actor, place, away)
    left = tuple(shown for shown in attached.album.shown if shown.id not in away)
    return Attached(Album(len(left), is_open=True, shown=left), attached.form, was_asked=True)
