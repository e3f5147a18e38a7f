from uuid import UUID

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from positivesocials.accounts import access, selectors, services
from positivesocials.accounts.forms import (
    ConfirmForm,
    JoinForm,
    JoinProvenForm,
    LogInForm,
    PurposeForm,
    ReProveForm,
    ResetForm,
    SetPasswordForm,
)
from positivesocials.accounts.models import PasswordReset, PendingSignUp, ProvenAddress, Purpose
from positivesocials.accounts.sessions import DEVICE, hashed, sign_in
from positivesocials.core import rates
from positivesocials.core.http import client_address, member_required, safe_next, unlinked
from positivesocials.core.instance import is_open

# Forms for guests carry no token, so that reading them sets no cookie: RejectCrossSite stands guard.
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
NEEDS_NO_ACCOUNT = {Purpose.READ: "articles:list-guides", Purpose.LOOKING: "home:landing"}
AN_HOUR = 3600


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
    return redirect(f"{reverse('accounts:join-account')}?for={purpose}")


@csrf_exempt
@sensitive_post_parameters()
@get_or_post
def join_account(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home:home")
    if not is_open():
        return render(request, "accounts/not_open.html")
    purpose = {"purpose": request.GET.get("for", "")}
    form = JoinForm(request.POST or None, initial=purpose, terms_url=reverse("home:terms"))
    if not form.is_valid():
        return render(request, "accounts/join_account.html", {"form": form})
    rates.take("sign-up", client_address(request), limit=10, seconds=AN_HOUR)
    typed = form.cleaned_data
    services.sign_up(address=typed["address"], password=typed["password"], purpose=typed["purpose"])
    return redirect("accounts:join-sent")


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
        return _link_ended(request, back="accounts:join")
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
        return _link_ended(request, back="accounts:join")
    form = JoinProvenForm(request.POST or None, terms_url=reverse("home:terms"))
    if not form.is_valid():
        return render(request, "accounts/join_proven.html", {"form": form})
    typed = form.cleaned_data
    try:
        account = services.join_with_proven_address(token, password=typed["password"])
    except services.AlreadyJoined:
        return render(request, "accounts/already_joined.html")
    sign_in(request, account, device=typed["device"], method=access.PASSWORD)
    return redirect("onboarding:choose")


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
    if form.is_valid():
        request.session[DEVICE] = form.cleaned_data["device"]
        done: HttpResponse = form.login(request, redirect_url=after)
        return done
    return render(request, "accounts/log_in.html", {"form": form, "next": after})


def _slow_down(request: HttpRequest) -> None:
    # Counted for the caller, alone and with the address tried: nobody can lock somebody else out.
    caller, handle = client_address(request), services.handle_of(request.POST.get("login", "")[:254])
    rates.take("log-in", caller, limit=30, seconds=600)
    rates.take("log-in to one", f"{caller}|{handle}", limit=8, seconds=600)


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("home:landing")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


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
    if selectors.live_link(PasswordReset, token) is None:
        return _link_ended(request, back="accounts:reset")
    form = SetPasswordForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/set_password.html", {"form": form})
    try:
        services.set_password_by_link(token, password=form.cleaned_data["password"])
    except services.NoAccount:
        return render(request, "accounts/no_account.html")
    return render(request, "accounts/password_set.html")


def _link_ended(request: HttpRequest, *, back: str) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home:home")
    return render(request, "accounts/link_ended.html", {"back": reverse(back)}, status=410)


@sensitive_post_parameters()
@member_required
@get_or_post
def re_prove(request: HttpRequest) -> HttpResponse:
    """The password once more, before something that must not happen on a borrowed session."""
    actor, after = access.actor_of(request), safe_next(request, reverse("home:home"))
    if request.method == "POST":
        rates.take("re-prove", str(actor.pk), limit=10, seconds=600)
    form = ReProveForm(request.POST or None, user=actor)
    if not form.is_valid():
        return render(request, "accounts/re_prove.html", {"form": form, "next": after})
    reauthenticate_by_password(request)
    return redirect(after)


@sensitive_post_parameters()
@member_required
@get_or_post
def change_password(request: HttpRequest) -> HttpResponse:
    if not access.proved_recently(request):
        return redirect(f"{reverse('accounts:re-prove')}?next={request.path}")
    form = SetPasswordForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/change_password.html", {"form": form})
    actor = access.actor_of(request)
    services.change_password(
        actor, password=form.cleaned_data["password"], keep_key_hash=_own_key_hash(request)
    )
    update_session_auth_hash(request, actor)
    messages.success(request, _("Your new password is set. Every other device is logged out."))
    return redirect("accounts:list-devices")


@member_required
@require_safe
def list_devices(request: HttpRequest) -> HttpResponse:
    sessions = selectors.sessions_of(access.actor_of(request))
    page = {"sessions": sessions, "own_key_hash": _own_key_hash(request)}
    return render(request, "accounts/devices.html", page)


@member_required
@require_POST
def end_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    services.end_session(access.actor_of(request), session_id)
    messages.success(request, _("Ended. That device is logged out."))
    return redirect("accounts:list-devices")


@member_required
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    services.end_other_sessions(access.actor_of(request), keep_key_hash=_own_key_hash(request))
    messages.success(request, _("Ended. Every other device is logged out."))
    return redirect("accounts:list-devices")


def _own_key_hash(request: HttpRequest) -> str:
    return hashed(request.session.session_key or "")
