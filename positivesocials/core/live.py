"""Live push: the only way from a thread to open sockets.

A thread hands its event to the server's own loop, which takes under a millisecond. Every open socket has a
short line of events it has still to be told; who falls further behind is let go and, once back, asks for
what it missed. Where Redis is set, other processes hear of it too (core/relay.py).
"""

import asyncio
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from positivesocials.core import relay

Event = dict[str, Any]

MOST_BEHIND = 64
# Codes that end a socket. Below 4000 a page comes back by itself; 4000 and above mean that the answer
# would be the same.
RESTARTING = 1012
TOO_SLOW = 1013
ELSEWHERE = 4409
# Told to every page: ask by yourselves while processes do not hear each other, and when they do again.
ALONE: Event = {"kind": "alone"}
AGAIN: Event = {"kind": "again"}

_loop: asyncio.AbstractEventLoop | None = None
_relay: relay.Relay | None = None
_open: dict[str, dict["Listener", None]] = {}


class Listener:
    """One open socket: what it has still to be told, and the code it ends with."""

    def __init__(self) -> None:
        self.code = 0
        self._events: deque[Event] = deque()
        self._woken = asyncio.Event()

    def tell(self, event: Event) -> None:
        if len(self._events) >= MOST_BEHIND:
            self.end(TOO_SLOW)
            return
        self._events.append(event)
        self._woken.set()

    def end(self, code: int) -> None:
        self.code = self.code or code
        self._woken.set()

    async def next(self) -> Event | None:
        """The next event, or None when it is over."""
        while not self._events and not self.code:
            self._woken.clear()
            await self._woken.wait()
        return None if self.code else self._events.popleft()


@contextmanager
def listening(group: str, *, most: int) -> Iterator[Listener]:
    """A listener of `group` while the socket is open. Of more than `most`, the oldest ends."""
    listener, others = Listener(), _open.setdefault(group, {})
    others[listener] = None
    if len(others) > most:
        oldest = next(iter(others))
        del others[oldest]
        oldest.end(ELSEWHERE)
    if _relay is not None and _relay.is_cut:
        listener.tell(ALONE)
    try:
        yield listener
    finally:
        others.pop(listener, None)
        if not others and _open.get(group) is others:
            del _open[group]


def attach(loop: asyncio.AbstractEventLoop | None) -> None:
    """Say, on that loop, which one holds the sockets; None when the server stops."""
    global _loop, _relay
    if _relay is not None:
        _relay.stop()
    _loop, _relay = loop, None
    if loop is None:
        _end_everyone(RESTARTING)
    if loop is not None and settings.REDIS_URL:
        _relay = relay.Relay(settings.REDIS_URL, hear=_tell, say_to_all=_tell_everyone)
        _relay.start()


def push(group: str, event: Mapping[str, Any]) -> None:
    """Send `event` (ids and rendered parts the reader may see; needs a "kind") to every socket of `group`.

    Never fails: what is stored is read on later by who was not told.
    """
    if _loop is not None:
        _loop.call_soon_threadsafe(_push, group, dict(event))
    elif settings.REDIS_URL:  # A command beside the server.
        relay.pass_on_once(settings.REDIS_URL, group, dict(event))


def _push(group: str, event: Event) -> None:
    _tell(group, event)
    if _relay is not None:
        _relay.pass_on(group, event)


def _tell(group: str, event: Event) -> None:
    for listener in list(_open.get(group, ())):
        listener.tell(event)


def _tell_everyone(event: Event) -> None:
    for group in list(_open):
        _tell(group, event)


def _end_everyone(code: int) -> None:
    for listeners in list(_open.values()):
        for listener in list(listeners):
            listener.end(code)
