from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.messaging import reactions


@require_POST
@member_required
def react(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """One sign below a message; a page with a script draws the line anew by itself."""
    actor = actor_of(request)
    rates.take("reaction", str(actor.pk), limit=60, seconds=60)
    reactions.react(actor, conversation_id, message_id, sign=request.POST.get("sign", ""))
    return _done(request, conversation_id, message_id)


@require_POST
@member_required
def take_reaction_back(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    reactions.take_back(actor_of(request), conversation_id, message_id)
    return _done(request, conversation_id, message_id)


def _done(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    return redirect("messaging:show-message", conversation_id, message_id)
