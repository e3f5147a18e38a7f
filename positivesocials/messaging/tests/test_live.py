"""The live socket, against real sessions and the real push."""

import asyncio
import json
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.conf import settings
from django.test import Client

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Session
from positivesocials.core import live
from positivesocials.messaging import marks
from positivesocials.messaging import services as messaging
from positivesocials.messaging.consumers import (
    MOST_PAGES,
    MOST_SAID,
    NOT_FROM_HERE,
    SAID_TOO_MUCH,
    SIGNED_OUT,
    live_socket,
)
from positivesocials.safety import services as safety

pytestmark = pytest.mark.django_db(transaction=True)
ORIGIN = b"http://testserver"


@pytest.fixture(autouse=True)
def _testserver_is_ours(settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


def cookie_of(account, browser=None) -> bytes:
    if browser is None:
        browser = Client()
        browser.force_login(account)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={browser.cookies[name].value}".encode()


class Wire(ApplicationCommunicator):
    """A browser's end of a socket."""

    def __init__(self, cookie: bytes, origin: bytes = ORIGIN):
        headers = [(b"host", b"testserver"), (b"origin", origin), (b"cookie", cookie)]
        self.scope = {"type": "websocket", "path": "/live/", "headers": headers}
        super().__init__(live_socket, self.scope)

    async def connect(self):
        await self.send_input({"type": "websocket.connect"})
        assert (await self.receive_output(timeout=2))["type"] == "websocket.accept"

    async def hear(self):
        return json.loads((await self.receive_output(timeout=1))["text"])

    async def hang_up(self):
        await self.send_input({"type": "websocket.disconnect", "code": 1000})
        await self.wait()


@asynccontextmanager
async def listening(account, browser=None):
    """An open socket of this account, with the push helper attached to its loop as in the server."""
    live.attach(asyncio.get_running_loop())
    wire = Wire(await sync_to_async(cookie_of)(account, browser))
    await wire.connect()
    # Once this is answered by silence the consumer has joined its group.
    assert await wire.receive_nothing(timeout=0.2)
    try:
        yield wire
    finally:
        await wire.hang_up()
        live.attach(None)


async def refusal(wire) -> int:
    await wire.connect()
    return int((await wire.receive_output(timeout=2))["code"])


def run(coroutine):
    return asyncio.run(coroutine)


def test_a_form_post_reaches_the_others_open_page_within_a_second(talk, ada, ben, signed_in):
    client, address = signed_in(ada), f"/conversations/{talk.pk}/send/"

    async def scene():
        async with listening(ben) as wire:
            data = {"text": "Hello", "client_key": str(uuid4())}
            await sync_to_async(client.post)(address, data)
            return await wire.hear()

    event = run(scene())

    assert (event["type"], event["conversation"]) == ("message", str(talk.pk))
    assert set(event) == {"type", "kind", "conversation", "message"}


@pytest.mark.parametrize("is_on", [True, False])
def test_a_page_hears_that_something_was_seen_where_both_have_marks(talk, ada, ben, say, is_on):
    for account in (ada, ben)[: 2 if is_on else 1]:
        marks.switch_on(account)
    say(ada, talk)

    async def scene():
        browser = Client()
        await sync_to_async(browser.force_login)(ben)
        async with listening(ada) as wire:
            await sync_to_async(browser.get)(f"/conversations/{talk.pk}/")
            return await wire.hear() if is_on else await wire.receive_nothing(timeout=0.3)

    heard = run(scene())

    assert heard is True or heard == {"type": "seen", "kind": "seen", "conversation": str(talk.pk)}


def test_a_stranger_hears_nothing(talk, ada, cleo, say):
    async def scene():
        async with listening(cleo) as wire:
            await sync_to_async(say)(ada, talk)
            return await wire.receive_nothing(timeout=0.3)

    assert run(scene())


def test_a_block_closes_the_others_open_page(talk, ada, ben):
    async def scene():
        async with listening(ben) as wire:
            await sync_to_async(safety.block)(ada, [ben.pk])
            return await wire.hear()

    assert run(scene())["type"] == "closed-for-all"


def test_who_left_hears_nothing_more(talk, ada, ben):
    messaging.leave(ben, talk.pk)

    async def scene():
        async with listening(ben) as wire:
            await sync_to_async(messaging.close_conversation)(talk)
            return await wire.receive_nothing(timeout=0.3)

    assert run(scene())


def test_guests_are_refused(db):
    assert run(refusal(Wire(b""))) == SIGNED_OUT
    assert run(refusal(Wire(b"s=made-up"))) == SIGNED_OUT


@pytest.mark.parametrize(
    "origin", [b"https://evil.example", b"", b"null", b"http://[", b"http://testserver.evil.example"]
)
def test_sockets_of_other_sites_are_refused(ada, origin):
    assert run(refusal(Wire(cookie_of(ada), origin))) == NOT_FROM_HERE


def test_a_socket_whose_session_ended_is_closed_and_told_nothing(talk, ada, ben, say):
    async def scene():
        async with listening(ben) as wire:
            await sync_to_async(Session.objects.filter(account=ben).delete)()
            await sync_to_async(say)(ada, talk)
            return await wire.hear(), await wire.receive_output(timeout=1)

    said, event = run(scene())

    assert said == {"type": "ended"}
    assert (event["type"], event["code"]) == ("websocket.close", SIGNED_OUT)


def test_nothing_said_over_the_socket_has_an_effect(ada):
    async def scene():
        async with listening(ada) as wire:
            await wire.send_input({"type": "websocket.receive", "text": '{"type": "live.event"}'})
            await wire.send_input({"type": "websocket.receive", "text": "not json"})
            return await wire.receive_nothing(timeout=0.2)

    assert run(scene())


async def code_of(wire) -> int:
    """The code that this socket is closed with, after whatever else it is told."""
    while (event := await wire.receive_output(timeout=2))["type"] != "websocket.close":
        pass
    return int(event["code"])


@pytest.mark.parametrize("text", ["x" * 1025, "\u202e" * 2000, "[" * 10_000_000])
def test_a_page_that_says_something_long_is_let_go(ada, text):
    async def scene():
        async with listening(ada) as wire:
            await wire.send_input({"type": "websocket.receive", "text": text})
            return await code_of(wire)

    assert run(scene()) == SAID_TOO_MUCH


def test_a_page_that_says_a_lot_is_let_go(ada):
    async def scene():
        async with listening(ada) as wire:
            for _ in range(MOST_SAID):
                await wire.send_input({"type": "websocket.receive", "bytes": b"\x00"})
            return await code_of(wire)

    assert run(scene()) == SAID_TOO_MUCH


def test_of_more_than_ten_open_pages_the_oldest_is_closed(ada):
    async def scene():
        async with AsyncExitStack() as pages:
            wires = [await pages.enter_async_context(listening(ada)) for _ in range(MOST_PAGES + 1)]
            live.attach(asyncio.get_running_loop())
            closed = await code_of(wires[0])
            live.push(f"account-{ada.pk.hex}", {"kind": "message"})
            return closed, [(await wire.hear())["type"] for wire in wires[1:]]

    assert run(scene()) == (live.ELSEWHERE, ["message"] * MOST_PAGES)


def test_the_pages_of_one_account_close_none_of_another(ada, ben):
    async def scene():
        async with AsyncExitStack() as pages:
            first = await pages.enter_async_context(listening(ben))
            for _ in range(MOST_PAGES):
                await pages.enter_async_context(listening(ada))
            return await first.receive_nothing(timeout=0.2)

    assert run(scene())


def test_who_reads_too_slowly_is_let_go_and_hurts_nobody(ada):
    """The line of one socket stands still; another of the same account hears everything."""

    async def scene():
        released, heard = asyncio.Event(), []

        async def stuck(event):
            heard.append(event)
            if event["type"] == "websocket.send":
                await released.wait()

        async with listening(ada) as quick:
            slow = asyncio.create_task(live_socket(quick.scope, quick_connect(), stuck))
            await asyncio.sleep(0.2)
            for number in range(live.MOST_BEHIND + 10):
                live.push(f"account-{ada.pk.hex}", {"kind": "message", "message": number})
                await asyncio.sleep(0)
                assert (await quick.hear())["message"] == number
            released.set()
            await asyncio.wait_for(slow, 2)
            return [event.get("code") for event in heard if event["type"] == "websocket.close"]

    assert run(scene()) == [live.TOO_SLOW]


def quick_connect():
    """What a socket hears from a browser that connects and then says nothing."""
    said = [{"type": "websocket.connect"}]

    async def receive():
        if not said:
            await asyncio.Event().wait()
        return said.pop()

    return receive


def test_a_page_closes_within_a_second_when_its_session_is_ended_elsewhere(ada):
    async def scene():
        async with listening(ada) as wire:
            await sync_to_async(accounts.end_other_sessions)(ada, keep_key_hash="this one")
            return await wire.hear()

    assert run(scene()) == {"type": "ended"}


def test_a_page_closes_within_a_second_when_another_tab_logs_out(ada):
    async def scene():
        browser = Client()
        await sync_to_async(browser.force_login)(ada)
        async with listening(ada, browser) as wire:
            await sync_to_async(browser.post)("/log-out/")
            return await code_of(wire)

    assert run(scene()) == SIGNED_OUT


def test_the_page_that_ended_the_others_stays_open(ada):
    async def scene():
        async with listening(ada) as wire:
            await sync_to_async(Client().force_login)(ada)
            kept = await sync_to_async(Session.objects.earliest)("started_at")
            await sync_to_async(accounts.end_other_sessions)(ada, keep_key_hash=kept.key_hash)
            return await wire.receive_nothing(timeout=0.3)

    assert run(scene())
