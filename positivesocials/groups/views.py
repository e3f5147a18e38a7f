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
from positivesocials.groups import access, drafts, selectors, services, slots, visits
from positivesocials.groups.drafts import Place
from positivesocials.groups.forms import ALIAS, JoinForm, PostForm
from positivesocials.groups.group_forms import LeaveForm
from positivesocials.groups.models import BELONGING, Group, Post, Standing
from positivesocials.profiles.models import Persona
from positivesocials.replies.models import State

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_safe
def show_group(request: HttpRequest, slug: str) -> HttpResponse:
    viewer = viewer_of(request)
    group = access.get_group_for(viewer, slug)
    page: dict[str, Any] = {"group": group, **selectors.stands(viewer, group)}
    if not access.may_read(viewer, group):
        return render(request, "groups/door.html", page)
    seen_at = visits.arrive(viewer, group)
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
def write_post(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group, persona = access.get_writable_group_for(actor, slug), selectors.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    place, form = Place(group), _form(actor, group, persona, request.POST or None)
    if request.method != "POST":
        form.initial.update(drafts.initial(actor, place))
    if not form.is_valid():
        return _write_page(request, group, form)
    look = form.look(care.country_of(actor))
    if form.must_ask(look):
        return _write_page(request, group, form, look=look)
    with form.gives_back():
        rates.take("post", str(actor.pk), limit=10, seconds=3600)
        post = _write(actor, group, form.cleaned_data)
        drafts.forget(actor, place)
        messages.success(request, _thanks(post))
        return redirect("groups:show-post", slug=slug, pk=post.pk)
    return _write_page(request, group, form)


@member_required
@require_POST
def preview_post(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group, persona = access.get_writable_group_for(actor, slug), selectors.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    form = _form(actor, group, persona, request.POST)
    preview = _preview(persona, form.cleaned_data) if form.is_valid() else None
    return _write_page(request, group, form, preview=preview)


@member_required
@require_POST
def suggest_alias(request: HttpRequest, slug: str) -> HttpResponse:
    """The same form with another alias and another patch; nothing typed is lost."""
    actor = actor_of(request)
    group, persona = access.get_writable_group_for(actor, slug), selectors.persona_of(actor)
    if persona is None:
        return redirect("onboarding:talk")
    form = _form(actor, group, persona)
    kept = {name: request.POST.get(name, "") for name in ("title", "note", "text", "client_key", "draft")}
    form.initial.update(kept)
    return _write_page(request, group, form)


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


def _form(actor: Account, group: Group, persona: Persona, data: Any = None) -> PostForm:
    seen = selectors.names_of_others(group, actor)
    return PostForm(data, own_name=persona.name or "", seen=seen)


def _write(actor: Account, group: Group, sent: dict[str, Any]) -> Post:
    words = {name: sent[name] for name in ("title", "note", "text", "client_key")}
    if sent["voice"] == ALIAS:
        return services.write_post_as_alias(actor, group, alias=sent["alias"], salt=sent["salt"], **words)
    return services.write_post(actor, group, **words)


def _preview(persona: Persona, sent: dict[str, Any]) -> selectors.PostView:
    words = {name: sent[name] for name in ("title", "note", "text")}
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
    *,
    preview: selectors.PostView | None = None,
    look: Look | None = None,
) -> HttpResponse:
    page = {
        "group": group,
        "form": form,
        "preview": preview,
        "look": look,
        "held": access.is_held_at_first(actor_of(request)),
        "is_open": instance.is_open(),
        # Only a page that was just opened begins with one.
        "has_draft": request.method != "POST" and bool(form.initial.get("text")),
    }
    return render(request, "groups/write.html", page, status=ASKED if look else form.refused_as)
