"""The pages of those who look after a group."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.groups import (
    access,
    closing,
    founding,
    inviting,
    selectors,
    tending,
    tending_access,
    tending_reads,
)
from positivesocials.groups.group_forms import (
    CloseForm,
    GroupWordsForm,
    ReasonForm,
    RemovePostForm,
    words_of,
)
from positivesocials.groups.models import Group
from positivesocials.notifications import notices

GET_OR_POST = ["GET", "HEAD", "POST"]
T = TypeVar("T")


@member_required
@require_safe
def tend_group(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group = tending_access.get_tended_group_for(actor, slug)
    notices.see(actor.pk, targets=[group.pk])
    return _tending_page(request, actor, group)


def _tending_page(request: HttpRequest, actor: Account, group: Group, *, link: str = "") -> HttpResponse:
    page = {
        "group": group,
        "tending": tending_reads.page_of(actor, group, number=request.GET.get("page", 1)),
        "link": link,
    }
    return render(request, "groups/tend.html", page)


@member_required
@require_http_methods(GET_OR_POST)
def reword(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group = tending_access.get_tended_group_for(actor, slug)
    form = GroupWordsForm(request.POST or None, initial=words_of(group))
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            founding.reword(actor, group, form.wording)
            messages.success(request, _("Saved. The page of the group says that its words were changed."))
            return redirect("groups:tend-group", slug=slug)
    return render(request, "groups/reword.html", {"group": group, "form": form}, status=form.refused_as)


@member_required
@require_http_methods(GET_OR_POST)
def close_group(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    group = tending_access.get_founded_group_for(actor, slug)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "groups/close.html", {"group": group, "form": form})
    closing.close_group(actor, group)
    messages.success(request, _("The group is closed. Everything in it is removed after 30 days."))
    return redirect("groups:list-groups")


@member_required
@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Answers with the page itself: the link is shown this once."""
    actor = actor_of(request)
    group = tending_access.get_tended_group_for(actor, slug)
    rates.take("group invitation", str(actor.pk), limit=30, seconds=86400)
    code = inviting.invite(actor, group)
    link = settings.ORIGIN + reverse("groups:accept-invitation", args=[code])
    return _tending_page(request, actor, group, link=link)


def _decision(
    get: Callable[[Account, str, UUID], T], act: Callable[[Account, T], None], done: Promise, *, to: str = ""
) -> Callable[..., HttpResponse]:
    """The view of one button: what is decided about what somebody who tends the group can get."""

    @member_required
    @require_POST
    def decide(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
        actor = actor_of(request)
        act(actor, get(actor, slug, pk))
        messages.success(request, str(done))
        return redirect(to, slug=slug, pk=pk) if to else redirect("groups:tend-group", slug=slug)

    return decide


_KEEPS_NOBODY_OUT = gettext_lazy("This keeps nobody out any more.")
revoke = _decision(
    tending_access.get_invitation_made_for, inviting.revoke, gettext_lazy("The link lets nobody in any more.")
)
let_in = _decision(
    tending_access.get_asker_for, tending.let_in, gettext_lazy("They are in, and they are told.")
)
decline = _decision(
    tending_access.get_asker_for, tending.decline, gettext_lazy("They are told kindly. They may ask again.")
)
let_back = _decision(tending_access.get_put_out_for, tending.let_back, _KEEPS_NOBODY_OUT)
let_author_back = _decision(tending_access.get_removal_for, tending.let_author_back, _KEEPS_NOBODY_OUT)
ask_to_tend = _decision(
    tending_access.get_helper_for,
    tending.ask_to_tend,
    gettext_lazy("They are asked. It is theirs to say yes."),
)
take_back = _decision(
    tending_access.get_helper_for, tending.take_back, gettext_lazy("They are a member like others.")
)
ask_author = _decision(
    tending_access.get_named_post_for,
    tending.ask_author_to_tend,
    gettext_lazy("They are asked, if they belong to the group. It is theirs to say yes."),
    to="groups:show-post",
)


@member_required
@require_http_methods(GET_OR_POST)
def put_out(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    member = tending_access.get_member_for(actor, slug, pk)
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        person = tending_reads.person_of(member, actor)
        return render(request, "groups/put_out.html", {"group": member.group, "person": person, "form": form})
    tending.put_out(actor, member, reason=form.cleaned_data["reason"])
    messages.success(request, _("They are out of the group, and they read why."))
    return redirect("groups:tend-group", slug=slug)


@member_required
@require_http_methods(GET_OR_POST)
def remove_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = tending_access.get_removable_post_for(actor, slug, pk)
    form = RemovePostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            tending.remove_post(actor, post, **form.cleaned_data)
            messages.success(request, _removed(puts_out=form.cleaned_data["puts_out"]))
            return redirect("groups:show-group", slug=slug)
    page = {"group": post.group, "post": selectors.view_of(post, actor), "form": form}
    return render(request, "groups/remove_post.html", page, status=form.refused_as)


@member_required
@require_safe
def list_replies(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = tending_access.get_tended_post_for(actor, slug, pk)
    said = tending_reads.said_below(actor, post, number=request.GET.get("page", 1))
    page = {"group": post.group, "post": selectors.view_of(post, actor), "said": said}
    return render(request, "groups/replies.html", page)


@member_required
@require_http_methods(GET_OR_POST)
def remove_reply(request: HttpRequest, slug: str, pk: UUID, reply_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    post, reply = tending_access.get_removable_reply_for(actor, slug, pk, reply_id)
    form = RemovePostForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            tending.remove_reply(actor, post, reply, **form.cleaned_data)
            messages.success(request, _("The reply is removed, and whoever wrote it reads why."))
            return redirect("groups:list-replies", slug=slug, pk=pk)
    page = {"group": post.group, "post": post, "reply": tending_reads.said(reply), "form": form}
    return render(request, "groups/remove_reply.html", page, status=form.refused_as)


def _removed(*, puts_out: bool) -> str:
    if puts_out:
        return _("The post is removed. Whoever wrote it is out of the group, unless they look after it.")
    return _("The post is removed, and whoever wrote it reads why.")


@member_required
@require_POST
def appeal(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    removal = tending_access.get_own_removal(actor, slug, pk)
    tending.appeal(actor, removal)
    messages.success(request, _("The moderators of this site look at it. You see here what they decide."))
    if access.may_read(actor, removal.group):
        return redirect("groups:show-post", slug=slug, pk=removal.post_id)
    return redirect("groups:show-standing", pk=tending_access.get_membership_in(actor, removal.group).pk)
