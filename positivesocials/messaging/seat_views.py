"""One's own side: drafts that a script saves, read marks, mute and archive by plain posts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.messaging import drafts, marks, seats
from positivesocials.messaging.forms import DraftForm


@require_POST
@member_required
def keep_draft(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """For the composer's script; without one the page keeps what was typed only while it is open."""
    actor, form = actor_of(request), DraftForm(request.POST)
    rates.take("draft", str(actor.pk), limit=120, seconds=60)
    if not form.is_valid():
        return JsonResponse({"refused": ""}, status=422)
    text, version = form.cleaned_data["text"], form.cleaned_data["draft"] or 0
    try:
        kept = drafts.keep(actor, conversation_id, text=text, version=version)
    except drafts.Overtaken as refusal:
        newer = {"version": refusal.newer.version, "text": refusal.newer.text}
        return JsonResponse({"refused": refusal.message, **newer}, status=409)
    return JsonResponse({"version": kept.version})


@require_POST
@member_required
def mute(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    seats.mute(actor_of(request), conversation_id)
    messages.success(request, _("Muted. Nothing new here is counted or told to you."))
    return redirect("messaging:show-conversation", conversation_id)


@require_POST
@member_required
def unmute(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    seats.unmute(actor_of(request), conversation_id)
    messages.success(request, _("You hear again when something new is written."))
    return redirect("messaging:show-conversation", conversation_id)


@require_POST
@member_required
def archive(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    seats.archive(actor_of(request), conversation_id)
    messages.success(request, _("Archived. It is back in the list when something new is written."))
    return redirect("messaging:list-conversations")


@require_POST
@member_required
def unarchive(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    seats.unarchive(actor_of(request), conversation_id)
    messages.success(request, _("It is in your list again."))
    return redirect("messaging:show-conversation", conversation_id)


@require_GET
@member_required
def show_read_marks(request: HttpRequest) -> HttpResponse:
    return render(request, "messaging/read_marks.html", {"are_on": marks.are_on(actor_of(request))})


@require_POST
@member_required
def switch_marks_on(request: HttpRequest) -> HttpResponse:
    marks.switch_on(actor_of(request))
    messages.success(request, _("Read marks are on."))
    return redirect("messaging:show-read-marks")


@require_POST
@member_required
def switch_marks_off(request: HttpRequest) -> HttpResponse:
    marks.switch_off(actor_of(request))
    messages.success(request, _("Read marks are off."))
    return redirect("messaging:show-read-marks")
