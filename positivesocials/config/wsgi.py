"""HTTP entry point. The server mounts it in threads beside the sockets; see config/asgi.py."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")

_pages = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Our pages are UTF-8, so what their forms send is too, whatever charset a caller claims.

    Some names of charsets stop Django before anything could answer, and others let half characters through.
    """
    environ["CONTENT_TYPE"] = _without_charset(environ.get("CONTENT_TYPE") or "")
    return _pages(environ, start_response)


def _without_charset(kind: str) -> str:
    media, *parameters = kind.split(";")
    kept = (each for each in parameters if not each.strip().lower().startswith("charset"))
    return ";".join([media, *kept])
