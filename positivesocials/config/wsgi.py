"""HTTP entry point. The server mounts it in threads beside the sockets; see config/asgi.py."""

import os
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")

FORWARDED = ("HTTP_X_FORWARDED_", "HTTP_FORWARDED", "HTTP_X_REAL_IP")

_pages = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    read_as_utf8(environ)
    believe_proxies_alone(environ)
    return _pages(environ, start_response)


def read_as_utf8(environ: dict[str, Any]) -> None:
    """Our pages are UTF-8, so what their forms send is too, whatever charset a caller claims.

    Some names of charsets stop Django before anything could answer, and others let half characters through.
    """
    media, *parameters = (environ.get("CONTENT_TYPE") or "").split(";")
    kept = (each for each in parameters if not each.strip().lower().startswith("charset"))
    environ["CONTENT_TYPE"] = ";".join([media, *kept])


def believe_proxies_alone(environ: dict[str, Any]) -> None:
    """What a proxy tells about the caller counts only when a trusted one tells it."""
    if environ.get("REMOTE_ADDR") not in settings.TRUSTED_PROXIES:
        for name in [name for name in environ if name.startswith(FORWARDED)]:
            del environ[name]
