from datetime import timedelta

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

SLIDE = timedelta(minutes=1)


class SealedSessions(SessionMiddleware):
    """Django's session middleware, and a session in use stays alive: its end moves at most once a minute."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        seen_at = getattr(request.session, "seen_at", None)
        if seen_at is not None and timezone.now() - seen_at > SLIDE and not request.session.is_empty():
            request.session.modified = True
        return super().process_response(request, response)  # type: ignore[arg-type]
