"""Looking for words in one's own conversations, and the way from a message to its page."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.messaging import access, searching, selectors
from positivesocials.messaging.forms import SearchForm


@require_http_methods(["GET", "POST"])
@member_required
def search(request: HttpRequest) -> HttpResponse:
    """The form, and what it found: by a post, so that words stand in no address, and in no history."""
    actor = actor_of(request)
    if request.method != "POST":
        return render(request, "messaging/search.html", {"form": SearchForm()})
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "messaging/search.html", {"form": form}, status=422)
    rates.take("search messages", str(actor.pk), limit=30, seconds=60)
    words, further = form.cleaned_data["words"], form.cleaned_data["further"]
    found = searching.find(actor, words=words, further=further)
    return render(request, "messaging/search.html", {"form": form, "found": found, "words": words})


@require_GET
@member_required
def show_message(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """To the page of the conversation on which a message stands, and to the message there."""
    message = access.get_message_for(actor_of(request), conversation_id, message_id)
    before = selectors.page_around(message)
    query = f"?before={before}" if before else ""
    address = reverse("messaging:show-conversation", args=[conversation_id])
    return redirect(f"{address}{query}#m-{message.pk}")
