from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.core.refusals import TooMany
from positivesocials.messaging import access, selectors
from positivesocials.messaging import services as messaging
from positivesocials.messaging.forms import MessageForm
from positivesocials.messaging.models import Participant
from positivesocials.messaging.selectors import Line

A_MINUTE = {"limit": 30, "seconds": 60}


@require_GET
@member_required
def list_conversations(request: HttpRequest) -> HttpResponse:
    page = request.GET.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    found = selectors.conversations_of(actor_of(request), page=number)
    return render(request, "messaging/conversations.html", {"found": found})


@require_GET
@member_required
def count_unread(request: HttpRequest) -> HttpResponse:
    return render(request, "messaging/_unread.html", {"unread": selectors.unread_count(actor_of(request))})


@require_GET
@member_required
def show_conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    seat = access.get_seat_for(actor_of(request), conversation_id)
    return _talk_page(request, seat, MessageForm(initial={"client_key": uuid4()}))


@require_POST
@member_required
def send_message(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    seat = access.get_own_seat(actor, conversation_id)
    if not access.may_read(seat):
        raise messaging.ConversationClosed  # A page that shows nobody, and gives the words back.
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _sent_back(request, seat, form, status=422)
    try:
        rates.take("message", str(actor.pk), **A_MINUTE)
        text, key = form.cleaned_data["text"], form.cleaned_data["client_key"].hex
        messaging.send(actor, conversation_id, text=text, client_key=key)
    except (TooMany, messaging.ConversationClosed) as refusal:
        form.add_error("text", refusal.message)
        return _sent_back(request, seat, form, status=429 if isinstance(refusal, TooMany) else 409)
    return _sent(request, seat)


@require_GET
@member_required
def show_news(request: HttpRequest, conversation_id: UUID, message_id: UUID | None = None) -> HttpResponse:
    seat = access.get_seat_for(actor_of(request), conversation_id)
    return JsonResponse({**_read_on(seat, message_id), "open": access.is_open(seat.conversation)})


@require_GET
@member_required
def show_line(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    message = access.get_message_for(actor, conversation_id, message_id)
    line = selectors.line_for(access.get_seat_for(actor, conversation_id), message)
    return render(request, "messaging/_line.html", {"line": line})


@require_http_methods(["GET", "POST"])
@member_required
def remove_message(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """The confirming page, and the act."""
    actor = actor_of(request)
    if request.method == "POST":
        messaging.take_back(actor, conversation_id, message_id)
        messages.success(request, _("Taken back. The words are gone for everyone."))
        return redirect(_address(conversation_id))
    message = access.get_own_message(actor, conversation_id, message_id)
    line = selectors.line_for(access.get_seat_for(actor, conversation_id), message)
    return render(request, "messaging/remove.html", {"line": line})


@require_GET
@member_required
def show_more(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    seat = access.get_seat_for(actor_of(request), conversation_id)
    return render(request, "messaging/more.html", {"heading": selectors.heading_for(seat)})


@require_http_methods(["GET", "POST"])
@member_required
def leave_conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    """The confirming page, and the act."""
    actor = actor_of(request)
    if request.method == "POST":
        messaging.leave(actor, conversation_id)
        messages.success(request, _("You left the conversation."))
        return redirect("messaging:list-conversations")
    seat = access.get_seat_for(actor, conversation_id)
    return render(request, "messaging/leave.html", {"heading": selectors.heading_for(seat)})


def _talk_page(request: HttpRequest, seat: Participant, form: MessageForm, status: int = 200) -> HttpResponse:
    talk = selectors.talk_for(seat, before=_uuid(request.GET.get("before")))
    _mark_read(seat, talk.lines)
    return render(request, "messaging/conversation.html", {"talk": talk, "form": form}, status=status)


def _sent(request: HttpRequest, seat: Participant) -> HttpResponse:
    if _wants_part(request):
        return JsonResponse(_read_on(seat, _uuid(request.POST.get("shown"))))
    return redirect(f"{_address(seat.conversation_id)}#latest")


def _sent_back(request: HttpRequest, seat: Participant, form: MessageForm, *, status: int) -> HttpResponse:
    """Not sent: the page again with the reason and what was typed, or the reason for a script."""
    if _wants_part(request):
        reasons = [str(reason) for reasons in form.errors.values() for reason in reasons]
        return JsonResponse({"refused": " ".join(reasons)}, status=status)
    return _talk_page(request, seat, form, status=status)


def _read_on(seat: Participant, message_id: UUID | None) -> dict[str, Any]:
    """The next lines, and whether there may be more after them."""
    lines = selectors.lines_after(seat, message_id)
    _mark_read(seat, lines)
    part = render_to_string("messaging/_lines.html", {"lines": lines})
    return {"part": part, "more": len(lines) == selectors.PAGE}


def _mark_read(seat: Participant, lines: Sequence[Line]) -> None:
    messaging.mark_read(seat, up_to=lines[-1].sent_at if lines else seat.conversation.opened_at)


def _wants_part(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _address(conversation_id: UUID) -> str:
    return reverse("messaging:show-conversation", args=[conversation_id])
