"""One's own photos, and the one address that shows any."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import as_picture, member_required, safe_next
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.core.uploads import takes_file
from positivesocials.profiles import access, photo_reads, photo_rules, photos, selectors
from positivesocials.profiles.models import MOST_PHOTOS, Photo, Profile
from positivesocials.profiles.photo_forms import PhotoForm, PhotoWordsForm

HOUR = 60 * 60


@require_GET
@member_required
def show_photo(request: HttpRequest, photo_id: UUID, size: str) -> HttpResponse:
    """The picture and nothing else: for this session, for five minutes, kept by no cache."""
    token, session_key = request.GET.get("t", ""), request.session.session_key or ""
    photo_rules.check_link(photo_id, size=size, session_key=session_key, token=token)
    photo = photo_rules.get_photo_for(actor_of(request), photo_id, size=size)
    data = photo_reads.data_of(photo, size)
    if data is None:
        raise NotThere
    return as_picture(data)


@require_GET
@member_required
def list_photos(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    profile = access.get_own_profile(actor, profile_id)
    selectors.warm([profile])
    album = photo_reads.own_album(actor, profile)
    page = {"profile": profile, "album": album, "has_room": len(album) < MOST_PHOTOS, "most": MOST_PHOTOS}
    return render(request, "profiles/photos.html", page)


@require_http_methods(["GET", "POST"])
@member_required
@takes_file
def add_photo(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    profile = access.get_own_profile(actor, profile_id)
    photos.require_room(profile)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and _add(request, profile, form):
        messages.success(request, _("Added. Where and when it was taken is not in it any more."))
        return redirect("profiles:list-photos", profile.pk)
    return render(request, "profiles/photo_add.html", {"profile": profile, "form": form})


def _add(request: HttpRequest, profile: Profile, form: PhotoForm) -> bool:
    """Keep a picture that came in a valid form; a refusal goes back into the form, beside the words."""
    actor, said = actor_of(request), form.cleaned_data
    rates.take("photo", str(actor.pk), limit=30, seconds=HOUR)
    try:
        photos.add(actor, profile, data=said["picture"].read(), words=said["words"], sees=said["sees"])
    except Refused as refused:
        form.add_error("picture", refused.message)
        return False
    return True


@require_http_methods(["GET", "POST"])
@member_required
def edit_photo(request: HttpRequest, profile_id: UUID, photo_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    photo = photo_rules.get_own_photo(actor, profile_id, photo_id)
    if not photo_rules.may_describe(actor, photo):
        raise NotThere
    form = PhotoWordsForm(request.POST or None, initial={"words": photo.words, "sees": photo.sees})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        photos.describe(actor, photo, words=said["words"], sees=said["sees"])
        messages.success(request, _("Saved."))
        return redirect("profiles:list-photos", profile_id)
    page = {"profile": photo.profile, "form": form, "photo": photo_reads.own(photo)}
    return render(request, "profiles/photo_edit.html", page)


@require_http_methods(["GET", "POST"])
@member_required
def remove_photo(request: HttpRequest, profile_id: UUID, photo_id: UUID) -> HttpResponse:
    photo = photo_rules.get_own_photo(actor_of(request), profile_id, photo_id)
    if request.method == "POST":
        photos.remove(photo)
        messages.success(request, _("Removed, with every copy of it here."))
        return redirect("profiles:list-photos", profile_id)
    page = {"profile": photo.profile, "photo": photo_reads.own(photo)}
    return render(request, "profiles/photo_remove.html", page)


@require_POST
@member_required
def move_photo_earlier(request: HttpRequest, profile_id: UUID, photo_id: UUID) -> HttpResponse:
    photos.move_earlier(_own(request, profile_id, photo_id))
    return redirect("profiles:list-photos", profile_id)


@require_POST
@member_required
def make_photo_first(request: HttpRequest, profile_id: UUID, photo_id: UUID) -> HttpResponse:
    photos.make_first(_own(request, profile_id, photo_id))
    messages.success(request, _("This one comes first now: it stands beside your name in lists."))
    return redirect("profiles:list-photos", profile_id)


def _own(request: HttpRequest, profile_id: UUID, photo_id: UUID) -> Photo:
    return photo_rules.get_own_photo(actor_of(request), profile_id, photo_id)


@require_POST
@member_required
def let_see_photos(request: HttpRequest, profile_id: UUID, other_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    photos.let_see(actor, access.get_own_profile(actor, profile_id), other_id)
    messages.success(request, _("They see your photos sharp now, until you take it back."))
    return redirect(safe_next(request, reverse("profiles:list-photos", args=[profile_id])))


@require_POST
@member_required
def take_back_photos(request: HttpRequest, profile_id: UUID, other_id: UUID) -> HttpResponse:
    photos.take_back(access.get_own_profile(actor_of(request), profile_id), other_id)
    messages.success(request, _("Taken back. They see your photos as others do."))
    return redirect(safe_next(request, reverse("profiles:list-photos", args=[profile_id])))
