import asyncio

import pytest

from positivesocials.config import threads
from positivesocials.config.threads import InThreads

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/",
    "query_string": b"",
    "http_version": "1.1",
    "headers": [],
}


@pytest.fixture
def ask():
    def asked(pages, *arriving, method="POST"):
        """What an application answers to a request whose body arrives in these messages."""
        sent, waiting = [], list(arriving)

        async def receive():
            return waiting.pop(0)

        async def send(message):
            sent.append(message)

        asyncio.run(InThreads(pages, threads=1)({**SCOPE, "method": method}, receive, send))
        return sent

    return asked


def part(body: bytes, *, more: bool = False):
    return {"type": "http.request", "body": body, "more_body": more}


def echo(environ, start_response):
    start_response("201 Created", [("X-Kind", "echo")])
    return [environ["wsgi.input"].read()]


def test_an_answer_goes_out_in_one_piece(ask):
    start, body = ask(echo, part(b"all of it"))

    assert (start["status"], start["headers"]) == (201, [(b"x-kind", b"echo")])
    assert (body["body"], body["more_body"]) == (b"all of it", False)


def test_a_body_that_arrives_in_parts_is_read_whole(ask):
    _start, body = ask(echo, part(b"one ", more=True), part(b"two ", more=True), part(b"three"))

    assert body["body"] == b"one two three"


def test_a_long_answer_goes_out_in_parts_and_whole(ask):
    def long(_environ, start_response):
        start_response("200 OK", [])
        return (b"x" * (threads.HELD_BACK // 2) for _ in range(7))

    _start, *bodies = ask(long, method="GET")

    assert sum(len(each["body"]) for each in bodies) == 7 * (threads.HELD_BACK // 2)
    assert [each["more_body"] for each in bodies] == [*[True] * (len(bodies) - 1), False]
    assert len(bodies) > 2


def test_a_form_whose_line_is_cut_is_never_asked_about(ask):
    asked = []

    def pages(environ, start_response):
        asked.append(environ)
        return echo(environ, start_response)

    assert ask(pages, {"type": "http.disconnect"}) == []
    assert asked == []


def test_the_rest_of_a_form_whose_line_is_cut_is_not_taken_for_the_whole(ask):
    with pytest.raises(ConnectionResetError):
        ask(echo, part(b"half of", more=True), {"type": "http.disconnect"})
