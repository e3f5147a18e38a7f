"""The ways to log in: passkeys, password, code app, recovery codes and address, each after a fresh proof."""

from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from positivesocials.accounts import access, codes, passkeys, selectors, services
from positivesocials.accounts.forms import AddressForm, AnswerForm, AppCodeForm, SetPasswordForm
from positivesocials.accounts.pictures import square
from positivesocials.accounts.views import ceremonies
from positivesocials.accounts.views.ceremonies import FRESH_CODES, get_or_post
from positivesocials.accounts.views.devices import own_key_hash
from positivesocials.core import rates
from positivesocials.core.http import member_required, proof_required, safe_next, unlinked
from positivesocials.core.refusals import Refused

A_DAY = 24 * 3600
NEW_SECRET = "new secret"  # noqa: S105 - the name under which the session keeps it.


@require_safe
@member_required
def show_ways(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    page = {
        "passkeys": passkeys.passkeys_of(actor),
        "app": codes.has_app(actor),
        "codes_left": codes.recovery_codes_left(actor),
        "address": actor.address,
        "has_password": actor.has_usable_password(),
        "on_shared": request.session.get("device") != "own",
    }
    return render(request, "accounts/ways.html", page)


@get_or_post
@member_required
@proof_required
def add_passkey(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    if not access.may_add_passkey(request):
        return render(request, "accounts/passkey_withheld.html")
    form, after = AnswerForm(request.POST or None), safe_next(request, reverse("accounts:show-ways"))
    if form.is_valid():
        try:
            passkeys.add(actor, ceremonies.end(request, "add"), form.cleaned_data["answer"])
        except Refused as refused:
            form.add_error(None, refused.message)
        else:
            # Whoever has just made it holds it: that is a proof as well.
            record_authentication(request, actor, method=access.PASSKEY)
            messages.success(request, _("Your passkey is ready: it logs you in from now on."))
            return ceremonies.show_new_codes(request, actor, after=after)
    begun = passkeys.begin_making(actor.pk, known=passkeys.passkeys_of(actor))
    page = {"form": form, "next": after, "options": ceremonies.begin(request, "add", begun)}
    return render(request, "accounts/add_passkey.html", page)


@require_POST
@member_required
@proof_required
def remove_passkey(request: HttpRequest, passkey_id: UUID) -> HttpResponse:
    actor = access.actor_of(request)
    passkeys.remove(actor, access.get_own_passkey(actor, passkey_id))
    messages.success(request, _("Removed. That passkey logs nobody in any more."))
    return redirect("accounts:show-ways")


@get_or_post
@member_required
@proof_required
def add_app(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    secret = request.session.setdefault(NEW_SECRET, codes.new_secret())
    form = AppCodeForm(request.POST or None)
    if form.is_valid():
        rates.take("code", str(actor.pk), limit=10, seconds=600)
        try:
            codes.add_app(actor, secret=secret, code=form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", refused.message)
        else:
            request.session.pop(NEW_SECRET)
            messages.success(request, _("From now on the app’s code is asked for after the password."))
            return ceremonies.show_new_codes(request, actor, after=reverse("accounts:show-ways"))
    page = {"form": form, "secret": secret, "square": square(codes.link_for_app(secret))}
    return render(request, "accounts/add_app.html", page)


@require_POST
@member_required
@proof_required
def remove_app(request: HttpRequest) -> HttpResponse:
    codes.remove_app(access.actor_of(request))
    messages.success(request, _("No code is asked for after the password any more."))
    return redirect("accounts:show-ways")


@require_POST
@member_required
@proof_required
def make_codes(request: HttpRequest) -> HttpResponse:
    ceremonies.keep_new_codes(request, access.actor_of(request), after=reverse("accounts:show-ways"))
    return redirect("accounts:show-new-codes")


@get_or_post
@member_required
def show_new_codes(request: HttpRequest) -> HttpResponse:
    """They are shown until their owner says that they are kept; afterwards nobody can read them."""
    fresh = request.session.get(FRESH_CODES)
    if fresh is None:
        return redirect("accounts:show-ways")
    if request.method == "POST":
        request.session.pop(FRESH_CODES)
        return redirect(fresh["after"])
    return render(request, "accounts/new_codes.html", {"codes": fresh["codes"]})


@sensitive_post_parameters()
@get_or_post
@member_required
@proof_required
def change_password(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    form = SetPasswordForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/change_password.html", {"form": form})
    services.change_password(
        actor, password=form.cleaned_data["password"], keep_key_hash=own_key_hash(request)
    )
    update_session_auth_hash(request, actor)
    messages.success(request, _("Your new password is set. Every other device is logged out."))
    return redirect("accounts:show-ways")


@get_or_post
@member_required
@proof_required
def change_address(request: HttpRequest) -> HttpResponse:
    actor = access.actor_of(request)
    form = AddressForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/change_address.html", {"form": form, "address": actor.address})
    rates.take("address", str(actor.pk), limit=5, seconds=A_DAY)
    services.ask_for_address(actor, address=form.cleaned_data["address"])
    return render(request, "accounts/address_sent.html")


@unlinked
@get_or_post
@member_required
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the mailed link changes nothing: programs that scan mails open it too."""
    actor = access.actor_of(request)
    if selectors.own_address_change(actor, token) is None:
        return render(request, "accounts/address_ended.html", status=410)
    if request.method != "POST":
        return render(request, "accounts/confirm_address.html")
    try:
        services.confirm_address(actor, token)
    except services.AlreadyJoined:
        return render(request, "accounts/address_taken.html")
    messages.success(request, _("Your new address is set."))
    return redirect("accounts:show-ways")
