"""What several pages here share: a challenge used once, new codes to be kept, a link that has ended."""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from positivesocials.accounts import codes
from positivesocials.accounts.models import Account
from positivesocials.accounts.passkeys import NotProven

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
CEREMONY, FRESH_CODES = "ceremony", "fresh_codes"
SECONDS = 600


def begin(request: HttpRequest, what: str, begun: tuple[str, dict[str, Any]]) -> str:
    """Keep the state of a challenge for one answer; the options go to the page."""
    options, state = begun
    request.session[CEREMONY] = {"what": what, "state": state, "until": time.time() + SECONDS}
    return options


def end(request: HttpRequest, what: str) -> dict[str, Any]:
    """The state, once and within ten minutes. Raises `NotProven`."""
    kept = request.session.pop(CEREMONY, None)
    if kept is None or kept["what"] != what or kept["until"] < time.time():
        raise NotProven
    state: dict[str, Any] = kept["state"]
    return state


def show_new_codes(request: HttpRequest, account: Account, *, after: str) -> HttpResponse:
    """Make recovery codes unless there are some, and let them be read before going on."""
    if codes.recovery_codes_left(account):
        return redirect(after)
    keep_new_codes(request, account, after=after)
    return redirect("accounts:show-new-codes")


def keep_new_codes(request: HttpRequest, account: Account, *, after: str) -> None:
    request.session[FRESH_CODES] = {"codes": codes.make_recovery_codes(account), "after": after}


def link_ended(request: HttpRequest, *, back: str) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home:home")
    return render(request, "accounts/link_ended.html", {"back": reverse(back)}, status=410)
