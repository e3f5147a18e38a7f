"""What holds for every request: headers, no forged posts from other sites, and refusals in plain words."""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from positivesocials.core import views
from positivesocials.core.http import came_from, written_in
from positivesocials.core.refusals import NotThere, Refused, TooMany

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
OFF = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone")
MORE_OFF = ("browsing-topics", "hid", "idle-detection", "midi", "payment", "serial", "usb")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Our own pages need the sender's address for "back"; no other site ever learns it.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in OFF + MORE_OFF),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Static files are answered before the page policy is set; they load nothing.
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
}
# Answers that refuse something; 404 counts where an address exists and its object is not for the asker.
REFUSING = {400, 403, 404, 405, 409, 410, 413, 429}
# Contexts whose posts prove, change or end who somebody is.
PROVING = {"accounts", "demo"}
security = logging.getLogger("positivesocials.security")


class SecurityHeaders:
    """Outermost, so that errors and static files carry the headers too. A view may set its own first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if settings.STRICT_TRANSPORT:
            response.headers["Strict-Transport-Security"] = settings.STRICT_TRANSPORT
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = _cache_rule(request, response)
        return response


class SecurityLog:
    """One line for each try to prove who one is, and for each refusal: where, what came of it, for whom.

    An address is named by its pattern and a person by the id of the account; nothing typed is in it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if what := _worth_a_line(request, response.status_code):
            user = getattr(request, "user", None)
            who = getattr(user, "pk", None)
            security.info(what, request.path, response.status_code, who, extra={"request": request})
        return response


def _worth_a_line(request: HttpRequest, status: int) -> str:
    match = request.resolver_match
    if match and match.namespace in PROVING and request.method == "POST":
        return "Proof at %s: %d for %s"
    if status not in REFUSING or (status == 404 and match is None):
        return ""
    return "Refused at %s: %d for %s"


class RejectCrossSite:
    """Other sites may link here and nothing else: they cannot post, and cannot ask who is a member.

    Relies on Fetch Metadata, and on Origin where a browser does not send it. Mail providers that post a
    one-click leave (RFC 8058) send neither header and are let through to the signed link.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request) if is_welcome(request) else views.cross_site(request)


class Refusals:
    """Turns what the rules refuse into a page with its status, or a message on the page one came from."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\x00" in request.path_info:
            # No address of ours holds one, and PostgreSQL cannot even look for it.
            raise Http404
        response = self.get_response(request)
        return _told(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if isinstance(error, NotThere):
            raise Http404 from error
        if not isinstance(error, Refused):
            return None
        response = _answer(request, error)
        if isinstance(error, TooMany):
            response.headers["Retry-After"] = str(error.retry_after)
        return response


def _cache_rule(request: HttpRequest, response: HttpResponseBase) -> str:
    # The cookie alone decides: asking for the account could fail here, outside of everything.
    has_session = settings.SESSION_COOKIE_NAME in request.COOKIES.keys() | response.cookies.keys()
    return "no-store" if has_session else "private, no-cache"


def is_welcome(request: HttpRequest) -> bool:
    """Whether the request comes from a page of ours, from a plain link, or from no page at all."""
    site = request.headers.get("Sec-Fetch-Site")
    if site in {"same-origin", "none"}:
        return True
    if request.method in SAFE_METHODS:
        return site is None or _is_plain_link(request)
    return site is None and _has_own_origin(request)


def _is_plain_link(request: HttpRequest) -> bool:
    mode, target = request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest")
    return request.method != "OPTIONS" and mode == "navigate" and target in {None, "document"}


def _has_own_origin(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    if origin == "null":
        return _holds_key(request)
    try:
        own = {request.get_host(), urlsplit(settings.ORIGIN).netloc}
        return urlsplit(origin).netloc in own
    except (DisallowedHost, ValueError):
        return False


def _holds_key(request: HttpRequest) -> bool:
    try:
        return getattr(resolve(request.path_info).func, "holds_key", False)
    except Resolver404:
        return False


def _told(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponseBase:
    """The same answer with words. Its headers stay: what is allowed, what caches and other sites may know."""
    if _wants_json(request):
        sentence = _("This address only takes %(methods)s.") % {"methods": response.headers["Allow"]}
        response.content = JsonResponse({"refused": sentence}).content
        response.headers["Content-Type"] = "application/json"
    elif request.method in {"GET", "HEAD"}:
        response.content = render(request, "core/no_page.html", {"back": came_from(request)}).content
    return response


def _wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _answer(request: HttpRequest, error: Refused) -> HttpResponseBase:
    if _wants_json(request):
        return JsonResponse({"refused": error.message}, status=error.status)
    back, written = came_from(request), written_in(request)
    if back and not written and error.status == 409:
        messages.error(request, error.message, fail_silently=True)
        return HttpResponseRedirect(back, status=303)
    page = {"sentence": error.message, "back": back, "written": written}
    return render(request, "core/refused.html", page, status=error.status)
