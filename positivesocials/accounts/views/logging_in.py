"""Logging in, by passkey first; the second step; showing once more that it is you; a forgotten password."""

import time

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts import access, codes, passkeys, selectors, services
from positivesocials.accounts.forms import (
    AnswerForm,
    CodeForm,
    LogInForm,
    PasskeyForm,
    RecoveryForm,
    ReProveForm,
    ResetForm,
    SetPasswordForm,
)
from positivesocials.accounts.models import Account, PasswordReset, Role
from positivesocials.accounts.sessions import hashed, sign_in
from positivesocials.accounts.views import ceremonies
from positivesocials.accounts.views.ceremonies import get_or_post
from positivesocials.core import rates
from positivesocials.core.http import client_address, member_required, safe_next, unlinked
from positivesocials.core.refusals import Refused

AN_HOUR = 3600
HALF_IN = "half in"
HALF_IN_SECONDS = 600


@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def log_in(request: HttpRequest) -> HttpResponse:
    after = safe_next(request, reverse("home:home"))
    if request.user.is_authenticated:
        return redirect(after)
    if request.method == "POST":
        _slow_down(request)
    form = LogInForm(request.POST or None, request=request)
    if not form.is_valid():
        return render(request, "accounts/log_in.html", {"form": form, "next": after})
    account, device = form.user, form.cleaned_data["device"]
    if codes.has_app(account):
        until = time.time() + HALF_IN_SECONDS
        request.session[HALF_IN] = {
            "account": str(account.pk),
            "device": device,
            "after": after,
            "until": until,
        }
        return redirect("accounts:log-in-code")
    sign_in(request, account, device=device, method=access.PASSWORD)
    return redirect(after)


def _slow_down(request: HttpRequest) -> None:
    # Counted for the caller, alone and with the address tried: nobody can lock somebody else out.
    caller, handle = client_address(request), services.handle_of(request.POST.get("login", "")[:254])
    rates.take("log-in", caller, limit=30, seconds=600)
    rates.take("log-in to one", f"{caller}|{handle}", limit=8, seconds=600)


@csrf_exempt
@require_POST
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """The challenge for the log-in page, asked for by its script."""
    rates.take("log-in", client_address(request), limit=30, seconds=600)
    options = ceremonies.begin(request, "log-in", passkeys.begin_proving())
    return JsonResponse({"options": options})


@csrf_exempt
@require_POST
def log_in_passkey(request: HttpRequest) -> HttpResponse:
    after = safe_next(request, reverse("home:home"))
    if request.user.is_authenticated:
        return redirect(after)
    rates.take("log-in", client_address(request), limit=30, seconds=600)
    form = PasskeyForm(request.POST)
    try:
        state = ceremonies.end(request, "log-in")
        account = passkeys.prove(state, form.data.get("answer", "") if form.is_valid() else "")
    except Refused as refused:
        page = {"form": LogInForm(request=request), "next": after, "refused": refused.message}
        return render(request, "accounts/log_in.html", page)
    sign_in(request, account, device=form.cleaned_data["device"], method=access.PASSKEY)
    return redirect(after)


@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def log_in_code(request: HttpRequest) -> HttpResponse:
    """After the password, the code that the member's app shows, or one of those kept for emergencies."""
    half = request.session.get(HALF_IN)
    account = selectors.active_account(half["account"]) if half and half["until"] > time.time() else None
    if half is None or account is None:
        return redirect("accounts:log-in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        # Whoever gets here knows the password: a stranger cannot use up the tries of somebody else.
        rates.take("code", str(account.pk), limit=10, seconds=600)
        try:
            _check_code(account, form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", refused.message)
        else:
            request.session.pop(HALF_IN)
            sign_in(request, account, device=half["device"], method=access.PASSWORD)
            return redirect(half["after"])
    return render(request, "accounts/log_in_code.html", {"form": form})


def _check_code(account: Account, code: str) -> None:
    if code.isdecimal():
        codes.check_app(account, code=code)
    else:
        codes.spend_recovery_code(account, code=code)


@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def log_in_recovery(request: HttpRequest) -> HttpResponse:
    """With a recovery code, when the passkey or the app is lost."""
    if request.user.is_authenticated:
        return redirect("accounts:show-ways")
    form = RecoveryForm(request.POST or None)
    if form.is_valid():
        rates.take("log-in", client_address(request), limit=30, seconds=600)
        typed = form.cleaned_data
        try:
            account = codes.use_recovery_code(code=typed["code"], password=typed["password"])
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            sign_in(request, account, device=typed["device"], method=access.RECOVERY)
            return redirect("accounts:show-ways")
    return render(request, "accounts/log_in_recovery.html", {"form": form})


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("home:landing")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@sensitive_post_parameters()
@member_required
@get_or_post
def re_prove(request: HttpRequest) -> HttpResponse:
    """Once more, before something that must not happen on a borrowed session."""
    actor = access.actor_of(request)
    form = ReProveForm(request.POST or None, user=actor)
    if request.method == "POST":
        rates.take("re-prove", str(actor.pk), limit=10, seconds=600)
        if actor.has_usable_password() and form.is_valid():
            record_authentication(request, actor, method=access.PASSWORD)
            return redirect(safe_next(request, reverse("home:home")))
    return _ask_for_proof(request, actor, form)


@member_required
@require_POST
def re_prove_passkey(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    rates.take("re-prove", str(actor.pk), limit=10, seconds=600)
    answer = AnswerForm(request.POST)
    try:
        state = ceremonies.end(request, "prove")
        account = passkeys.prove(state, answer.data.get("answer", "") if answer.is_valid() else "")
        if account != actor:
            raise passkeys.NotProven
    except Refused as refused:
        return _ask_for_proof(request, actor, ReProveForm(user=actor), refused=refused.message)
    record_authentication(request, actor, method=access.PASSKEY)
    return redirect(safe_next(request, reverse("home:home")))


def _ask_for_proof(
    request: HttpRequest, actor: Account, form: ReProveForm, *, refused: str = ""
) -> HttpResponse:
    own = passkeys.passkeys_of(actor)
    page = {
        "form": form,
        "next": safe_next(request, reverse("home:home")),
        "refused": refused,
        "options": ceremonies.begin(request, "prove", passkeys.begin_proving(known=own)) if own else "",
        "needs_first": actor.role != Role.MEMBER and not own,
        "has_password": actor.has_usable_password(),
    }
    return render(request, "accounts/re_prove.html", page)


@csrf_exempt
@get_or_post
def reset(request: HttpRequest) -> HttpResponse:
    form = ResetForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/reset.html", {"form": form})
    rates.take("reset", client_address(request), limit=10, seconds=AN_HOUR)
    services.ask_for_reset(form.cleaned_data["address"])
    return redirect("accounts:reset-sent")


@require_safe
def reset_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/reset_sent.html")


@unlinked
@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def set_password(request: HttpRequest, token: str) -> HttpResponse:
    link = selectors.live_link(PasswordReset, token)
    if link is None:
        return ceremonies.link_ended(request, back="accounts:reset")
    form = SetPasswordForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/set_password.html", {"form": form})
    rates.take("set password", hashed(token), limit=10, seconds=AN_HOUR)
    try:
        account = services.set_password_by_link(token, password=form.cleaned_data["password"])
    except services.NoAccount:
        return render(request, "accounts/no_account.html")
    if link.from_console:
        # Staff go on to their passkey, which this link alone lets them make.
        sign_in(request, account, device="shared", method=access.CONSOLE)
        return redirect("accounts:add-passkey")
    return render(request, "accounts/password_set.html")
