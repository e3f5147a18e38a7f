"""Two server processes over one PostgreSQL and one Redis: pages of one hear what happens at the other."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest

from positivesocials.bench.cuts import Reader
from positivesocials.bench.messaging import Person
from positivesocials.bench.served import Served, free_port
from positivesocials.bench.wire import HungUp, OpenSocket, Visitor, answer_to

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "positivesocials.config.cli"]
MAIN = os.environ.get("POSITIVESOCIALS_DATABASE_URL", "")
REDIS = shutil.which("redis-server") or shutil.which("valkey-server")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.skipif(not MAIN, reason="LEFT OUT: needs PostgreSQL (make test-postgres)"),
    pytest.mark.skipif(REDIS is None, reason="LEFT OUT: no redis-server or valkey-server on this machine"),
]
# Makes people in the instance of its environment and prints how they log in and where they talk.
PEOPLE = """
import json, django
django.setup()
from positivesocials.bench.messaging import people_in_pairs
print(json.dumps([[person.visitor.cookies, person.conversation] for person in people_in_pairs(10, port=0)]))
"""


class Carrier:
    """A Redis of our own, which can be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = [str(REDIS), "--port", str(self.port), "--save", "", "--dir", str(self._folder)]
        self._process = subprocess.Popen(words, stdout=subprocess.DEVNULL)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def own_databases() -> dict[str, str]:
    parts, names = urlsplit(MAIN), ("POSITIVESOCIALS_DATABASE_URL", "POSITIVESOCIALS_KEYS_DATABASE_URL")
    urls = {}
    with psycopg.connect(MAIN, autocommit=True) as line:
        for variable in names:
            name = f"many_{uuid4().hex}"
            line.execute(f"CREATE DATABASE {name}")
            urls[variable] = parts._replace(path=f"/{name}").geturl()
    return urls


@pytest.fixture(scope="module")
def carrier(tmp_path_factory) -> Iterator[Carrier]:
    carrier = Carrier(tmp_path_factory.mktemp("redis"))
    carrier.start()
    yield carrier
    carrier.stop()


@pytest.fixture(scope="module")
def variables(tmp_path_factory, carrier) -> dict[str, str]:
    data = tmp_path_factory.mktemp("many") / "data"
    urls = {**own_databases(), "POSITIVESOCIALS_REDIS_URL": f"redis://127.0.0.1:{carrier.port}/0"}
    settings = {**urls, "POSITIVESOCIALS_DATA": str(data), "POSITIVESOCIALS_DEMO": "0"}
    subprocess.run([*COMMAND, "migrate"], env={**os.environ, **settings}, cwd=ROOT, check=True)
    return settings


@pytest.fixture(scope="module")
def servers(variables) -> Iterator[list[Served]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Served(lambda _port: [*COMMAND, "run"], **variables)) for _ in range(2)]


@pytest.fixture(scope="module")
def pairs(variables) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Cookies and conversation of two who talk, another two each time."""
    settings = {"DJANGO_SETTINGS_MODULE": "positivesocials.config.settings", **variables}
    made = subprocess.run(
        [sys.executable, "-c", PEOPLE],
        env={**os.environ, **settings},
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    people = json.loads(made.stdout)
    return iter(list(zip(people[::2], people[1::2], strict=True)))


@pytest.fixture
def talk(pairs, servers) -> tuple[Person, Person]:
    """Two who talk, each at a server of their own."""
    couple = zip(servers, next(pairs), strict=True)
    one, other = (Person(Visitor(server.port, cookies), talk) for server, (cookies, talk) in couple)
    return one, other


async def say(person: Person, text: str) -> None:
    form = {"client_key": str(uuid4()), "text": text}
    path = f"/conversations/{person.conversation}/send/"
    status, _body = await answer_to(person.visitor, person.visitor.post(path, form))
    assert status == 200


async def heard(socket: OpenSocket, seconds: float = 2) -> str:
    return str(json.loads(await asyncio.wait_for(socket.hear(), seconds))["type"])


@asynccontextmanager
async def listening(visitor: Visitor) -> AsyncIterator[OpenSocket]:
    socket = await OpenSocket.to(visitor)
    await asyncio.sleep(0.5)  # Until the server has looked up who this is.
    try:
        yield socket
    finally:
        socket.cut()


def test_a_message_posted_at_one_process_is_heard_at_the_other(talk):
    one, other = talk

    async def scene():
        async with listening(other.visitor) as socket:
            await say(one, "Hello")
            return await heard(socket)

    assert asyncio.run(scene()) == "message"


def test_a_session_ended_at_one_process_closes_its_socket_at_the_other_within_a_second(talk, servers):
    one, _other = talk
    elsewhere = Visitor(servers[1].port, one.visitor.cookies)

    async def scene():
        async with listening(elsewhere) as socket:
            began = time.monotonic()
            await answer_to(one.visitor, one.visitor.post("/log-out/", {}))
            assert await heard(socket) == "ended"
            with pytest.raises(HungUp) as ended:
                await asyncio.wait_for(socket.hear(), 2)
            return ended.value.code, time.monotonic() - began

    code, took = asyncio.run(scene())

    assert code == 4401
    assert took < 2


def test_while_redis_is_away_pages_ask_and_when_it_is_back_they_miss_nothing(talk, carrier):
    one, other = talk

    async def scene():
        async with listening(other.visitor) as socket:
            reader = Reader(other)
            carrier.stop()
            alone = await heard(socket, 15)
            await say(one, "Nobody carries this")
            await reader.read_on()
            shown_by_asking = len(reader.shown)
            await say(one, "Nor this")
            carrier.start()
            words = {await heard(socket, 15) for _ in range(2)}
            await reader.read_on()
            return alone, shown_by_asking, words, len(reader.shown)

    # What was said meanwhile is passed on when Redis is back; who was not there to hear asks anyway.
    alone, asked, words, shown = asyncio.run(scene())

    assert (alone, asked, shown) == ("alone", 1, 2)
    assert "again" in words


def test_after_redis_was_away_pages_hear_of_each_other_as_before(talk, carrier):
    one, other = talk

    async def scene():
        async with listening(other.visitor) as socket:
            carrier.stop()
            assert await heard(socket, 15) == "alone"
            carrier.start()
            assert await heard(socket, 15) == "again"
            await say(one, "Hello again")
            return await heard(socket, 5)

    assert asyncio.run(scene()) == "message"
