"""Requests, page by page. `as` in an address says the own profile that writes."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.core.http import member_required
from positivesocials.core.refusals import NotThere, TooMany
from positivesocials.messaging import opener_access, opener_reads, openers, unkind
from positivesocials.messaging.opener_forms import OpenerForm
from positivesocials.profiles import access as profiles
from positivesocials.profiles import selectors as profile_reads
from positivesocials.profiles.models import Profile

DAY = 24 * 60 * 60
MOST_A_DAY, MOST_WHILE_NEW = 8, 3


@require_GET
@member_required
def list_requests(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    received, sent = opener_reads.received_by(actor), opener_reads.sent_by(actor)
    openers.see(actor, [each.id for each in received])
    return render(request, "messaging/requests.html", {"received": received, "sent": sent})


@require_http_methods(["GET", "POST"])
@member_required
def write_first(request: HttpRequest, profile_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    own = _own(request, actor)
    other = opener_access.get_addressee_for(actor, own, profile_id)
    talk = openers.conversation_of(own, other)
    if talk is not None:
        return redirect("messaging:show-conversation", talk.pk)
    if opener_reads.has_written(own, other):
        return redirect("messaging:list-requests")
    form = OpenerForm(request.POST if request.method == "POST" else None, initial={"client_key": uuid4()})
    asks = form.is_valid() and unkind.must_ask(form.cleaned_data)
    if form.is_valid() and not asks and _is_sent(actor, own, other, form):
        return redirect(request.get_full_path())
    page = {"form": form, "own": own, "to": opener_reads.names_of(other), "asks": asks}
    sent = opener_reads.sent_to(actor, own, other)
    status = (unkind.ASKED if asks else 422) if form.is_bound else 200
    return render(request, "messaging/write_first.html", {**page, "sent": sent}, status=status)


def _is_sent(actor: Account, own: Profile, other: Profile, form: OpenerForm) -> bool:
    try:
        rates.take("request", str(actor.pk), limit=_most_a_day(actor), seconds=DAY)
        key = form.cleaned_data["client_key"].hex
        openers.write_first(actor, own, other.pk, text=form.cleaned_data["text"], client_key=key)
    except TooMany:
        form.add_error("text", _("That is all for today. Tomorrow you can write to someone new again."))
    except openers.WrittenAlready as refusal:
        form.add_error("text", refusal.message)
    return not form.errors


def _most_a_day(actor: Account) -> int:
    return MOST_WHILE_NEW if profiles.is_new([actor]) else MOST_A_DAY


@require_POST
@member_required
def accept(request: HttpRequest, request_id: UUID) -> HttpResponse:
    talk = openers.accept(actor_of(request), request_id)
    return redirect("messaging:show-conversation", talk.pk)


@require_POST
@member_required
def decline(request: HttpRequest, request_id: UUID) -> HttpResponse:
    openers.decline(actor_of(request), request_id)
    messages.success(request, _("It is gone from your requests. Nobody is told."))
    return redirect("messaging:list-requests")


@require_POST
@member_required
def take_back(request: HttpRequest, request_id: UUID) -> HttpResponse:
    openers.take_back(actor_of(request), request_id)
    messages.success(request, _("Taken back. The words are gone."))
    return redirect("messaging:list-requests")


def _own(request: HttpRequest, actor: Account) -> Profile:
    """The own profile that the address names, or the individual one."""
    try:
        return profiles.get_own_profile(actor, UUID(request.GET.get("as", "")))
    except ValueError:
        own = profile_reads.own_profiles(actor)
    if not own:
        raise NotThere
    return own[0]
