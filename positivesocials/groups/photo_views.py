"""The one address that shows photos of posts and replies, and taking one's own away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from positivesocials.accounts.access import actor_of
from positivesocials.core.http import as_picture, member_required
from positivesocials.groups import photo_rules, photos, pictured


@require_GET
@member_required
def show_photo(request: HttpRequest, slug: str, photo_id: UUID, size: str) -> HttpResponse:
    """The picture and nothing else, kept by no cache."""
    photo = photo_rules.get_photo_for(actor_of(request), slug, photo_id)
    return as_picture(pictured.data_of(photo, size))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def remove_photo(request: HttpRequest, slug: str, photo_id: UUID) -> HttpResponse:
    photo = photo_rules.get_own_photo(actor_of(request), slug, photo_id)
    if request.method != "POST":
        page = {"slug": slug, "post_id": photo.post_id, "photo": pictured.shown([photo], slug)[0]}
        return render(request, "groups/remove_photo.html", page)
    photos.remove(photo)
    messages.success(request, _("The picture is gone for everybody. What you wrote stays."))
    return redirect("groups:show-post", slug=slug, pk=photo.post_id)
