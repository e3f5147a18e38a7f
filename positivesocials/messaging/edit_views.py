from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from positivesocials.accounts.access import actor_of
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.core.refusals import Refused
from positivesocials.messaging import access, changes, composing, selectors, unkind
from positivesocials.messaging.forms import EditForm
from positivesocials.messaging.models import Message


@require_http_methods(["GET", "POST"])
@member_required
def edit_message(request: HttpRequest, conversation_id: UUID, message_id: UUID) -> HttpResponse:
    """The page with the words as they stand, and the act."""
    message = access.get_own_message(actor_of(request), conversation_id, message_id)
    if request.method == "POST":
        return _changed(request, message)
    if not access.may_change(message):
        raise changes.Settled
    seat = access.get_seat_for(actor_of(request), conversation_id)
    line = selectors.line_for(seat, message)
    form = EditForm(initial={"text": line.text, "version": message.version})
    return render(request, "messaging/edit.html", {"form": form, "line": line})


def _changed(request: HttpRequest, message: Message) -> HttpResponse:
    sent = request.POST.copy()
    form = EditForm(sent)
    if not form.is_valid():
        return _edit_again(request, message, form, status=422)
    if unkind.must_ask(form.cleaned_data):
        sent["sure"] = "on"  # Who saves once more was asked.
        return _edit_again(request, message, form, status=unkind.ASKED, asks=True)
    actor, talk = actor_of(request), message.conversation_id
    try:
        rates.take("message-edit", str(actor.pk), limit=30, seconds=60)
        said = form.cleaned_data
        composing.change(actor, talk, message.pk, text=said["text"], version=said["version"])
    except Refused as refusal:
        if isinstance(refusal, changes.ChangedMeanwhile):
            # Who saves once more has read that it replaces the other change.
            sent["version"] = str(access.get_own_message(actor, talk, message.pk).version)
        form.add_error("text", refusal.message)
        return _edit_again(request, message, form, status=409)
    return redirect("messaging:show-message", message.conversation_id, message.pk)


def _edit_again(
    request: HttpRequest, message: Message, form: EditForm, *, status: int, asks: bool = False
) -> HttpResponse:
    line = {"conversation_id": message.conversation_id, "id": message.pk}
    shown = {"form": form, "line": line, "asks": asks}
    return render(request, "messaging/edit.html", shown, status=status)
