"""Where one is logged in, to be looked at and ended."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts import access, selectors, services
from positivesocials.accounts.sessions import hashed
from positivesocials.core.http import member_required


@member_required
@require_safe
def list_devices(request: HttpRequest) -> HttpResponse:
    sessions = selectors.sessions_of(access.actor_of(request))
    page = {"sessions": sessions, "own_key_hash": own_key_hash(request)}
    return render(request, "accounts/devices.html", page)


@member_required
@require_POST
def end_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    services.end_session(access.actor_of(request), session_id)
    messages.success(request, _("Ended. That device is logged out."))
    return redirect("accounts:list-devices")


@member_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    services.end_other_sessions(access.actor_of(request), keep_key_hash=own_key_hash(request))
    messages.success(request, _("Ended. Every other device is logged out."))
    return redirect("accounts:list-devices")


def own_key_hash(request: HttpRequest) -> str:
    return hashed(request.session.session_key or "")
