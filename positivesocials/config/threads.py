"""Pages, which are WSGI, in threads of a server that speaks ASGI: a request goes over once, its answer once.

Every crossing between the loop and a thread waits for whoever holds the interpreter, so they are few: what
has arrived of a form goes along with its request, and an answer comes back whole unless it is long.
"""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, cast

from a2wsgi.wsgi import Body, build_environ

Message = dict[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Pages = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

HELD_BACK = 1024 * 1024


class InThreads:
    """An ASGI application that asks `pages` in one of its threads."""

    def __init__(self, pages: Pages, *, threads: int) -> None:
        self._pages = pages
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        body = Body(loop, _whole(receive))
        if scope["method"] not in {"GET", "HEAD"}:
            try:
                await _take_first(body)
            except ConnectionResetError:
                return
        answer = _Answer(loop, send)
        context = contextvars.copy_context()
        ask = partial(context.run, self._ask, build_environ(cast(Any, scope), body), answer)
        await loop.run_in_executor(self._threads, ask)
        await answer.send_rest()

    def _ask(self, environ: Any, answer: "_Answer") -> None:
        parts = self._pages(environ, answer.start)
        try:
            for part in parts:
                answer.add(part)
        finally:
            getattr(parts, "close", lambda: None)()


def _whole(receive: Receive) -> Any:
    async def receive_more() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            # Without this the part that arrived would pass for the whole, and half a message be stored.
            raise ConnectionResetError
        return message

    return receive_more


async def _take_first(body: Body) -> None:
    """What has arrived already: of most forms that is all. For more, the page's thread asks."""
    message: Any = await body.receive()
    body.buffer.extend(message.get("body", b""))
    body._has_more = message.get("more_body", False)


class _Answer:
    """Filled in the page's thread. Sends on from there when it grows long; the rest goes out at the end."""

    def __init__(self, loop: asyncio.AbstractEventLoop, send: Send) -> None:
        self._loop, self._send = loop, send
        self._head: Message | None = None
        self._parts: list[bytes] = []
        self._size = 0

    def start(
        self, status: str, headers: list[tuple[str, str]], _error: Any = None
    ) -> Callable[[bytes], None]:
        lines = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
        self._head = {"type": "http.response.start", "status": int(status[:3]), "headers": lines}
        return self.add

    def add(self, part: bytes) -> None:
        self._parts.append(part)
        self._size += len(part)
        if self._size > HELD_BACK:
            asyncio.run_coroutine_threadsafe(self._send_on(more=True), self._loop).result()

    async def send_rest(self) -> None:
        await self._send_on(more=False)

    async def _send_on(self, *, more: bool) -> None:
        if self._head is not None:
            await self._send(self._head)
            self._head = None
        body = b"".join(self._parts)
        self._parts, self._size = [], 0
        await self._send({"type": "http.response.body", "body": body, "more_body": more})
