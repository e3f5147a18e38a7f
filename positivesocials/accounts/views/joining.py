"""Joining: by a passkey, or by an address whose mailbox is proven."""

import secrets
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from positivesocials.accounts import access, gateways, passkeys, selectors, services
from positivesocials.accounts.forms import (
    AnswerForm,
    ConfirmForm,
    JoinByPasskeyForm,
    JoinForm,
    JoinProvenForm,
    PurposeForm,
)
from positivesocials.accounts.models import PendingSignUp, ProvenAddress, Purpose
from positivesocials.accounts.sessions import hashed, sign_in
from positivesocials.accounts.views import ceremonies
from positivesocials.accounts.views.ceremonies import get_or_post
from positivesocials.core import rates
from positivesocials.core.http import client_address, unlinked
from positivesocials.core.instance import is_open
from positivesocials.core.refusals import Refused

# Forms for guests carry no token, so that reading them sets no cookie: RejectCrossSite stands guard.
NEEDS_NO_ACCOUNT = {Purpose.READ: "articles:list-guides", Purpose.LOOKING: "home:landing"}
AN_HOUR = 3600
AGE, JOINING = "age", "joining"


@csrf_exempt
@get_or_post
def join(request: HttpRequest) -> HttpResponse:
    """The first question: what brings you here today?"""
    if request.user.is_authenticated:
        return redirect("home:home")
    form = PurposeForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/join.html", {"form": form})
    purpose = form.cleaned_data["purpose"]
    if purpose in NEEDS_NO_ACCOUNT:
        return redirect(NEEDS_NO_ACCOUNT[purpose])
    return redirect(f"{reverse('accounts:join-passkey')}?for={purpose}")


@csrf_exempt
@get_or_post
def join_passkey(request: HttpRequest) -> HttpResponse:
    """The way without an address: what has to be declared first, then the passkey."""
    if elsewhere := _not_here(request):
        return elsewhere
    form = JoinByPasskeyForm(request.POST or None, initial=_purpose(request), terms_url=reverse("home:terms"))
    if not form.is_valid():
        page = {"form": form, "purpose": _purpose(request)["purpose"]}
        return render(request, "accounts/join_passkey.html", page)
    rates.take("sign-up", client_address(request), limit=10, seconds=AN_HOUR)
    request.session[JOINING] = {
        "account_id": str(uuid4()),
        "declared_at": timezone.now().isoformat(),
        "device": form.cleaned_data["device"],
        "purpose": form.cleaned_data["purpose"],
        "terms_version": gateways.terms_version(),
        "over_18_by": _age_shown_by(request),
    }
    return redirect("accounts:make-first-passkey")


@csrf_exempt
@get_or_post
def make_first_passkey(request: HttpRequest) -> HttpResponse:
    joining: dict[str, str] | None = request.session.get(JOINING)
    if request.user.is_authenticated or not is_open() or joining is None:
        return redirect("accounts:join")
    account_id = UUID(joining["account_id"])
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            state = ceremonies.end(request, "join")
            account = passkeys.join(account_id, state, form.cleaned_data["answer"], **_declared(joining))
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            request.session.pop(JOINING)
            sign_in(request, account, device=joining["device"], method=access.PASSKEY)
            after = reverse("onboarding:begin", args=[joining["purpose"] or Purpose.LOOKING])
            return ceremonies.show_new_codes(request, account, after=after)
    options = ceremonies.begin(request, "join", passkeys.begin_making(account_id, known=[]))
    return render(request, "accounts/make_first_passkey.html", {"form": form, "options": options})


def _declared(joining: dict[str, str]) -> dict[str, Any]:
    return {
        "declared_at": parse_datetime(joining["declared_at"]),
        "terms_version": joining["terms_version"],
        "over_18_by": joining["over_18_by"],
    }


@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def join_account(request: HttpRequest) -> HttpResponse:
    """The way with an address and a password."""
    if elsewhere := _not_here(request):
        return elsewhere
    form = JoinForm(request.POST or None, initial=_purpose(request), terms_url=reverse("home:terms"))
    if not form.is_valid():
        page = {"form": form, "purpose": _purpose(request)["purpose"]}
        return render(request, "accounts/join_account.html", page)
    rates.take("sign-up", client_address(request), limit=10, seconds=AN_HOUR)
    typed = form.cleaned_data
    services.sign_up(
        address=typed["address"],
        password=typed["password"],
        purpose=typed["purpose"],
        over_18_by=_age_shown_by(request),
    )
    return redirect("accounts:join-sent")


def _purpose(request: HttpRequest) -> dict[str, str]:
    purpose = request.GET.get("for", "")
    return {"purpose": purpose if purpose in Purpose else ""}


def _not_here(request: HttpRequest) -> HttpResponse | None:
    """Where whoever cannot join now is sent."""
    if request.user.is_authenticated:
        return redirect("home:home")
    if not is_open():
        return render(request, "accounts/not_open.html")
    if not _age_shown_by(request):
        request.session[AGE] = {"after": request.get_full_path(), "state": secrets.token_urlsafe(16)}
        back = settings.ORIGIN + reverse("accounts:age-shown")
        begun = gateways.age_assurance().begin(back=back, state=request.session[AGE]["state"])
        return redirect(begun or reverse("accounts:join"))
    return None


def _age_shown_by(request: HttpRequest) -> str:
    """How the visitor showed to be 18 or over: by the box on the form, unless this site asks for more."""
    assurance = gateways.age_assurance()
    if isinstance(assurance, gateways.Declaration):
        return assurance.name
    return str(request.session.get(AGE, {}).get("by", ""))


@require_safe
def age_shown(request: HttpRequest) -> HttpResponse:
    """Back from where the age was shown. Kept: that it was, and how."""
    asked, assurance = request.session.pop(AGE, {}), gateways.age_assurance()
    state = request.GET.get("state", "")
    if not state or not secrets.compare_digest(state.encode(), str(asked.get("state", "")).encode()):
        return redirect("accounts:join")
    if not assurance.has_passed(request.GET.dict()):
        return render(request, "accounts/age_not_shown.html")
    request.session[AGE] = {"by": assurance.name}
    return redirect(asked["after"])


@require_safe
def join_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/join_sent.html")


@unlinked
@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the mailed link changes nothing: programs that scan mails open it too."""
    if selectors.live_link(PendingSignUp, token) is None:
        return ceremonies.link_ended(request, back="accounts:join")
    form = ConfirmForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/confirm.html", {"form": form})
    rates.take("confirm", hashed(token), limit=10, seconds=AN_HOUR)
    typed = form.cleaned_data
    try:
        account, purpose = services.confirm_sign_up(token, password=typed["password"])
    except services.AlreadyJoined:
        return render(request, "accounts/already_joined.html")
    except services.WrongPassword as refused:
        form.add_error("password", refused.message)
        return render(request, "accounts/confirm.html", {"form": form})
    sign_in(request, account, device=typed["device"], method=access.PASSWORD)
    return redirect("onboarding:begin", purpose=purpose or Purpose.LOOKING)


@unlinked
@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def join_proven(request: HttpRequest, token: str) -> HttpResponse:
    """Joining with an address that another page of this site has just proven."""
    if selectors.live_link(ProvenAddress, token) is None or not is_open():
        return ceremonies.link_ended(request, back="accounts:join")
    if elsewhere := _not_here(request):
        return elsewhere
    form = JoinProvenForm(request.POST or None, terms_url=reverse("home:terms"))
    if not form.is_valid():
        return render(request, "accounts/join_proven.html", {"form": form})
    typed, shown = form.cleaned_data, _age_shown_by(request)
    try:
        account = services.join_with_proven_address(token, password=typed["password"], over_18_by=shown)
    except services.AlreadyJoined:
        return render(request, "accounts/already_joined.html")
    sign_in(request, account, device=typed["device"], method=access.PASSWORD)
    return redirect("onboarding:choose")
