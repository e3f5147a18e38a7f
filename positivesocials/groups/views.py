from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of, viewer_of
from positivesocials.accounts.models import Account
from positivesocials.care import selectors as care
from positivesocials.care.selectors import ASKED, Look
from positivesocials.core import instance, rates
from positivesocials.core.http import member_required
from positivesocials.core.uploads import takes_file
from positivesocials.groups import access, attaching, drafts, selectors, services, slots, visits, worn
from positivesocials.groups.attaching import Attached
from positivesocials.groups.drafts import Place
from positivesocials.groups.forms import ALIAS, JoinForm, PostForm
from positivesocials.groups.group_forms import LeaveForm
from positivesocials.groups.keeping_drafts import kept, saved
from positivesocials.groups.models import BELONGING, Group, Post, Standing
from positivesocials.groups.pictured import Album
from positivesocials.profiles.models import Persona
from positivesocials.replies.models import State

GET_OR_POST = ["GET", "HEAD", "POST"]
WORDS, VOICE = ("title", "note", "text", "client_key", "draft"), ("voice", "alias", "salt")


@require_safe
def show_group(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    group = access.get_group_for(viewer, slug)
    page: dict[str, Any] = {"group": group, **selectors.stands(viewer, group)}
    if group.closed_at is not None:
        # Only those who looked after it know of it still.
        return redirect("groups:show-standing", pk=page["own"].pk)
    if not access.may_read(viewer, group):
        return render(request, "groups/door.html", page)
    seen_at = visits.arrive(viewer, group).seen_at
    page["shown"] = selectors.page_of(group, viewer, before=request.GET.get("before"), seen_at=seen_at)
    page["beside"] = slots.beside(viewer, group)
    page["lets_write"] = access.lets_write(viewer, group)
    page["may_write"] = viewer is not None and access.may_write(viewer, group)
    return render(request, "groups/group.html", page)


@member_required
@require_http_methods(GET_OR_POST)
def join_group(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group = access.get_group_for(actor, slug)
    is_invited = access.standing_of(actor, group) == Standing.INVITED
    form = JoinForm(request.POST or None, questions=[] if is_invited else group.question_lines)
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            standing = services.join_group(actor, group, form.answers)
            messages.success(request, _joined(standing))
            return redirect("groups:show-group", slug=slug)
    return render(request, "groups/join.html", {"group": group, "form": form}, status=form.refused_as)


@member_required
@require_http_methods(GET_OR_POST)
def leave_group(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group = access.get_group_for(actor, slug)
    form = LeaveForm(request.POST or None)
    if request.method != "POST":
        page = {"group": group, "form": form, "standing": access.standing_of(actor, group)}
        return render(request, "groups/leave.html", page)
    erases = form.is_valid() and form.cleaned_data["erases"]
    services.leave_group(actor, group, erases=erases)
    messages.success(request, _left(erases=erases))
    return redirect("groups:show-group", slug=slug) if group.is_public else redirect("groups:list-groups")


@member_required
@require_POST
def let_write(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    services.let_write(actor, access.get_group_for(actor, slug))
    return redirect("groups:show-group", slug=slug)


@member_required
@require_POST
def stop_writing(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    services.stop_writing(actor, access.get_group_for(actor, slug))
    return redirect("groups:show-group", slug=slug)


@member_required
@require_http_methods(GET_OR_POST)
@takes_file
def write_post(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group, persona = access.get_writable_group_for(actor, slug), selectors.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    place, form = Place(group), _form(actor, group, persona, request.POST or None)
    if request.method != "POST":
        form.initial.update(drafts.initial(actor, place))
        return _write_page(request, group, form, attaching.waiting(actor, place))
    attached = attaching.carried(request, actor, place)
    if not form.is_valid() or not attached.is_fine:
        return _write_page(request, group, form, attached)
    look = form.look(care.country_of(actor), has_picture=bool(attached.ids))
    if form.must_ask(look):
        return _write_page(request, group, form, attached, look=look)
    with form.gives_back():
        rates.take("post", str(actor.pk), limit=10, seconds=3600)
        post = _write(actor, group, form.cleaned_data, attached.ids)
        drafts.forget(actor, place)
        messages.success(request, _thanks(post))
        return redirect("groups:show-post", slug=slug, pk=post.pk)
    return _write_page(request, group, form, attached)


@member_required
@require_POST
@takes_file
def preview_post(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group, persona = access.get_writable_group_for(actor, slug), selectors.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    form = _form(actor, group, persona, request.POST)
    attached = attaching.carried(request, actor, Place(group))
    if not form.is_valid() or not attached.is_fine:
        return _write_page(request, group, form, attached)
    look = form.look(care.country_of(actor), has_picture=bool(attached.ids))
    preview = _preview(persona, form.cleaned_data, attached.album)
    return _write_page(request, group, form, attached, preview=preview, look=look)


@member_required
@require_POST
@takes_file
def suggest_alias(request: HttpRequest, slug: str) -> HttpResponse:
    """The same form with another alias and another patch; nothing typed is lost."""
    actor = actor_of(request)
    group, persona = access.get_writable_group_for(actor, slug), selectors.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    form = _as_typed(request, group, persona, WORDS)
    return _write_page(request, group, form, attaching.carried(request, actor, Place(group)))


@member_required
@require_POST
@takes_file
def attach_photo(request: HttpRequest, slug: str) -> HttpResponse:
    """The same form with one photo more, which waits with the draft; nothing typed is lost."""
    return _with_photos(request, slug, attaching.added)


@member_required
@require_POST
@takes_file
def detach_photo(request: HttpRequest, slug: str) -> HttpResponse:
    """The same form without one of its photos."""
    return _with_photos(request, slug, attaching.taken_away)


def _with_photos(request: HttpRequest, slug: str, attach: attaching.Attach) -> HttpResponse:
    actor = actor_of(request)
    group, persona = access.get_writable_group_for(actor, slug), selectors.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    form = _as_typed(request, group, persona, (*WORDS, *VOICE))
    return _write_page(request, group, form, attach(request, actor, Place(group)))


@member_required
@require_POST
@takes_file
def keep_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """By a button, or by a script while one writes."""
    actor = actor_of(request)
    group, persona = access.get_writable_group_for(actor, slug), selectors.persona_of(actor)
    attached = attaching.beside_draft(request, actor, Place(group))
    if not attached.is_fine and persona is not None:
        return _write_page(request, group, _as_typed(request, group, persona, (*WORDS, *VOICE)), attached)
    begun = saved(request, actor, Place(group))
    return kept(request, begun, redirect("groups:show-group", slug=slug), has_photos=bool(attached.ids))


@member_required
@require_http_methods(GET_OR_POST)
def erase_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_own_post(actor, slug, pk)
    if request.method != "POST":
        return render(request, "groups/erase.html", {"post": selectors.view_of(post, actor)})
    services.erase_post(actor, post)
    messages.success(request, _("Your post is removed."))
    return redirect("groups:show-group", slug=slug)


@member_required
@require_POST
def pin_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    services.pin_post(actor, access.get_pinnable_post_for(actor, slug, pk))
    return redirect("groups:show-post", slug=slug, pk=pk)


@member_required
@require_POST
def unpin_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    services.unpin_post(actor, access.get_pinnable_post_for(actor, slug, pk))
    return redirect("groups:show-post", slug=slug, pk=pk)


def _form(
    actor: Account, group: Group, persona: Persona, data: Any = None, typed: dict[str, str] | None = None
) -> PostForm:
    seen = worn.names_of_others(group, actor)
    return PostForm(data, own_name=persona.name or "", seen=seen, typed=typed)


def _write(actor: Account, group: Group, sent: dict[str, Any], photos: list[UUID]) -> Post:
    words = {"photos": photos, **{name: sent[name] for name in ("title", "note", "text", "client_key")}}
    if sent["voice"] == ALIAS:
        return services.write_post_as_alias(actor, group, alias=sent["alias"], salt=sent["salt"], **words)
    return services.write_post(actor, group, **words)


def _as_typed(request: HttpRequest, group: Group, persona: Persona, names: tuple[str, ...]) -> PostForm:
    """The form with what was typed into it, and nothing said of what is still missing."""
    typed = {name: request.POST[name] for name in names if name in request.POST}
    return _form(actor_of(request), group, persona, typed=typed)


def _preview(persona: Persona, sent: dict[str, Any], album: Album) -> selectors.PostView:
    words: dict[str, Any] = {"album": album if album.count else None}
    words |= {name: sent[name] for name in ("title", "note", "text")}
    if sent["voice"] == ALIAS:
        return selectors.preview(persona, alias=sent["alias"], salt=sent["salt"], **words)
    return selectors.preview(persona, **words)


def _joined(standing: Standing) -> str:
    if standing in BELONGING:
        return _("You are a member of this group now.")
    return _("Your answers are on their way to who looks after this group. You see here when you are let in.")


def _left(*, erases: bool) -> str:
    if erases:
        return _(
            "You left the group. What you wrote there goes: under your name now, under aliases within a day."
        )
    return _("You left the group. What you wrote there stays until you remove it.")


def _thanks(post: Post) -> str:
    if post.state == State.HELD:
        return _("Thank you. A moderator reads first posts before others see them.")
    return _("Posted.")


def _write_page(
    request: HttpRequest,
    group: Group,
    form: PostForm,
    attached: Attached,
    *,
    preview: selectors.PostView | None = None,
    look: Look | None = None,
) -> HttpResponse:
    page = {
        "group": group,
        "form": form,
        "attached": attached,
        "preview": preview,
        "look": look,
        "held": access.is_held_at_first(actor_of(request)),
        "is_open": instance.is_open(),
        # Only a page that was just opened begins with one.
        "has_draft": request.method != "POST" and bool(form.initial.get("text") or attached.ids),
    }
    status = ASKED if look and not preview else form.refused_as
    return render(request, "groups/write.html", page, status=status)
