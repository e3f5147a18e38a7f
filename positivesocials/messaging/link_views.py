from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from positivesocials.accounts.access import actor_of
from positivesocials.core.http import member_required
from positivesocials.core.refusals import NotThere
from positivesocials.messaging import access, links, selectors


@require_GET
@member_required
def show_link(request: HttpRequest, conversation_id: UUID, message_id: UUID, which: str) -> HttpResponse:
    """An address from a message, whole. Which one stands in ours, so that ours tells nothing of it."""
    actor = actor_of(request)
    message = access.get_message_for(actor, conversation_id, message_id)
    line = selectors.line_for(access.get_seat_for(actor, conversation_id), message)
    found = links.address_in(line.text or "", which)
    if found is None:
        raise NotThere
    return render(request, "messaging/link.html", {"line": line, "found": found})
