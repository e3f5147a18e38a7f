from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts.access import actor_of, viewer_of
from positivesocials.core import rates
from positivesocials.core.http import client_address, member_required, unlinked
from positivesocials.core.refusals import NotThere
from positivesocials.replies import access, homes, selectors, services
from positivesocials.replies.forms import EditForm
from positivesocials.replies.models import GuestContact


@require_safe
def show_reply(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    """Leads to the page that the reply stands on."""
    reply = access.get_reply_for(viewer_of(request), reply_id)
    home = homes.path_of(reply.thread_id)
    if home is None:
        raise NotThere
    return redirect(f"{home}#r-{reply.pk}")


@member_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase_reply(request: HttpRequest, reply_id: UUID) -> HttpResponse:
    reply = access.get_own_reply(actor_of(request), reply_id)
    home = homes.path_of(reply.thread_id) or "/"
    if request.method != "POST":
        return render(request, "replies/erase.html", {"reply": reply, "home": home})
    services.erase(actor_of(request), reply_id)
    messages.success(request, _("Your reply is removed."))
    return redirect(f"{home}#r-{reply.pk}")


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
    rates.take("reply-edit", client_address(request), limit=20, seconds=3600)
    services.edit_as_guest(contact, text=form.cleaned_data["text"])
    return redirect("replies:show-own", token=token)


@unlinked
@csrf_exempt
@require_POST
def erase_own(request: HttpRequest, token: str) -> HttpResponse:
    services.erase_as_guest(access.get_guest_contact(token))
    return render(request, "replies/erased.html")


def _own_page(request: HttpRequest, token: str, contact: GuestContact, form: EditForm) -> HttpResponse:
    home = homes.path_of(contact.reply.thread_id)
    own = selectors.own_reply(contact.reply)
    page = {"own": own, "form": form, "token": token, "home": home, "kept_until": contact.kept_until}
    return render(request, "replies/own.html", page)
