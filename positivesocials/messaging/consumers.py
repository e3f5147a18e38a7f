"""The live socket of a member: tells open pages that something happened, by ids, and lets them ask.

Signed in by the session cookie alone, as the pages are; nothing is ever accepted over it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from positivesocials.accounts import sessions
from positivesocials.accounts.models import Account
from positivesocials.accounts.sessions import SessionStore
from positivesocials.core import live
from positivesocials.core.live import Listener

# 4000 and above mean "do not try again": the answer would be the same.
NOT_FROM_HERE = 4403
SIGNED_OUT = 4401
SAID_TOO_MUCH = 4429
GONE = 1001
# Sessions of the account ended: those that did find out by the look-up before each event.
ASK_AGAIN = "sessions"
MOST_PAGES = 10
MOST_SAID, LONGEST_SAID = 20, 1024
PATIENCE_SECONDS = 10
# Said when nothing else was for so long: keeps proxies from hanging up, finds out who is gone or logged out.
QUIET_SECONDS = 45
STILL_HERE: live.Event = {"kind": "here"}

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


async def live_socket(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """One open page, from its first word to its last."""
    await receive()
    # Accept first: a browser cannot read the code of a handshake that was refused.
    await send({"type": "websocket.accept"})
    code = await _serve(scope, receive, send) if _is_from_here(scope) else NOT_FROM_HERE
    if code != GONE:
        with suppress(TimeoutError):
            await asyncio.wait_for(send({"type": "websocket.close", "code": code}), 1)


async def _serve(scope: dict[str, Any], receive: Receive, send: Send) -> int:
    """Tell what happens until it is over; the code says why."""
    session_key = _session_key(scope)
    account_id = await _account_id(session_key)
    if account_id is None:
        return SIGNED_OUT
    with live.listening(f"account-{account_id.hex}", most=MOST_PAGES) as listener:
        hearing = asyncio.create_task(_hear(receive, listener))
        try:
            while (event := await _next(listener)) is not None:
                # Looked up before each event is told: nothing is said to who was logged out meanwhile.
                if not await sync_to_async(_is_signed_in)(session_key, account_id):
                    await _say(send, {"type": "ended"})
                    return SIGNED_OUT
                if event["kind"] != ASK_AGAIN:
                    await _say(send, {**event, "type": event["kind"]})
        except TimeoutError:
            return live.TOO_SLOW
        finally:
            hearing.cancel()
        return listener.code


async def _next(listener: Listener) -> live.Event | None:
    try:
        return await asyncio.wait_for(listener.next(), QUIET_SECONDS)
    except TimeoutError:
        return STILL_HERE


async def _say(send: Send, event: live.Event) -> None:
    await asyncio.wait_for(send({"type": "websocket.send", "text": json.dumps(event)}), PATIENCE_SECONDS)


async def _hear(receive: Receive, listener: Listener) -> None:
    """A page has nothing to say here: it posts its forms. A little is overheard, more ends it."""
    for _ in range(MOST_SAID):
        said = await receive()
        if said["type"] == "websocket.disconnect":
            listener.end(GONE)
            return
        if len(said.get("text") or said.get("bytes") or "") > LONGEST_SAID:
            break
    listener.end(SAID_TOO_MUCH)


async def _account_id(session_key: str) -> UUID | None:
    account_id: UUID | None = await sync_to_async(_look_up)(session_key)
    return account_id


def _look_up(session_key: str) -> UUID | None:
    close_old_connections()
    try:
        account = _account_of(session_key)
        return account.pk if account else None
    finally:
        close_old_connections()


def _is_signed_in(session_key: str, account_id: UUID) -> bool:
    close_old_connections()
    try:
        return sessions.is_live(session_key, account_id)
    finally:
        close_old_connections()


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
