from datetime import datetime, timedelta

from django.contrib.auth import SESSION_KEY, get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject

from positivesocials.accounts import access, services
from positivesocials.accounts.models import Account

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


class Viewer(MiddlewareMixin):
    """`request.user`, looked up when first asked for. Staff are asleep until the session shows a passkey."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[assignment]


def _viewer(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    user = get_user(request)
    if isinstance(user, Account):
        user.is_asleep = not access.proved_for_staff(request, user)
        user.has_proved = access.has_proved(request, user)
    return user
