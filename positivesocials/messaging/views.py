from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.core.refusals import Refused, TooMany
from positivesocials.messaging import (
    access,
    composing,
    drafts,
    opener_reads,
    quotes,
    selectors,
    slots,
    unkind,
)
from positivesocials.messaging import services as messaging
from positivesocials.messaging.forms import MessageForm
from positivesocials.messaging.lines import Line
from positivesocials.messaging.models import Message, Participant
from positivesocials.messaging.slots import Slot

A_MINUTE = {"limit": 30, "seconds": 60}


@require_GET
@member_required
def list_conversations(request: HttpRequest) -> HttpResponse:
    actor, number = actor_of(request), _number(request.GET.get("page")) or 1
    show = request.GET.get("show", "")
    known = show if show in {selectors.UNREAD, selectors.ARCHIVED} else selectors.ALL
    found = selectors.conversations_of(actor, page=number, show=known)
    waiting = opener_reads.waiting_count(actor)
    return render(request, "messaging/conversations.html", {"found": found, "waiting": waiting})


@require_GET
@member_required
def count_unread(request: HttpRequest) -> HttpResponse:
    # Without what every page is given besides: scripts ask for this often.
    unread = opener_reads.unread_count(actor_of(request))
    return HttpResponse(render_to_string("messaging/_unread.html", {"unread": unread}))


@require_GET
@member_required
def show_conversation(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    seat = access.get_seat_for(actor_of(request), conversation_id)
    return _talk_page(request, seat)


@require_POST
@member_required
def send_message(request: HttpRequest, conversation_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _sent_back(request, access.get_own_seat(actor, conversation_id), form, status=422)
    if unkind.must_ask(form.cleaned_data):
        return _asked(request, access.get_own_seat(actor, conversation_id), form)
    try:
        rates.take("message", str(actor.pk), **A_MINUTE)
        seat = _send(actor, conversation_id, form.cleaned_data).participant
    except (TooMany, messaging.ConversationClosed) as refusal:
        form.add_error("text", refusal.message)
        seat, status = access.get_own_seat(actor, conversation_id), _refused_as(refusal)
        return _sent_back(request, seat, form, status=status)
    text, version = form.cleaned_data["text"], _number(request.POST.get("draft"))
    drafts.forget_sent(seat, text=text, version=version)
    return _sent(request, seat)


@require_GET
@member_required
def show_news(request: HttpRequest, conversation_id: UUID, message_id: UUID | None = None) -> HttpResponse:
    seat = access.get_seat_for(actor_of(request), conversation_id)
    return JsonResponse(_read_on(request, seat, message_id, is_open=access.is_open(seat.conversation)))


@require_GET
@member_required
def show_line(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    message = access.get_message_for(actor, conversation_id, message_id)
    seat = access.get_seat_for(actor, conversation_id)
    shown = {"line": selectors.line_for(seat, message), "is_open": access.is_open(seat.conversation)}
    return render(request, "messaging/_line.html", shown)


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
    page = {"heading": selectors.heading_for(seat), "choices": slots.filled(Slot.CHOICES, seat)}
    return render(request, "messaging/more.html", page)


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


def _send(actor: Account, conversation_id: UUID, sent: dict[str, Any]) -> Message:
    return composing.send(
        actor,
        conversation_id,
        text=sent["text"],
        client_key=sent["client_key"].hex,
        reply_to=sent["reply_to"],
    )


def _talk_page(
    request: HttpRequest,
    seat: Participant,
    form: MessageForm | None = None,
    status: int = 200,
    *,
    asks: bool = False,
) -> HttpResponse:
    talk = selectors.talk_for(seat, before=_uuid(request.GET.get("before")))
    _mark_read(seat, talk.lines)
    begun = drafts.draft_of(seat)
    reply_to = _uuid(request.GET.get("reply"))
    form = form or MessageForm(initial={"client_key": uuid4(), "reply_to": reply_to, "text": begun.text})
    page = {
        "talk": talk,
        "form": form,
        "asks": asks,
        "answered": quotes.quote_for(seat, _uuid(str(form["reply_to"].value()))),
        "draft": begun,
        "tab_key": drafts.tab_key(seat),
        "choices": slots.filled(Slot.CHOICES, seat),
    }
    return render(request, "messaging/conversation.html", page, status=status)


def _sent(request: HttpRequest, seat: Participant) -> HttpResponse:
    if _wants_part(request):
        return JsonResponse(_read_on(request, seat, _uuid(request.POST.get("shown")), is_open=True))
    return redirect(f"{_address(seat.conversation_id)}#latest")


def _sent_back(request: HttpRequest, seat: Participant, form: MessageForm, *, status: int) -> HttpResponse:
    """Not sent: the page again with the reason and what was typed, or the reason for a script."""
    if _wants_part(request):
        reasons = [str(reason) for reasons in form.errors.values() for reason in reasons]
        return JsonResponse({"refused": " ".join(reasons)}, status=status)
    return _page_again(request, seat, form, status=status)


def _asked(request: HttpRequest, seat: Participant, form: MessageForm) -> HttpResponse:
    """Not sent yet: whether its writer is sure. Nothing is kept of the question."""
    if _wants_part(request):
        return JsonResponse({}, status=unkind.ASKED)
    return _page_again(request, seat, form, status=unkind.ASKED, asks=True)


def _page_again(
    request: HttpRequest, seat: Participant, form: MessageForm, *, status: int, asks: bool = False
) -> HttpResponse:
    """The conversation with what was typed; where a block hides it, a page that gives just the words back."""
    if not access.may_read(seat):
        raise messaging.ConversationClosed
    return _talk_page(request, seat, form, status=status, asks=asks)


def _read_on(
    request: HttpRequest, seat: Participant, message_id: UUID | None, *, is_open: bool
) -> dict[str, Any]:
    """The next lines, whether there may be more after them, and whether anyone may still write."""
    lines = selectors.lines_after(seat, message_id)
    if any(not line.is_mine for line in lines):
        _mark_read(seat, lines)
    shown = {"lines": lines, "is_open": is_open, "csrf_token": get_token(request)}
    part = render_to_string("messaging/_lines.html", shown)
    return {"part": part, "more": len(lines) == selectors.PAGE, "open": is_open}


def _mark_read(seat: Participant, lines: Sequence[Line]) -> None:
    messaging.mark_read(seat, up_to=lines[-1].sent_at if lines else seat.conversation.opened_at)


def _refused_as(refusal: Refused) -> int:
    return 429 if isinstance(refusal, TooMany) else 409


def _wants_part(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _address(conversation_id: UUID) -> str:
    return reverse("messaging:show-conversation", args=[conversation_id])
