"""One process and one port: pages as WSGI in threads, sockets as ASGI, the task worker beside them.

Django's own ASGI handler served a quarter of the requests a second here and opened a database connection
for each (docs/decisions/0002-server.md).
"""

import asyncio
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")

# Django must be ready before anything that touches models is imported.
from positivesocials.config.threads import InThreads, Receive, Scope, Send  # isort: skip
from positivesocials.config.wsgi import application as pages  # isort: skip
from positivesocials.config.worker import Worker  # isort: skip
from positivesocials.core import garbage, live  # isort: skip
from positivesocials.messaging.consumers import live_socket  # isort: skip

THREADS = 8
_http = InThreads(pages, threads=THREADS)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http":
        await _http(scope, receive, send)
    elif scope["type"] == "websocket" and scope["path"] == "/live/":
        await live_socket(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4404})
    elif scope["type"] == "lifespan":
        await _lifespan(receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    worker = Worker()
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            live.attach(asyncio.get_running_loop())
            await asyncio.to_thread(worker.start)
            garbage.settle()
            await send({"type": "lifespan.startup.complete"})
        else:
            await asyncio.to_thread(worker.stop)
            live.attach(None)
            await send({"type": "lifespan.shutdown.complete"})
            return
