"""Carries live events between the processes of a site, over Redis or Valkey.

Nothing is kept there. While Redis is away a process serves its own sockets as ever and tells its pages to
ask by themselves; when it is back they ask once more, for what others said meanwhile.
"""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import redis
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

log = logging.getLogger(__name__)

CHANNEL = "live"
MOST_HELD_BACK = 1000
SECONDS_BETWEEN_TRIES = 0.5
OPTIONS: dict[str, Any] = {"socket_timeout": 5, "socket_connect_timeout": 2}
AWAY = (redis.RedisError, OSError)


class Relay:
    def __init__(
        self,
        url: str,
        *,
        hear: Callable[[str, dict[str, Any]], None],
        say_to_all: Callable[[dict[str, Any]], None],
    ) -> None:
        self.is_cut = False
        self._own_name = uuid4().hex
        self._hear, self._say_to_all = hear, say_to_all
        self._redis = Redis.from_url(url, retry=Retry(NoBackoff(), 0), health_check_interval=5, **OPTIONS)
        self._outbox: deque[str] = deque(maxlen=MOST_HELD_BACK)
        self._filled = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        self._tasks = [asyncio.create_task(self._receive()), asyncio.create_task(self._send())]

    def stop(self) -> None:
        for task in self._tasks:
            task.cancel()

    def pass_on(self, group: str, event: dict[str, Any]) -> None:
        """Queue an event for the other processes. Of too many, the oldest is dropped: pages will ask."""
        self._outbox.append(json.dumps([self._own_name, group, event]))
        self._filled.set()

    async def _send(self) -> None:
        while True:
            await self._filled.wait()
            self._filled.clear()
            while self._outbox:
                try:
                    await self._redis.publish(CHANNEL, self._outbox[0])
                except AWAY:
                    await asyncio.sleep(SECONDS_BETWEEN_TRIES)
                else:
                    self._outbox.popleft()

    async def _receive(self) -> None:
        while True:
            try:
                await self._listen()
            except AWAY:
                self._note_cut()
            await asyncio.sleep(SECONDS_BETWEEN_TRIES)

    async def _listen(self) -> None:
        async with self._redis.pubsub() as line:
            await line.subscribe(CHANNEL)
            while True:
                message = await line.get_message(timeout=5)
                if message is not None:
                    self._take(message["type"], message["data"])

    def _take(self, kind: str, data: Any) -> None:
        if kind == "subscribe":
            self._note_whole()
        elif kind == "message":
            sender, group, event = json.loads(data)
            if sender != self._own_name:
                self._hear(group, event)

    def _note_cut(self) -> None:
        if not self.is_cut:
            log.error("Redis does not answer: pages ask by themselves until it does")
            self.is_cut = True
            self._say_to_all({"kind": "alone"})

    def _note_whole(self) -> None:
        if self.is_cut:
            log.warning("Redis answers again")
            self.is_cut = False
            self._say_to_all({"kind": "again"})


def pass_on_once(url: str, group: str, event: dict[str, Any]) -> None:
    """From a command, which has no loop: one try."""
    with suppress(*AWAY), redis.Redis.from_url(url, **OPTIONS) as line:
        line.publish(CHANNEL, json.dumps(["", group, event]))
