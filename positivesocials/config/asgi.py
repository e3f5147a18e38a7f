"""One process and one port: pages as WSGI in threads, sockets as ASGI, the task worker beside them.

Django's own ASGI handler served a quarter of the requests a second here and opened a database connection
for each (docs/decisions/0002-server.md).
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")

# Django must be ready before anything that touches models is imported.
from positivesocials.config.wsgi import application as pages  # isort: skip
from positivesocials.config.worker import Worker  # isort: skip
from positivesocials.core import live  # isort: skip
from positivesocials.messaging.consumers import live_socket  # isort: skip

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

THREADS = 8
_http = WSGIMiddleware(pages, workers=THREADS)  # type: ignore[arg-type]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await _http(scope, _as_coroutine(receive), send)  # type: ignore[arg-type]
    elif scope["type"] == "websocket" and scope["path"] == "/live/":
        await live_socket(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4404})
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


def _as_coroutine(receive: Receive) -> Receive:
    # The server answers with a future, and a2wsgi hands a form's body over to a thread as a coroutine only.
    async def receive_more() -> dict[str, Any]:
        message = await receive()
        if message["type"] == "http.disconnect":
            # Without this the part that arrived would pass for the whole, and half a message be stored.
            raise ConnectionResetError
        return message

    return receive_more


async def _lifespan(receive: Receive, send: Send) -> None:
    worker = Worker()
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            live.attach(asyncio.get_running_loop())
            await asyncio.to_thread(worker.start)
            await send({"type": "lifespan.startup.complete"})
        else:
            await asyncio.to_thread(worker.stop)
            live.attach(None)
            await send({"type": "lifespan.shutdown.complete"})
            return
