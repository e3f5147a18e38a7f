"""Wagtail's admin under one prefix, for editors only and under a policy of its own.

What of it would list accounts, sign anyone in or mail anyone is not there: accounts are not Wagtail's.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from wagtail.admin import urls as wagtail_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Role
from positivesocials.articles import services
from positivesocials.core.http import member_required, staff_required

PREFIX = "desk/"
CLOSED = [
    *("users", "groups", "login", "password_reset"),
    *("collections", "workflows", "reports/workflow", "reports/workflow_tasks"),
    *("test404", "failwhale"),
]
# The admin writes scripts and styles into its pages: allowed here and nowhere else.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "object-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    ]
)


def for_editors(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Everyone else gets what they would get for a page that is not there."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        services.admit_to_desk(actor_of(request))
        # Of two who save the same page at once, one waits for the other and is then told (page_forms.py).
        # Nobody waits for a picture to be drawn: what takes a file saves one row.
        is_page = request.method == "POST" and not getattr(view, "takes_file", False)
        with transaction.atomic() if is_page else nullcontext():
            response = view(request, *args, **kwargs)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return staff_required(Role.EDITOR)(gated)  # type: ignore[arg-type]


def not_there(request: HttpRequest) -> HttpResponse:
    raise Http404


def log_out(request: HttpRequest) -> HttpResponse:
    """The site's own log-out answers; 307 keeps it a post with its token."""
    return HttpResponse(status=307, headers={"Location": reverse("accounts:log-out")})


def account(request: HttpRequest) -> HttpResponse:
    return redirect("accounts:list-devices")


wagtail: list[URLPattern | URLResolver] = decorate_urlpatterns(wagtail_urls.urlpatterns, for_editors)
urlpatterns = [
    re_path(rf"^{PREFIX}(?:{'|'.join(CLOSED)})/", member_required(not_there)),
    path(f"{PREFIX}logout/", log_out),
    path(f"{PREFIX}account/", account),
    path(PREFIX, include(wagtail)),
]
