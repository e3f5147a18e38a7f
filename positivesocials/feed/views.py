from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.core.http import member_required, safe_next
from positivesocials.feed import access, selectors, services, weekly
from positivesocials.feed.forms import QuestionForm
from positivesocials.groups import access as groups
from positivesocials.groups.models import Post


@require_safe
@member_required
def show_feed(request: HttpRequest) -> HttpResponse:
    viewer = actor_of(request)
    page = selectors.page_for(viewer, before=request.GET.get("before"))
    asks = access.may_ask_the_week(viewer)
    return render(request, "feed/feed.html", {"feed": page, "asks": asks})


@require_safe
@member_required
def list_choices(request: HttpRequest) -> HttpResponse:
    return render(request, "feed/choices.html", {"choices": selectors.choices_of(actor_of(request))})


@require_POST
@member_required
def follow_writer(request: HttpRequest, post_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_followable_for(actor, post_id)
    services.follow(actor, post)
    messages.success(request, _("Posts under this name come to your feed now. Nobody is told."))
    return redirect(_page_of(post))


@require_POST
@member_required
def unfollow_writer(request: HttpRequest, follow_id: UUID) -> HttpResponse:
    services.unfollow(actor_of(request), follow_id)
    return redirect(_back(request))


@require_POST
@member_required
def mute_writer(request: HttpRequest, post_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_mutable_for(actor, post_id)
    services.mute_writer(actor, post)
    messages.success(request, _("Muted: it does not come to your feed any more. Nobody is told."))
    return redirect(_page_of(post))


@require_POST
@member_required
def show_writer(request: HttpRequest, mute_id: UUID) -> HttpResponse:
    services.show_writer(actor_of(request), mute_id)
    return redirect(_back(request))


@require_POST
@member_required
def mute_group(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    services.mute_group(actor, groups.get_group_for(actor, slug))
    messages.success(request, _("Muted: this group does not come to your feed any more."))
    return redirect("groups:show-group", slug=slug)


@require_POST
@member_required
def show_group(request: HttpRequest, mute_id: UUID) -> HttpResponse:
    services.show_group(actor_of(request), mute_id)
    return redirect(_back(request))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def list_questions(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    access.must_ask_the_week(actor)
    form = QuestionForm(request.POST or None, weeks=weekly.free_weeks())
    if request.method == "POST" and form.is_valid():
        weekly.plan(actor, **form.cleaned_data)
        messages.success(request, _("The question is planned."))
        return redirect("feed:list-questions")
    page = {"form": form, "planned": weekly.planned(), "this_week": weekly.monday()}
    return render(request, "feed/questions.html", page, status=422 if form.is_bound else 200)


@require_POST
@member_required
def take_question_back(request: HttpRequest, question_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    weekly.take_back(actor, access.get_question_for(actor, question_id))
    return redirect("feed:list-questions")


def _page_of(post: Post) -> str:
    return reverse("groups:show-post", args=[post.group.slug, post.pk])


def _back(request: HttpRequest) -> str:
    return safe_next(request, reverse("feed:list-choices"))
