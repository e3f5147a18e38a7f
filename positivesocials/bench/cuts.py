"""Lines that are cut while something is sent, and a server that is killed.

Everybody behaves as a page does: a post without an answer is sent again with the same key until there is one,
and a reader whose socket ends comes back and reads on after the last message shown. In the end everything
answered must be stored once, and every reader must show what is stored, in its order.
"""

import asyncio
import json
import random
import re
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from positivesocials.bench.kills import forget_connections
from positivesocials.bench.messaging import Person, people_in_pairs
from positivesocials.bench.served import Command, Served
from positivesocials.bench.wire import HOST, HungUp, OpenSocket, answer_to
from positivesocials.messaging import reading
from positivesocials.messaging.models import Message

SHOWN = re.compile(rb'data-message="([0-9a-f-]{36})"')
# Few enough for everybody to stay below 30 tries a minute.
MESSAGES_EACH = 8
WRITERS = 6
PAUSE_SECONDS = 0.1
AWAY = (OSError, HungUp, asyncio.IncompleteReadError)


@dataclass
class Reader:
    """The open page of somebody: which messages it shows."""

    person: Person
    shown: list[str] = field(default_factory=list)
    socket: OpenSocket | None = None

    async def live(self) -> None:
        while True:
            try:
                self.socket = await OpenSocket.to(self.person.visitor)
                await self.read_on()
                while True:
                    if json.loads(await self.socket.hear())["type"] == "message":
                        await self.read_on()
            except AWAY:
                await asyncio.sleep(PAUSE_SECONDS)

    async def read_on(self) -> None:
        more = True
        while more:
            last = f"{self.shown[-1]}/" if self.shown else ""
            path = f"/conversations/{self.person.conversation}/after/{last}"
            status, body = await answer_to(self.person.visitor, self.person.visitor.get(path))
            if status != 200:
                return
            news = json.loads(body)
            found = [pk.decode() for pk in SHOWN.findall(news["part"].encode())]
            self.shown += [pk for pk in found if pk not in self.shown]
            more = news["more"]


@dataclass
class Scene:
    people: list[Person]
    readers: list[Reader]
    chance: random.Random
    answered: dict[str, list[str]] = field(default_factory=dict)
    cuts: int = 0

    def next_message(self, number: int) -> tuple[Person, Reader, bytes]:
        """Who writes, whose page should show it, and the request. Texts are unmistakable."""
        place = number % len(self.people)
        person, text = self.people[place], f"Number {number}"
        self.answered.setdefault(person.conversation, []).append(text)
        path = f"/conversations/{person.conversation}/send/"
        request = person.visitor.post(path, {"client_key": str(uuid4()), "text": text})
        return person, self.readers[place ^ 1], request


def run(*, cuts: int, kills: int, command: Command, seed: int) -> dict[str, Any]:
    with Served(command) as server:
        people = people_in_pairs(max(2 * WRITERS, cuts // MESSAGES_EACH), port=server.port)
        scene = Scene(people, [Reader(person) for person in people], random.Random(seed))  # noqa: S311
        forget_connections()
        asyncio.run(_play(scene, server, cuts=cuts, kills=kills))
    return {"cuts": scene.cuts, "kills": kills, **_compared(scene)}


async def _play(scene: Scene, server: Served, *, cuts: int, kills: int) -> None:
    pages = [asyncio.create_task(reader.live()) for reader in scene.readers]
    await _write_all(_send_over_a_cut_line(scene, number) for number in range(cuts))
    stop = asyncio.Event()
    writing = asyncio.create_task(_write_until(stop, scene, start=cuts)) if kills else None
    for _ in range(kills):
        await asyncio.sleep(scene.chance.uniform(0.1, 1.0))
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
    stop.set()
    if writing:
        await writing
    await asyncio.gather(*[_read_to_the_end(reader) for reader in scene.readers])
    for page in pages:
        page.cancel()


async def _write_all(sendings: Any) -> None:
    """All of these, a few at a time."""
    line: list[Coroutine[Any, Any, None]] = list(sendings)[::-1]

    async def write() -> None:
        while line:
            await line.pop()

    await asyncio.gather(*[write() for _ in range(WRITERS)])


async def _send_over_a_cut_line(scene: Scene, number: int) -> None:
    person, reader, request = scene.next_message(number)
    await _cut_off(scene, person, request)
    if reader.socket is not None and scene.chance.random() < 1 / 3:
        reader.socket.cut()
        scene.cuts += 1
    await _send_until_answered(person, request)


async def _cut_off(scene: Scene, person: Person, request: bytes) -> None:
    """A part of the request, or all of it and not the answer."""
    _reader, writer = await asyncio.open_connection(HOST, person.visitor.port)
    most = scene.chance.choice([len(request), scene.chance.randint(1, len(request))])
    writer.write(request[:most])
    await asyncio.sleep(scene.chance.uniform(0, 0.06))
    writer.transport.abort()
    scene.cuts += 1


async def _send_until_answered(person: Person, request: bytes) -> None:
    while True:
        try:
            status, _body = await answer_to(person.visitor, request)
        except AWAY:
            await asyncio.sleep(PAUSE_SECONDS)
            continue
        if status == 200:
            return
        # Too many tries within the minute, or a server that is stopping: later.
        await asyncio.sleep(1)


async def _write_until(stop: asyncio.Event, scene: Scene, *, start: int) -> None:
    number = start
    while not stop.is_set():
        person, _reader, request = scene.next_message(number)
        await _send_until_answered(person, request)
        number += 1


async def _read_to_the_end(reader: Reader) -> None:
    while True:
        try:
            await reader.read_on()
        except AWAY:
            await asyncio.sleep(PAUSE_SECONDS)
        else:
            return


def _compared(scene: Scene) -> dict[str, Any]:
    lost = doubled = unlike = 0
    for place, reader in enumerate(scene.readers):
        conversation = reader.person.conversation
        rows = list(Message.objects.filter(conversation=UUID(conversation)).order_by("sent_at"))
        unlike += reader.shown != [str(row.pk) for row in rows]
        if place % 2 == 0:
            stored = Counter(reading.said_in(row).text for row in rows)
            lost += sum(stored[text] == 0 for text in scene.answered.get(conversation, []))
            doubled += sum(stored.values()) - len(stored)
    sent = sum(len(texts) for texts in scene.answered.values())
    return {"sent": sent, "lost": lost, "doubled": doubled, "pages_unlike_the_store": unlike}
