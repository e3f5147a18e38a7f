"""Mute and archive: plain posts, back to where one was."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core.http import member_required
from positivesocials.messaging import seats


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
