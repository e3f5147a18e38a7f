"""Pages that every guest sees alike are drawn once and then given out as they are.

A view says with `same_for_guests` what its page hangs on. What is kept carries no token, no cookie and
nothing of whoever asked first; it is given to nobody who has a session. Whatever the page hangs on is asked
each time, so that a change shows with the next request, in every process.
"""

import gzip
import hashlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeGuard

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import get_language_from_request

from positivesocials.core.http import View
from positivesocials.core.middleware import is_welcome
from positivesocials.core.views import THEMES

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Version = Callable[[], Hashable]

# What does not hang on a version, such as the name in the footer, shows after this long.
KEEP_SECONDS = 60
OWN = {"Vary", "Content-Length"}
MIXED = "Accept-Encoding, Accept-Language, Cookie"


@dataclass(frozen=True)
class Kept:
    """One page as it goes over the wire, plain and packed, and what it was drawn from."""

    version: Version
    drawn_from: Hashable
    headers: dict[str, str]
    plain: bytes
    packed: bytes
    etag: str

    @property
    def is_fresh(self) -> bool:
        return self.version() == self.drawn_from


def same_for_guests(version: Version) -> Callable[[View], View]:
    """The page is one for all guests as long as `version()`, which must not depend on the asker, is equal.

    `version` is a function of a module: it is kept with the page.
    """

    def decorate(view: View) -> View:
        view.version_for_guests = version  # type: ignore[attr-defined]
        return view

    return decorate


class GuestPages:
    """Outside of sessions and of all that follows: a page that is kept costs little more than its bytes."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _is_plain(request):
            return self.get_response(request)
        key = _key(request)
        kept: Kept | None = caches["pages"].get(key)
        if kept is not None and kept.is_fresh:
            return _given(request, kept)
        version = _version_of(request.path_info)
        # Asked before the page is drawn: what changes meanwhile is drawn once more, never too seldom.
        drawn_from = version() if version else None
        response = self.get_response(request)
        if version is None or not _can_be_kept(response):
            return response
        kept = _kept(response, version, drawn_from)
        caches["pages"].set(key, kept, KEEP_SECONDS)
        return _given(request, kept)


def _is_plain(request: HttpRequest) -> bool:
    """Nothing about this request could change the page but its address, its language and its colours.

    A request that another site made is refused further in, and never answered from here.
    """
    choices = {settings.LANGUAGE_COOKIE_NAME, settings.THEME_COOKIE_NAME}
    has_choices_alone = not request.META.get("QUERY_STRING") and request.COOKIES.keys() <= choices
    return request.method == "GET" and has_choices_alone and is_welcome(request)


def _key(request: HttpRequest) -> str:
    """Of what the site knows alone: nobody fills the memory with copies by making up headers."""
    theme = request.COOKIES.get(settings.THEME_COOKIE_NAME, "")
    parts = (
        str(request.scheme),
        request.get_host(),
        get_language_from_request(request),
        theme if theme in THEMES else "",
        timezone.localdate().isoformat(),
        request.path,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _version_of(path: str) -> Version | None:
    try:
        return getattr(resolve(path).func, "version_for_guests", None)
    except Resolver404:
        return None


def _can_be_kept(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    return isinstance(response, HttpResponse) and response.status_code == 200 and not response.cookies


def _kept(response: HttpResponse, version: Version, drawn_from: Hashable) -> Kept:
    body = response.content
    return Kept(
        version=version,
        drawn_from=drawn_from,
        headers={name: value for name, value in response.headers.items() if name not in OWN},
        plain=body,
        packed=gzip.compress(body, mtime=0),
        etag=hashlib.sha256(body).hexdigest()[:32],
    )


def _given(request: HttpRequest, kept: Kept) -> HttpResponse:
    etag = f'W/"{kept.etag}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(kept.packed, headers={**kept.headers, "Content-Encoding": "gzip"})
    else:
        response = HttpResponse(kept.plain, headers=kept.headers)
    if response.content:
        response.headers["Content-Length"] = str(len(response.content))
    response.headers["ETag"] = etag
    response.headers["Vary"] = MIXED
    return response
