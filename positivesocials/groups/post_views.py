"""A post of one's own: changing it, and the draft of one that is to be."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.care import selectors as care
from positivesocials.care.selectors import ASKED, Look
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.groups import access, changes, selectors
from positivesocials.groups.drafts import Place
from positivesocials.groups.keeping_drafts import kept, saved
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
    if "preview" in request.POST:
        return _edit_page(request, post, form, preview=_preview(post, form))
    look = form.look(care.country_of(actor))
    if form.must_ask(look):
        return _edit_page(request, post, form, look=look)
    with form.gives_back():
        rates.take("post-edit", str(actor.pk), limit=20, seconds=3600)
        changed = changes.edit_post(actor, slug, pk, **form.cleaned_data)
        if changed.state == State.HELD:
            messages.success(request, _("Saved. New words wait for a moderator again."))
        return redirect("groups:show-post", slug=slug, pk=pk)
    return _edit_page(request, post, form)


@member_required
@require_POST
def keep_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """By a button, or by a script while one writes."""
    actor = actor_of(request)
    group = access.get_writable_group_for(actor, slug)
    begun = saved(request, actor, Place(group))
    return kept(request, begun, redirect("groups:show-group", slug=slug))


def _preview(post: Post, form: EditPostForm) -> selectors.PostView | None:
    sent, persona = form.cleaned_data, post.persona
    if persona is None:
        return None
    return selectors.preview(persona, title=sent["title"], note=sent["note"], text=sent["text"])


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
    status = ASKED if look else form.refused_as or (422 if form.errors else 200)
    return render(request, "groups/edit.html", page, status=status)
