"""The live socket takes nothing in, whatever knocks: it closes, or stays silent."""

import random
from typing import Any

import pytest
from django.conf import settings

from positivesocials.messaging.consumers import NOT_FROM_HERE, SIGNED_OUT
from positivesocials.messaging.tests.test_live import Wire, listening, refusal, run

pytestmark = pytest.mark.django_db(transaction=True)
ODD = [
    *(b"", b"\x00", b"\xff\xfe", b"null", b"http://", b"http://[", b"//testserver", b"http://testserver:x"),
    *(
        b"http://testserver.example.org",
        b"http://testserver@example.org",
        b"javascript:testserver",
        b"a" * 5000,
    ),
    *(
        b"http://testserver\r\nX: y",
        "http://تست".encode(),
        b"http://testserver:99999999",
        b";" * 500,
        b"=;=;=",
    ),
]


@pytest.fixture(autouse=True)
def _testserver_is_ours(settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]


def cookies() -> list[bytes]:
    name = settings.SESSION_COOKIE_NAME.encode()
    return [*ODD, *(name + b"=" + odd for odd in ODD), name + b'="\\377\\"', name + b"=" + b"0" * 32]


@pytest.mark.parametrize("origin", ODD, ids=repr)
def test_no_origin_but_ours_gets_further_than_the_door(origin):
    assert run(refusal(Wire(b"", origin))) == NOT_FROM_HERE


def test_no_cookie_breaks_it():
    async def scene():
        return {await refusal(Wire(cookie)) for cookie in cookies()}

    assert run(scene()) == {SIGNED_OUT}


FRAMES: list[dict[str, Any]] = [
    *({"text": text} for text in ("", "{", "[" * 1000, '{"type": "live.event"}', "\x00", "\ud800", "\u202e")),
    *({"bytes": random.Random(1).randbytes(size)} for size in (0, 1, 50, 1000)),
    {"text": None, "bytes": None},
]


def test_whatever_is_sent_is_heard_by_nobody(ada):
    async def scene():
        async with listening(ada) as wire:
            for frame in FRAMES:
                await wire.send_input({"type": "websocket.receive", **frame})
            return await wire.receive_nothing(timeout=0.3)

    assert run(scene())
