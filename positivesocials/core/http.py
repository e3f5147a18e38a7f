"""Decorators for views, and who is knocking. Views below know roles by name only."""

import ipaddress
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from positivesocials.core.refusals import Refused

View = Callable[..., HttpResponse]
# Names of fields whose content is never shown again.
SECRET_FIELDS = ("password", "token", "code", "csrf")


def member_required(view: View) -> View:
    """Guests get the same redirect to the log-in page whatever the id in the address.

    Whose session ended while they wrote gets the words back instead.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if written_in(request) and "application/json" not in request.headers.get("Accept", ""):
                raise Refused(_("You are logged out, so this was not sent. Log in, then send it again."))
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    return wrapped


def staff_required(role: str) -> Callable[[View], View]:
    """Only accounts that hold `role` and have shown their passkey not long ago; anyone else gets 404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.holds(role):  # type: ignore[union-attr]  # Members have it.
                raise Http404
            if not request.user.acts_as(role):  # type: ignore[union-attr]
                return _ask_for_proof(request)
            return view(request, *args, **kwargs)

        return member_required(wrapped)

    return decorate


def proof_required(view: View) -> View:
    """Only sessions that showed a moment ago that they are still their owner's; others are asked to."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return needs_proof(request) or view(request, *args, **kwargs)

    return wrapped


def needs_proof(request: HttpRequest) -> HttpResponse | None:
    """The way to show first that it is still you, or None when that was done a moment ago."""
    return None if getattr(request.user, "has_proved", False) else _ask_for_proof(request)


def _ask_for_proof(request: HttpRequest) -> HttpResponse:
    if written_in(request):
        raise Refused(_("Show first that it is still you, then send this again: it was not sent."))
    after = request.get_full_path() if request.method in {"GET", "HEAD"} else came_from(request)
    return redirect_to_login(after or "/", settings.PROOF_URL)


def came_from(request: HttpRequest) -> str:
    """The path of the page of this site that the visitor was on, or nothing."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    parts = urlsplit(referer)
    # A page that refuses when merely opened must not send people back to itself.
    if request.method in {"GET", "HEAD", "OPTIONS"} and parts.path == request.path:
        return ""
    # A path with two slashes in front would be the address of another site.
    path = f"/{parts.path.lstrip('/')}"
    return f"{path}?{parts.query}" if parts.query else path


def unlinked(view: View) -> View:
    """For pages whose address holds a key: no other page learns it, and no cache keeps it.

    Their forms arrive with `Origin: null`, because a browser that tells no referrer tells no origin either.
    The key is what protects them, so core.middleware.RejectCrossSite lets that through here.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    wrapped.holds_key = True  # type: ignore[attr-defined]
    return wrapped


def as_text_file(text: str, *, name: str) -> HttpResponse:
    """A file to keep. Its name is seen in every list of downloads: neutral words only."""
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def as_picture(data: bytes) -> HttpResponse:
    """A picture that core.images drew, and nothing else: it runs nothing, and no cache keeps it."""
    response = HttpResponse(data, content_type="image/webp")
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Content-Disposition"] = 'inline; filename="picture.webp"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def client_address(request: HttpRequest) -> str:
    """The caller's address, for a daily-keyed hash in rate limits only. Believes trusted proxies alone."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.headers.get("X-Forwarded-For", "")
    if peer in settings.TRUSTED_PROXIES and forwarded:
        peer = forwarded.split(",")[-1].strip()
    return _as_one_caller(peer)


def _as_one_caller(address: str) -> str:
    """Whoever has one IPv6 address has 2 to the 64 of them: their network counts."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4 or parsed.ipv4_mapped:
        return address
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))


def safe_next(request: HttpRequest, fallback: str) -> str:
    """The `next` of the form if it is a path of this site, else the fallback path."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    # Only paths: `redirect` would take a bare word for the name of a view.
    is_path = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return target if is_path else fallback


def written_in(request: HttpRequest) -> str:
    """What the person wrote, so that a refusal loses nothing of it."""
    texts = [
        str(value)
        for name, value in request.POST.items()
        if len(str(value)) > 20 and " " in str(value) and not any(secret in name for secret in SECRET_FIELDS)
    ]
    return max(texts, key=len, default="")
