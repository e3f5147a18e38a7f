from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.core.http import staff_required
from positivesocials.core.refusals import Refused
from positivesocials.gathering import access, selectors, services
from positivesocials.gathering.forms import FeedForm, LetInForm
from positivesocials.gathering.models import Entry


@staff_required(Role.EDITOR)
@require_safe
def list_feeds(request: HttpRequest) -> HttpResponse:
    return _feeds_page(request, FeedForm())


@staff_required(Role.EDITOR)
@require_POST
def add_feed(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST)
    if not form.is_valid():
        return _feeds_page(request, form)
    try:
        services.add_feed(**form.cleaned_data)
    except Refused as refused:
        form.add_error("address", refused.message)
        return _feeds_page(request, form)
    messages.success(request, _("Added. Its entries appear here once it has been read."))
    return redirect("gathering:list-feeds")


def _feeds_page(request: HttpRequest, form: FeedForm) -> HttpResponse:
    page = {"feeds": selectors.feeds(), "waiting": selectors.waiting_count(), "form": form}
    return render(request, "gathering/feeds.html", page, status=422 if form.errors else 200)


@staff_required(Role.EDITOR)
@require_POST
def pause(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    services.pause(access.get_feed(feed_id))
    return redirect("gathering:list-feeds")


@staff_required(Role.EDITOR)
@require_POST
def resume(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    services.resume(access.get_feed(feed_id))
    return redirect("gathering:list-feeds")


@staff_required(Role.EDITOR)
@require_POST
def poll_now(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    services.poll_now(access.get_feed(feed_id))
    messages.success(request, _("It is read within a minute."))
    return redirect("gathering:list-feeds")


@staff_required(Role.EDITOR)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_feed(request: HttpRequest, feed_id: UUID) -> HttpResponse:
    feed = access.get_feed(feed_id)
    if request.method != "POST":
        return render(request, "gathering/remove.html", {"feed": feed})
    services.remove_feed(feed, by=actor_of(request))
    messages.success(request, _("Removed. What was let in from it stays."))
    return redirect("gathering:list-feeds")


@staff_required(Role.EDITOR)
@require_safe
def list_entries(request: HttpRequest) -> HttpResponse:
    desk = selectors.desk(state=request.GET.get("show", ""), page=request.GET.get("page", ""))
    return render(request, "gathering/entries.html", {"desk": desk})


@staff_required(Role.EDITOR)
@require_safe
def show_entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    entry = access.get_entry(entry_id)
    first = {"title": entry.title, "standfirst": selectors.excerpt(entry), "category": entry.feed.category}
    return _entry_page(request, entry, LetInForm(initial=first))


def _entry_page(request: HttpRequest, entry: Entry, form: LetInForm) -> HttpResponse:
    page = {"entry": entry, "excerpt": selectors.excerpt(entry), "form": form}
    return render(request, "gathering/entry.html", page, status=422 if form.errors else 200)


@staff_required(Role.EDITOR)
@require_POST
def publish(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    return _let_in(request, entry_id, services.publish, _("Published, with its source."))


@staff_required(Role.EDITOR)
@require_POST
def make_draft(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    return _let_in(request, entry_id, services.make_draft, _("It lies on the desk as a draft."))


def _let_in(request: HttpRequest, entry_id: UUID, act: Callable[..., object], said: str) -> HttpResponse:
    entry, form = access.get_entry(entry_id), LetInForm(request.POST)
    if not form.is_valid():
        return _entry_page(request, entry, form)
    act(entry, **form.cleaned_data)
    messages.success(request, said)
    return redirect("gathering:list-entries")


@staff_required(Role.EDITOR)
@require_POST
def set_aside(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    services.set_aside(access.get_entry(entry_id))
    messages.success(request, _("Set aside."))
    return redirect("gathering:list-entries")


@staff_required(Role.EDITOR)
@require_POST
def take_up(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    services.take_up(access.get_entry(entry_id))
    return redirect("gathering:show-entry", entry_id)
