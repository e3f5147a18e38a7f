from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from positivesocials.accounts import services

SLIDE = timedelta(minutes=1)


class SealedSessions(SessionMiddleware):
    """Django's session middleware, and a session in use stays alive: its end moves at most once a minute."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        seen_at: datetime | None = getattr(request.session, "seen_at", None)
        if seen_at is not None and timezone.now() - seen_at > SLIDE and not request.session.is_empty():
            request.session.modified = True
            if timezone.localdate(seen_at) < timezone.localdate() and SESSION_KEY in request.session:
                services.mark_seen(request.session[SESSION_KEY])
        return super().process_response(request, response)
