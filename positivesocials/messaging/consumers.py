"""The live socket of a member: tells open pages that something happened, by ids, and lets them ask.

Signed in by the session cookie alone, as the pages are; nothing is ever accepted over it.
"""

from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from positivesocials.accounts.models import Account
from positivesocials.accounts.sessions import SessionStore

# 4000 and above mean "do not try again": the answer would be the same.
NOT_FROM_HERE = 4403
SIGNED_OUT = 4401
# Sessions of the account ended: those that did find out by the look-up before each event.
ASK_AGAIN = "sessions"


class Live(AsyncJsonWebsocketConsumer):  # type: ignore[misc]  # channels ships no types.
    """Groups are joined by account; the session is looked up again before each event is told."""

    account_group = ""

    async def connect(self) -> None:
        # Accept first: a browser cannot read the code of a handshake that was refused.
        await self.accept()
        if not _is_from_here(self.scope):
            await self.close(NOT_FROM_HERE)
            return
        account = await self._account()
        if account is None:
            await self.close(SIGNED_OUT)
            return
        self.account_group = f"account-{account.pk.hex}"
        await self.channel_layer.group_add(self.account_group, self.channel_name)

    async def disconnect(self, code: int) -> None:
        if self.account_group:
            await self.channel_layer.group_discard(self.account_group, self.channel_name)

    async def receive(self, *args: Any, **kwargs: Any) -> None:
        """A page has nothing to say here: it posts its forms."""

    async def live_event(self, event: dict[str, Any]) -> None:
        account = await self._account()
        if account is None or self.account_group != f"account-{account.pk.hex}":
            # Said before it is done: granian sends a close only once the browser has said something more.
            await self.send_json({"type": "ended"})
            await self.close(SIGNED_OUT)
            return
        if event["kind"] != ASK_AGAIN:
            await self.send_json({**event, "type": event["kind"]})

    async def _account(self) -> Account | None:
        account: Account | None = await database_sync_to_async(_account_of)(_session_key(self.scope))
        return account


def _header(scope: dict[str, Any], name: bytes) -> str:
    values = [value.decode("latin-1") for key, value in scope["headers"] if key.lower() == name]
    return "; ".join(values) if name == b"cookie" else (values[0] if values else "")


def _is_from_here(scope: dict[str, Any]) -> bool:
    """Browsers send cookies with sockets of any site, so the page's own origin has to be ours."""
    host = _header(scope, b"host")
    try:
        origin, asked = urlsplit(_header(scope, b"origin")), urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    own = {urlsplit(settings.ORIGIN).netloc, host if asked in settings.ALLOWED_HOSTS else ""}
    return origin.scheme in {"http", "https"} and origin.netloc in own - {""}


def _session_key(scope: dict[str, Any]) -> str:
    try:
        cookies = SimpleCookie(_header(scope, b"cookie"))
    except CookieError:
        return ""
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel else ""


def _account_of(session_key: str) -> Account | None:
    if not session_key:
        return None
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)
    return user if isinstance(user, Account) and user.is_active else None
