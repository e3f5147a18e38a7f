import time
from datetime import datetime, timedelta

from django.conf import settings
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
# Where allauth keeps how and when a session was proven.
PROOFS = "account_authentication_methods"


class SealedSessions(SessionMiddleware):
    """Django's session middleware, and a session in use stays alive: its end moves at most once a minute."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.META["began_at"] = time.time()

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.method == "POST" and _was_proven_anew(request):
            request.session.cycle_key()
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


def _was_proven_anew(request: HttpRequest) -> bool:
    """Whether this very request proved again who is there: whoever copied the old key is out from now on."""
    session = request.session
    if session.session_key != request.COOKIES.get(settings.SESSION_COOKIE_NAME) or session.is_empty():
        return False
    proofs = session.get(PROOFS) or [{"at": 0}]
    return bool(proofs[-1]["at"] >= request.META["began_at"])
