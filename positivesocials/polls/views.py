from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.core.refusals import Refused
from positivesocials.groups.models import Post
from positivesocials.polls import access, services
from positivesocials.polls.forms import PollForm, VoteForm

GET_OR_POST = ["GET", "HEAD", "POST"]


@member_required
@require_http_methods(GET_OR_POST)
def ask(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = access.get_post_to_ask_in(actor, slug, pk)
    form = PollForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.gives_back():
            rates.take("poll", str(actor.pk), limit=10, seconds=3600)
            services.ask(actor, post, form.options, days=int(form.cleaned_data["days"]))
            messages.success(request, _("The poll stands below your post."))
            return _to_post(post)
    page = {"group": post.group, "post": post, "form": form}
    return render(request, "polls/ask.html", page, status=form.refused_as)


@member_required
@require_POST
def vote(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    poll = access.get_poll_for(actor, slug, pk)
    form = VoteForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Choose one of the answers."))
    if services.vote(actor, poll, form.cleaned_data["option"]):
        messages.success(request, _("Your vote is counted, and nothing ties it to you."))
    else:
        messages.info(request, _("You had voted already: the first vote counts."))
    return _to_post(poll.post)


@member_required
@require_http_methods(GET_OR_POST)
def take_away(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    actor = actor_of(request)
    poll = access.get_own_poll(actor, slug, pk)
    if request.method != "POST":
        return render(request, "polls/take_away.html", {"group": poll.post.group, "poll": poll})
    services.take_away(actor, poll)
    messages.success(request, _("The poll is gone, with every vote."))
    return _to_post(poll.post)


def _to_post(post: Post) -> HttpResponse:
    return redirect("groups:show-post", slug=post.group.slug, pk=post.pk)
