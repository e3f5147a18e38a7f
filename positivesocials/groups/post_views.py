"""A post of one's own: changing it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from positivesocials.accounts.access import actor_of
from positivesocials.care import selectors as care
from positivesocials.care.selectors import ASKED, Look
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.groups import access, changes, pictured, selectors
from positivesocials.groups.models import Post
from positivesocials.groups.post_forms import EditPostForm
from positivesocials.replies.models import State


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_editable_post(actor, slug, pk)
    said = {"title": post.title, "note": post.note, "text": post.text}
    form = EditPostForm(request.POST if request.method == "POST" else None, initial=said)
    if not form.is_valid():
        return _edit_page(request, post, form)
    look = form.look(care.country_of(actor), has_picture=bool(pictured.of_post(pk)))
    if "preview" in request.POST:
        return _edit_page(request, post, form, preview=_preview(post, form), look=look)
    if form.must_ask(look):
        return _edit_page(request, post, form, look=look)
    with form.gives_back():
        rates.take("post-edit", str(actor.pk), limit=20, seconds=3600)
        changed = changes.edit_post(actor, slug, pk, **form.cleaned_data)
        if changed.state == State.HELD:
            messages.success(request, _("Saved. New words wait for a moderator again."))
        return redirect("groups:show-post", slug=slug, pk=pk)
    return _edit_page(request, post, form)


def _preview(post: Post, form: EditPostForm) -> selectors.PostView | None:
    sent, persona = form.cleaned_data, post.persona
    if persona is None:
        return None
    words = {name: sent[name] for name in ("title", "note", "text")}
    album = pictured.own_album(pictured.of_post(post.pk), post.group.slug)
    return selectors.preview(persona, album=album if album.count else None, **words)


def _edit_page(
    request: HttpRequest,
    post: Post,
    form: EditPostForm,
    *,
    preview: selectors.PostView | None = None,
    look: Look | None = None,
) -> HttpResponse:
    held = access.is_held_at_first(actor_of(request))
    page = {"group": post.group, "post": post, "form": form, "held": held, "preview": preview, "look": look}
    status = ASKED if look and not preview else form.refused_as or (422 if form.errors else 200)
    return render(request, "groups/edit.html", page, status=status)
