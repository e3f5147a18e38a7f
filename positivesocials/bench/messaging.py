"""Many open pages on one worker, and messages between them.

Everybody has one socket and talks with one other. Messages are posted as a page posts them, at an even rate;
of each the time from the post to the event at the other's socket is taken. In the end every socket must have
heard of every message stored in its conversation once.
"""

import asyncio
import json
import statistics
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.test import Client

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account
from positivesocials.bench import charts
from positivesocials.bench.kills import forget_connections
from positivesocials.bench.served import Command, Served
from positivesocials.bench.wire import HungUp, OpenSocket, Visitor, answer_to
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Message
from positivesocials.profiles import services as profiles

WARM_UP = 20
LAST_WORDS_SECONDS = 5
OPENED_AT_ONCE = 20


class Refused(Exception):
    """The server answered a post otherwise than it should."""


@dataclass
class Person:
    visitor: Visitor
    conversation: str
    heard: Counter[str] = field(default_factory=Counter)
    last: str = ""
    socket: OpenSocket | None = None


@dataclass
class Room:
    """Who is there, who talks with whom, and when something was sent that has not been heard of yet."""

    people: list[Person]
    sent_at: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    took: list[float] = field(default_factory=list)
    sent: int = 0


def run(*, sockets: int, seconds: int, rate: int, command: Command) -> dict[str, Any]:
    with Served(command) as server:
        room = Room(people_in_pairs(sockets, port=server.port))
        forget_connections()
        figures = asyncio.run(_measure(room, server, seconds=seconds, rate=rate))
    return {**figures, **_compared(room)}


def people_in_pairs(count: int, *, port: int) -> list[Person]:
    """Each two neighbours have a conversation. They are signed in."""
    people: list[Person] = []
    for _ in range((count + 1) // 2):
        pair = [_account(name) for name in ("Alder", "Birch")]
        conversation = messaging.open_conversation(pair[0].profile, pair[1].profile)
        people += [Person(_visitor(account, port), str(conversation.pk)) for account in pair]
    return people


def _account(name: str) -> Account:
    account = accounts.open_account()
    profiles.make_individual(account, name=name)
    return account


def _visitor(account: Account, port: int) -> Visitor:
    browser = Client()
    browser.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    return Visitor(port, f"{name}={browser.cookies[name].value}")


async def _measure(room: Room, server: Served, *, seconds: int, rate: int) -> dict[str, Any]:
    for person in room.people[:WARM_UP]:
        await _post(person)
    await _open_all(room, room.people[:WARM_UP])
    before = server.resident_kb()
    await _open_all(room, room.people[WARM_UP:])
    await asyncio.sleep(1)
    opened = server.resident_kb()
    await _talk(room, seconds=seconds, rate=rate)
    await asyncio.sleep(LAST_WORDS_SECONDS)
    after = server.resident_kb()
    count = max(len(room.people) - WARM_UP, 1)
    return {
        "sockets": len(room.people),
        "sent": room.sent,
        "kb_per_socket": round((max(opened, after) - before) / count, 1),
        "kb_per_socket_idle": round((opened - before) / count, 1),
    }


async def _open_all(room: Room, people: list[Person]) -> None:
    for start in range(0, len(people), OPENED_AT_ONCE):
        await asyncio.gather(*[_open(room, person) for person in people[start : start + OPENED_AT_ONCE]])


async def _open(room: Room, person: Person) -> None:
    person.socket = await OpenSocket.to(person.visitor)
    task = asyncio.create_task(_listen(room, person))
    task.add_done_callback(lambda done: done.cancelled() or done.result())


async def _listen(room: Room, person: Person) -> None:
    assert person.socket is not None
    try:
        while True:
            event = json.loads(await person.socket.hear())
            if event["type"] == "message":
                person.last = event["message"]
                person.heard[person.last] += 1
                _take_time(room, person, event)
    except HungUp:
        return


def _take_time(room: Room, person: Person, event: dict[str, Any]) -> None:
    waiting = room.sent_at[f"{person.conversation} {id(person)}"]
    if waiting:
        room.took.append((time.perf_counter() - waiting.popleft()) * 1000)


async def _talk(room: Room, *, seconds: int, rate: int) -> None:
    start, posts = time.perf_counter(), []
    for number in range(seconds * rate):
        await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
        place = number % len(room.people)
        person, other = room.people[place], room.people[place ^ 1]
        room.sent_at[f"{other.conversation} {id(other)}"].append(time.perf_counter())
        posts.append(asyncio.create_task(_post(person)))
        room.sent += 1
    await asyncio.gather(*posts)


async def _post(person: Person) -> None:
    form = {"client_key": str(uuid4()), "shown": person.last, "text": "How was the lake?"}
    request = person.visitor.post(f"/conversations/{person.conversation}/send/", form)
    status, _body = await answer_to(person.visitor, request)
    if status != 200:
        raise Refused(status)


def _compared(room: Room) -> dict[str, Any]:
    """What each socket heard beside what is stored; the first messages were written before any was open."""
    stored: dict[str, list[str]] = defaultdict(list)
    for conversation, pk in Message.objects.order_by("sent_at").values_list("conversation", "pk"):
        stored[str(conversation)].append(str(pk))
    for person in room.people[:WARM_UP:2]:
        del stored[person.conversation][:2]
    lost = sum(person.heard[pk] == 0 for person in room.people for pk in stored[person.conversation])
    extra = sum(sum(person.heard.values()) - len(person.heard) for person in room.people)
    missing = room.sent - sum(len(messages) for messages in stored.values())
    return {"lost": lost + max(missing, 0), "doubled": extra + max(-missing, 0), **_times(room.took)}


def _times(took: list[float]) -> dict[str, Any]:
    if len(took) < 2:
        return {"p50_ms": 0, "p99_ms": 0}
    parts = statistics.quantiles(took, n=100, method="inclusive")
    shown = {f"p{share}_ms": round(parts[share - 1], 1) for share in (50, 90, 99)}
    return {**shown, "longest_ms": round(max(took), 1)}


def draw(figures: dict[str, Any], path: Path) -> None:
    names = {"p50_ms": "half within", "p90_ms": "90 of 100", "p99_ms": "99 of 100", "longest_ms": "longest"}
    rows = [(words, figures[name]) for name, words in names.items() if name in figures]
    title = f"From post to the other's page, {figures['sockets']} open pages"
    charts.bars(path, title=title, rows=rows, unit="ms", limit=250)
