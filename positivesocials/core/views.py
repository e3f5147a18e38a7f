from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language as django_set_language

from positivesocials.core import showcase
from positivesocials.core.http import safe_next

THEMES = ("light", "dark")
A_YEAR = timedelta(days=365)


# Exempt so that pages for guests need no cookie; RejectCrossSite keeps other sites out, and all this
# can do is end a session.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "core/leave.html")
    logout(request)
    response = redirect("core:left")
    response.status_code = 303
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


# The exit works from pages that tell no referrer as well, in browsers that then tell no origin either.
leave.holds_key = True  # type: ignore[attr-defined]


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """An empty page that moves on at once.

    A form may not be redirected to another site under our form-action policy, and neutral pages like to
    redirect once more by country; a refresh is bound by neither.
    """
    response = render(request, "core/left.html", {"exit_url": settings.EXIT_URL})
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def set_language(request: HttpRequest) -> HttpResponse:
    return django_set_language(request)


@csrf_exempt
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it: a choice that only this browser keeps."""
    response = redirect(safe_next(request, "/"))
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie(
            settings.THEME_COOKIE_NAME, theme, A_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(settings.THEME_COOKIE_NAME, samesite="Lax")
    return response


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    if not (settings.DEMO or getattr(request.user, "is_staff", False)):
        raise Http404
    return render(request, "core/parts.html", showcase.page())


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("ok", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "core/stale.html", status=403)


def cross_site(request: HttpRequest) -> HttpResponse:
    return render(request, "core/cross_site.html", status=403)
