"""One post with what is said below it: reading, replying, following, signs of support."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts.access import actor_of, viewer_of
from positivesocials.accounts.models import Account
from positivesocials.care import selectors as care
from positivesocials.care.selectors import ASKED, Look
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.groups import (
    access,
    drafts,
    following,
    reaction_reads,
    reactions,
    selectors,
    services,
    slots,
    talk_reads,
    tending_access,
    visits,
)
from positivesocials.groups.drafts import Place
from positivesocials.groups.keeping_drafts import kept, saved
from positivesocials.groups.models import TENDING, Post, Standing
from positivesocials.groups.post_forms import SupportForm, TalkReplyForm
from positivesocials.groups.signs import WORDS
from positivesocials.replies.models import State
from positivesocials.replies.selectors import ReplyTree


@require_safe
def show_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    post = access.get_post_for(viewer, slug, pk)
    selectors.warm_page(post, viewer)
    tree = _tree(post, viewer)
    form = None
    if viewer is not None and selectors.persona_of(viewer) and access.may_write(viewer, post.group):
        form = _form(post, viewer, tree, to=request.GET.get("to"))
        form.initial.update(drafts.initial(viewer, Place(post.group, post)))
    return _page(request, post, tree, form, to=request.GET.get("to"))


@member_required
@require_POST
def reply_to_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_post_for(actor, slug, pk)
    if selectors.persona_of(actor) is None:
        return redirect("onboarding:talk")
    tree = _tree(post, actor)
    form = _form(post, actor, tree, sent=request)
    if not form.is_valid():
        return _page(request, post, tree, form, to=request.POST.get("parent_id"))
    look = form.look(care.country_of(actor))
    if form.must_ask(look):
        return _page(request, post, tree, form, to=request.POST.get("parent_id"), look=look)
    with form.gives_back():
        rates.take("reply", str(actor.pk), limit=30, seconds=600)
        said = dict(form.cleaned_data)
        said.pop("draft")
        reply = services.reply_to_post(actor, post, persona_id=said.pop("voice"), **said)
        drafts.forget(actor, Place(post.group, post))
        return redirect(f"{_path(post)}#r-{reply.pk}")
    return _page(request, post, tree, form, to=request.POST.get("parent_id"))


@member_required
@require_POST
def preview_reply(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The reply as it would look; nothing is kept."""
    actor = actor_of(request)
    post = access.get_talk_for(actor, slug, pk)
    if selectors.persona_of(actor) is None:
        return redirect("onboarding:talk")
    tree = _tree(post, actor)
    form = _form(post, actor, tree, sent=request)
    preview = _preview(post, actor, tree, form) if form.is_valid() else None
    return _page(request, post, tree, form, to=request.POST.get("parent_id"), preview=preview)


@member_required
@require_POST
def keep_reply_draft(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """By a button, or by a script while one writes."""
    actor = actor_of(request)
    post = access.get_talk_for(actor, slug, pk)
    begun = saved(request, actor, Place(post.group, post))
    return kept(request, begun, redirect(f"{_path(post)}#reply"))


@member_required
@require_POST
def follow_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_post_for(actor, slug, pk)
    if not access.may_reply(post):
        messages.info(request, _("Nothing new can come here."))
    else:
        following.follow(actor, post)
        messages.success(request, _("You are told when somebody replies here."))
    return redirect(_path(post))


@member_required
@require_POST
def stop_following(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_post_for(actor, slug, pk)
    following.stop(actor, post)
    messages.success(request, _("You are not told of replies here any more."))
    return redirect(_path(post))


@member_required
@require_POST
def support(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """A sign for the post or for a reply below it, or back with it."""
    actor = actor_of(request)
    post = access.get_talk_for(actor, slug, pk)
    rates.take("support", str(actor.pk), limit=60, seconds=60)
    form = SupportForm(request.POST)
    form.is_valid()
    on, sign = form.cleaned_data.get("on"), form.cleaned_data.get("sign", "")
    if form.cleaned_data.get("back"):
        reactions.take_back(actor, post, on)
    else:
        reactions.give(actor, post, on, sign=sign)
    return redirect(f"{_path(post)}#{f'r-{on}' if on else 'post'}")


def _path(post: Post) -> str:
    return reverse("groups:show-post", args=[post.group.slug, post.pk])


def _tree(post: Post, viewer: Account | None) -> ReplyTree:
    seen_at = visits.arrive(viewer, post.group, post)
    signs = reaction_reads.signs_below(post, viewer)
    return talk_reads.talk_below(post, viewer, seen_at=seen_at, below=signs)


def _form(
    post: Post, actor: Account, tree: ReplyTree, *, to: str | None = None, sent: HttpRequest | None = None
) -> TalkReplyForm:
    voices, people = selectors.voices_in(post, actor), talk_reads.people_in(post, tree, actor)
    return TalkReplyForm(sent.POST if sent else None, voices=voices, people=people, answering=to)


def _preview(post: Post, actor: Account, tree: ReplyTree, form: TalkReplyForm) -> talk_reads.ReplyPreview:
    said = form.cleaned_data
    voice = access.get_own_voice(actor, post, said["voice"])
    named = [
        person.name for person in talk_reads.people_in(post, tree, actor) if person.id in said["mentions"]
    ]
    quote = talk_reads.quoted(post, tree, said["parent_id"]) if said["quotes"] else None
    return talk_reads.preview_reply(voice, said["text"], names=named, quote=quote)


def _page(
    request: HttpRequest,
    post: Post,
    tree: ReplyTree,
    form: TalkReplyForm | None,
    *,
    to: str | None,
    preview: talk_reads.ReplyPreview | None = None,
    look: Look | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    page: dict[str, Any] = {
        "group": post.group,
        "post": selectors.view_of(post, viewer),
        "path": _path(post),
        "tree": tree,
        "form": form,
        "preview": preview,
        "look": look,
        "answering": tree.find(to),
        "may_write": viewer is not None and access.may_write(viewer, post.group),
        "may_pin": access.may_pin(viewer, post.group),
        **_tending(viewer, post),
        "at": slots.at(viewer, post),
        "addressee": selectors.addressee_of(post, viewer),
        "takes_replies": access.may_reply(post),
        "follows": following.follows(viewer, post),
        "signs": WORDS.items(),
        "support": tree.below.get(None),
        "support_template": "groups/_support.html",
        "support_path": reverse("groups:support", args=[post.group.slug, post.pk]),
        "no_sign_yet": render_to_string("groups/_signs.html", {"signs": WORDS.items()}),
        # Only a page that was just opened begins with one.
        "has_draft": request.method != "POST" and form is not None and bool(form.initial.get("text")),
        "gives_support": form is not None,
        "held": form is not None and viewer is not None and access.is_held_at_first(viewer),
    }
    status = ASKED if look else form.refused_as if form else None
    return render(request, "groups/post.html", page, status=status)


def _tending(viewer: Account | None, post: Post) -> dict[str, bool]:
    standing = access.standing_of(viewer, post.group)
    may_ask = standing == Standing.FOUNDER and post.state == State.PUBLIC
    return {
        "may_tend": standing in TENDING,
        "may_ask_author": may_ask and tending_access.may_ask_author(post),
    }
