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
from positivesocials.core.uploads import takes_file
from positivesocials.groups import (
    access,
    attaching,
    drafts,
    following,
    reactions,
    selectors,
    services,
    slots,
    talk_reads,
    tending_access,
    visits,
)
from positivesocials.groups.attaching import Attached
from positivesocials.groups.drafts import Place
from positivesocials.groups.keeping_drafts import kept, saved
from positivesocials.groups.models import TENDING, Post, Standing
from positivesocials.groups.post_forms import SupportForm, TalkReplyForm
from positivesocials.groups.signs import WORDS as SIGNS
from positivesocials.replies import homes, paging
from positivesocials.replies.models import State
from positivesocials.replies.selectors import ReplyTree

WORDS = ("voice", "text", "parent_id", "client_key", "draft")


@require_safe
def show_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    viewer = viewer_of(request)
    post = access.get_post_for(viewer, slug, pk)
    selectors.warm_page(post, viewer)
    asked, before = paging.asked(request.GET), visits.arrive(viewer, post.group, post)
    tree = talk_reads.talk_below(post, viewer, seen_at=before.seen_at, asked=asked)
    if not asked.is_anywhere:
        visits.turn_to(viewer, post, tree.page, before)
    form = None
    if viewer is not None and selectors.persona_of(viewer) and access.may_write(viewer, post.group):
        form = _form(post, viewer, tree, to=request.GET.get("to"))
        form.initial.update(drafts.initial(viewer, Place(post.group, post)))
    attached = attaching.waiting(viewer, Place(post.group, post)) if form and viewer else None
    return _page(request, post, tree, form, attached, to=request.GET.get("to"), was_on=before.page)


@member_required
@require_POST
@takes_file
def reply_to_post(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_post_for(actor, slug, pk)
    if selectors.persona_of(actor) is None:
        return redirect("onboarding:talk")
    tree = _tree(request, post)
    form, to = _form(post, actor, tree, sent=request), _to(request)
    attached = attaching.carried(request, actor, Place(post.group, post))
    if not form.is_valid() or not attached.is_fine:
        return _page(request, post, tree, form, attached, to=to)
    look = form.look(care.country_of(actor), has_picture=bool(attached.ids))
    if form.must_ask(look):
        return _page(request, post, tree, form, attached, to=to, look=look)
    with form.gives_back():
        rates.take("reply", str(actor.pk), limit=30, seconds=600)
        said = dict(form.cleaned_data)
        said.pop("draft")
        voice = said.pop("voice")
        reply = services.reply_to_post(actor, post, persona_id=voice, photos=attached.ids, **said)
        drafts.forget(actor, Place(post.group, post))
        return redirect(homes.link_to(_path(post), reply.pk))
    return _page(request, post, tree, form, attached, to=to)


@member_required
@require_POST
@takes_file
def preview_reply(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The reply as it would look; nothing is kept."""
    actor = actor_of(request)
    post = access.get_talk_for(actor, slug, pk)
    if selectors.persona_of(actor) is None:
        return redirect("onboarding:talk")
    tree = _tree(request, post)
    form = _form(post, actor, tree, sent=request)
    attached, to = attaching.carried(request, actor, Place(post.group, post)), _to(request)
    if not form.is_valid() or not attached.is_fine:
        return _page(request, post, tree, form, attached, to=to)
    look = form.look(care.country_of(actor), has_picture=bool(attached.ids))
    preview = _preview(post, actor, tree, form, attached)
    return _page(request, post, tree, form, attached, to=to, preview=preview, look=look)


@member_required
@require_POST
@takes_file
def attach_photo(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The same form with one photo more, which waits with the draft; nothing typed is lost."""
    return _with_photos(request, access.get_talk_for(actor_of(request), slug, pk), attaching.added)


@member_required
@require_POST
@takes_file
def detach_photo(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The same form without one of its photos."""
    return _with_photos(request, access.get_talk_for(actor_of(request), slug, pk), attaching.taken_away)


def _with_photos(request: HttpRequest, post: Post, attach: attaching.Attach) -> HttpResponse:
    actor = actor_of(request)
    if selectors.persona_of(actor) is None:
        return redirect("onboarding:talk")
    tree, attached = _tree(request, post), attach(request, actor, Place(post.group, post))
    return _page(request, post, tree, _as_typed(request, post, actor, tree), attached, to=_to(request))


@member_required
@require_POST
@takes_file
def keep_reply_draft(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """By a button, or by a script while one writes."""
    actor = actor_of(request)
    post = access.get_talk_for(actor, slug, pk)
    attached = attaching.beside_draft(request, actor, Place(post.group, post))
    if not attached.is_fine and selectors.persona_of(actor) is not None:
        tree = _tree(request, post)
        return _page(request, post, tree, _as_typed(request, post, actor, tree), attached, to=_to(request))
    begun = saved(request, actor, Place(post.group, post))
    return kept(request, begun, redirect(f"{_path(post)}#reply"), has_photos=bool(attached.ids))


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
    return redirect(homes.link_to(_path(post), on) if on else f"{_path(post)}#post")


def _path(post: Post) -> str:
    return reverse("groups:show-post", args=[post.group.slug, post.pk])


def _tree(request: HttpRequest, post: Post) -> ReplyTree:
    """With what is being answered, or the beginning."""
    actor, asked = actor_of(request), paging.asked_for(request.POST.get("parent_id"))
    before = visits.arrive(actor, post.group, post)
    return talk_reads.talk_below(post, actor, seen_at=before.seen_at, asked=asked)


def _form(
    post: Post, actor: Account, tree: ReplyTree, *, to: str | None = None, sent: HttpRequest | None = None
) -> TalkReplyForm:
    voices, people = selectors.voices_in(post, actor), talk_reads.people_in(post, tree, actor)
    return TalkReplyForm(sent.POST if sent else None, voices=voices, people=people, answering=to)


def _as_typed(request: HttpRequest, post: Post, actor: Account, tree: ReplyTree) -> TalkReplyForm:
    """The form with what was typed into it, and nothing said of what is still missing."""
    form, typed = _form(post, actor, tree), request.POST
    form.initial.update({name: typed[name] for name in WORDS if name in typed})
    form.initial.update({name: name in typed for name in ("quotes", "wants_answers")})
    form.initial["mentions"] = typed.getlist("mentions")
    return form


def _to(request: HttpRequest) -> str | None:
    return request.POST.get("parent_id")


def _preview(
    post: Post, actor: Account, tree: ReplyTree, form: TalkReplyForm, attached: Attached
) -> talk_reads.ReplyPreview:
    said = form.cleaned_data
    voice = access.get_own_voice(actor, post, said["voice"])
    named = [
        person.name for person in talk_reads.people_in(post, tree, actor) if person.id in said["mentions"]
    ]
    quote = talk_reads.quoted(post, tree, said["parent_id"]) if said["quotes"] else None
    return talk_reads.preview_reply(voice, said["text"], names=named, quote=quote, album=attached.album)


def _page(
    request: HttpRequest,
    post: Post,
    tree: ReplyTree,
    form: TalkReplyForm | None,
    attached: Attached | None,
    *,
    to: str | None,
    was_on: int = 1,
    preview: talk_reads.ReplyPreview | None = None,
    look: Look | None = None,
) -> HttpResponse:
    viewer = viewer_of(request)
    page: dict[str, Any] = {
        "group": post.group,
        "post": selectors.view_of(post, viewer, tree.asides),
        "path": _path(post),
        "tree": tree,
        "was_on": talk_reads.was_on(tree, was_on),
        "form": form,
        "attached": attached,
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
        "signs": SIGNS.items(),
        "support": tree.below.get(None),
        "support_template": "groups/_support.html",
        "beside_template": "groups/_photos.html",
        "support_path": reverse("groups:support", args=[post.group.slug, post.pk]),
        "no_sign_yet": render_to_string("groups/_signs.html", {"signs": SIGNS.items()}),
        # Only a page that was just opened begins with one.
        "has_draft": request.method != "POST" and form is not None and _has_begun(form, attached),
        "gives_support": form is not None,
        "held": form is not None and viewer is not None and access.is_held_at_first(viewer),
    }
    status = ASKED if look and not preview else form.refused_as if form else None
    return render(request, "groups/post.html", page, status=status)


def _has_begun(form: TalkReplyForm, attached: Attached | None) -> bool:
    return bool(form.initial.get("text") or (attached and attached.ids))


def _tending(viewer: Account | None, post: Post) -> dict[str, bool]:
    standing = access.standing_of(viewer, post.group)
    may_ask = standing == Standing.FOUNDER and post.state == State.PUBLIC
    return {
        "may_tend": standing in TENDING,
        "may_ask_author": may_ask and tending_access.may_ask_author(post),
    }
