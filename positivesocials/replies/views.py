from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of, viewer_of
from positivesocials.care import selectors as care
from positivesocials.care.selectors import ASKED, Look
from positivesocials.core import rates
from positivesocials.core.http import client_address, member_required, unlinked
from positivesocials.core.refusals import NotThere
from positivesocials.replies import access, changes, homes, letters, proofs, selectors, services
from positivesocials.replies.forms import EditForm, OwnReplyForm
from positivesocials.replies.models import GuestContact


@require_safe
def show_reply(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    """Leads to the page that the reply stands on."""
    reply = access.get_reply_for(viewer_of(request), reply_id)
    home = homes.path_of(reply.thread_id)
    if home is None:
        raise NotThere
    return redirect(homes.link_to(home, reply.pk))


@require_safe
def ask_riddle(request: HttpRequest) -> HttpResponse:
    """What a guest's browser works on while its owner writes. Pages come from caches, this never does."""
    rates.take("riddle", client_address(request), limit=60, seconds=600)
    response = JsonResponse(proofs.riddle())
    response.headers["Cache-Control"] = "no-store"
    return response


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_reply(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    reply = access.get_changeable_reply(actor, reply_id)
    home = homes.path_of(reply.thread_id) or "/"
    form = OwnReplyForm(
        request.POST if request.method == "POST" else None,
        initial={"text": reply.text, "wants_answers": reply.wants_answers},
    )
    back = homes.link_to(home, reply.pk)
    page = {"reply": reply, "back": back, "form": form, "held": access.is_held_at_first(actor)}
    if form.is_valid():
        look = form.look(care.country_of(actor), has_picture=bool(homes.shown_in(reply.pk, actor).pictures))
        if form.must_ask(look):
            return render(request, "replies/edit.html", page | {"look": look}, status=ASKED)
        with form.gives_back():
            rates.take("reply-edit", str(actor.pk), limit=20, seconds=3600)
            changes.edit(actor, reply_id, **form.cleaned_data)
            return redirect(back)
    status = form.refused_as or (422 if form.errors else 200)
    return render(request, "replies/edit.html", page, status=status)


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_reply(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    reply = access.get_own_reply(actor_of(request), reply_id)
    home = homes.path_of(reply.thread_id) or "/"
    if request.method != "POST":
        return render(request, "replies/erase.html", {"reply": reply, "back": homes.link_to(home, reply.pk)})
    services.erase(actor_of(request), reply_id)
    messages.success(request, _("Your reply is removed."))
    return redirect(homes.link_to(home, reply.pk))


@unlinked
@require_safe
def show_own(request: HttpRequest, token: str) -> HttpResponse:
    contact = access.get_guest_contact(token)
    return _own_page(request, token, contact, EditForm(initial={"text": contact.reply.text}))


@unlinked
@csrf_exempt
@require_POST
def edit_own(request: HttpRequest, token: str) -> HttpResponse:
    contact = access.get_guest_contact(token)
    form = EditForm(request.POST)
    if not form.is_valid():
        return _own_page(request, token, contact, form)
    look = form.look()
    if form.must_ask(look):
        return _own_page(request, token, contact, form, look)
    with form.gives_back():
        rates.take("reply-edit", client_address(request), limit=20, seconds=3600)
        changes.edit_as_guest(contact, text=form.cleaned_data["text"])
        return redirect("replies:show-own", token=token)
    return _own_page(request, token, contact, form)


@unlinked
@csrf_exempt
@require_POST
def erase_own(request: HttpRequest, token: str) -> HttpResponse:
    services.erase_as_guest(access.get_guest_contact(token))
    return render(request, "replies/erased.html")


@unlinked
@csrf_exempt
@require_POST
def confirm_own(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing, because programs that scan mails open it too; the button does."""
    services.confirm_as_guest(access.get_guest_contact(token))
    return redirect("replies:show-own", token=token)


@unlinked
@csrf_exempt
@require_POST
def tell_own(request: HttpRequest, token: str) -> HttpResponse:
    letters.tell_guest(access.get_guest_contact(token))
    return redirect("replies:show-own", token=token)


@unlinked
@csrf_exempt
@require_POST
def hush_own(request: HttpRequest, token: str) -> HttpResponse:
    letters.stop_telling(access.get_guest_contact(token).pk)
    return redirect("replies:show-own", token=token)


@unlinked
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop_answers(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a mail, and the mail program's one click (RFC 8058), which posts without a cookie."""
    contact_id = access.check_answers_token(token)
    if request.method != "POST":
        return render(request, "replies/stop.html")
    letters.stop_telling(contact_id)
    return render(request, "replies/stopped.html")


def _own_page(
    request: HttpRequest, token: str, contact: GuestContact, form: EditForm, look: Look | None = None
) -> HttpResponse:
    home = homes.path_of(contact.reply.thread_id)
    own = selectors.own_reply(contact.reply)
    is_told = contact.reply.wants_answers and contact.proven_at is not None
    page = {
        "own": own,
        "is_told": is_told,
        "form": form,
        "token": token,
        "place": homes.link_to(home, own.id) if home else "",
        "contact": contact,
        "guests_wait": access.guests_wait(),
        "look": look,
    }
    status = ASKED if look else form.refused_as or (422 if form.errors else 200)
    return render(request, "replies/own.html", page, status=status)
