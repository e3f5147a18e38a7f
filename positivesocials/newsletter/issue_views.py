"""The editors' pages of the letter: neutral addresses and titles, for the staff alone."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.core import rates
from positivesocials.core.http import staff_required
from positivesocials.core.refusals import Refused
from positivesocials.newsletter import access, issues, rendering, selectors
from positivesocials.newsletter.forms import ScheduleForm, SeenForm, TopicForm, TryForm, WordsForm
from positivesocials.newsletter.models import Issue

for_editors = staff_required(Role.EDITOR)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@for_editors
@require_safe
def list_issues(request: HttpRequest) -> HttpResponse:
    return render(request, "newsletter/issues.html", {"shelf": selectors.shelf()})


@for_editors
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    return redirect("newsletter:edit-issue", issues.start().pk)


@for_editors
@get_or_post
def edit(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    issue = access.get_issue(issue_id)
    form = WordsForm(request.POST or None, issue=issue)
    if request.method != "POST" or not form.is_valid():
        return _desk(request, issue, form, status=422 if form.errors else 200)
    try:
        issues.save_words(issue, **form.cleaned_data)
    except Refused as refused:
        if not issue.may_change:
            raise
        return _desk(request, issue, _again(request, issue, refused), status=409, is_refused=True)
    messages.success(request, _("Saved."))
    return redirect("newsletter:edit-issue", issue.pk)


@for_editors
@require_POST
def add_item(request: HttpRequest, issue_id: UUID, key: str) -> HttpResponse:
    issues.add_item(access.get_issue(issue_id), key)
    # A place inside the folded list, which browsers unfold: the next one is put in without another click.
    return _back_to(issue_id, "more")


@for_editors
@require_POST
def remove_item(request: HttpRequest, issue_id: UUID, key: str) -> HttpResponse:
    issues.remove_item(access.get_issue(issue_id), key)
    return _back_to(issue_id, "articles")


@for_editors
@require_POST
def move_earlier(request: HttpRequest, issue_id: UUID, key: str) -> HttpResponse:
    issues.move_item_earlier(access.get_issue(issue_id), key)
    return _back_to(issue_id, "articles")


@for_editors
@require_safe
def preview(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    return _preview(request, access.get_issue(issue_id), TryForm(initial=_own_address(request)))


@for_editors
@require_safe
def preview_page(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """The HTML as readers get it: it needs no style and no picture, so the policy of every page holds."""
    return HttpResponse(rendering.shown(access.get_issue(issue_id)).html)


@for_editors
@get_or_post
def send_test(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return redirect("newsletter:preview-issue", issue_id)
    issue, form = access.get_issue(issue_id), TryForm(request.POST)
    if not form.is_valid():
        return _preview(request, issue, form)
    rates.take("letter test", str(actor_of(request).pk), limit=20, seconds=3600)
    issues.send_test(issue, form.cleaned_data["address"])
    messages.success(request, _("On its way to this one address."))
    return redirect("newsletter:preview-issue", issue.pk)


@for_editors
@get_or_post
def send(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """Asked once more: what is sent cannot be called back."""
    issue = access.get_issue(issue_id)
    if request.method != "POST":
        return _ask(request, issue, ScheduleForm())
    try:
        issues.send_now(issue, by=actor_of(request), seen_at=_seen_at(request))
    except issues.ChangedMeanwhile as changed:
        return _ask_again(request, issue_id, changed)
    messages.success(request, _("On its way. This page says how far it is."))
    return redirect("newsletter:edit-issue", issue.pk)


@for_editors
@get_or_post
def schedule(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    if request.method != "POST":
        return redirect("newsletter:send-issue", issue_id)
    issue, form = access.get_issue(issue_id), ScheduleForm(request.POST)
    if not form.is_valid():
        return _ask(request, issue, form)
    try:
        at = form.cleaned_data["at"]
        issues.schedule(issue, at, by=actor_of(request), seen_at=_seen_at(request))
    except issues.ChangedMeanwhile as changed:
        return _ask_again(request, issue_id, changed)
    messages.success(request, _("It goes out at that time. Until then it can be taken back."))
    return redirect("newsletter:edit-issue", issue.pk)


@for_editors
@require_POST
def unschedule(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    issues.unschedule(access.get_issue(issue_id))
    messages.success(request, _("Taken back: it is a draft again."))
    return redirect("newsletter:edit-issue", issue_id)


@for_editors
@require_POST
def stop(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    issues.stop(access.get_issue(issue_id), by=actor_of(request))
    messages.success(request, _("Stopped. Whoever had not been written to gets nothing."))
    return redirect("newsletter:edit-issue", issue_id)


@for_editors
@require_POST
def drop(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    issues.drop(access.get_issue(issue_id))
    messages.success(request, _("Deleted."))
    return redirect("newsletter:list-issues")


@for_editors
@get_or_post
def list_topics(request: HttpRequest) -> HttpResponse:
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        issues.add_topic(form.cleaned_data["name"])
        return redirect("newsletter:list-topics")
    page = {"topics": selectors.topics(), "form": form}
    return render(request, "newsletter/topics.html", page, status=422 if form.errors else 200)


@for_editors
@require_POST
def close_topic(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    issues.close_topic(access.get_topic(topic_id))
    return redirect("newsletter:list-topics")


@for_editors
@require_POST
def open_topic(request: HttpRequest, topic_id: UUID) -> HttpResponse:
    issues.open_topic(access.get_topic(topic_id))
    return redirect("newsletter:list-topics")


def _desk(
    request: HttpRequest, issue: Issue, form: WordsForm, *, status: int, is_refused: bool = False
) -> HttpResponse:
    page = {
        "desk": selectors.desk(issue),
        "progress": selectors.progress(issue),
        "form": form,
        "is_refused": is_refused,
    }
    return render(request, "newsletter/issue.html", page, status=status)


def _again(request: HttpRequest, issue: Issue, refused: Refused) -> WordsForm:
    """The form as it was sent. After another's change, saving it once more is an answer to that change."""
    sent = request.POST.copy()
    sent["seen_at"] = issue.changed_at.isoformat()
    form = WordsForm(sent, issue=issue)
    form.add_error(None, refused.message)
    return form


def _back_to(issue_id: UUID, part: str) -> HttpResponse:
    response = redirect("newsletter:edit-issue", issue_id)
    response.headers["Location"] += f"#{part}"
    return response


def _own_address(request: HttpRequest) -> dict[str, str]:
    return {"address": str(actor_of(request).address or "")}


def _preview(request: HttpRequest, issue: Issue, form: TryForm) -> HttpResponse:
    page = {"issue": issue, "letter": rendering.shown(issue), "form": form}
    return render(request, "newsletter/preview.html", page, status=422 if form.errors else 200)


def _ask(request: HttpRequest, issue: Issue, form: ScheduleForm) -> HttpResponse:
    return _send_page(
        request,
        issue,
        form,
        seen_at=_seen_at(request) or issue.changed_at,
        status=422 if form.errors else 200,
    )


def _ask_again(request: HttpRequest, issue_id: UUID, refused: Refused) -> HttpResponse:
    """After another's change, sending it once more is an answer to that change."""
    issue, form = access.get_issue(issue_id), ScheduleForm(initial={"at": request.POST.get("at", "")})
    return _send_page(request, issue, form, seen_at=issue.changed_at, status=409, refused=refused.message)


def _send_page(
    request: HttpRequest,
    issue: Issue,
    form: ScheduleForm,
    *,
    seen_at: datetime,
    status: int,
    refused: str = "",
) -> HttpResponse:
    page = {
        "issue": issue,
        "readers": selectors.readers_count(),
        "form": form,
        "seen_at": seen_at.isoformat(),
        "refused": refused,
    }
    return render(request, "newsletter/send.html", page, status=status)


def _seen_at(request: HttpRequest) -> datetime | None:
    """Pages that show a letter lead here with the time of its last change."""
    form = SeenForm(request.POST or request.GET)
    return form.cleaned_data["seen_at"] if form.is_valid() else None
