"""What the server itself does with raw requests, before any page is asked."""

import socket
from urllib.parse import urlsplit

import pytest


@pytest.fixture
def say(site):
    """A function that sends bytes and returns all that comes back."""
    parts = urlsplit(site.url)

    def send(raw: bytes) -> bytes:
        with socket.create_connection((parts.hostname or "localhost", parts.port or 80), timeout=10) as line:
            line.sendall(raw)
            answer = b""
            while part := line.recv(65536):
                answer += part
        return answer

    return send


def request(start: str, *headers: str, body: str = "") -> bytes:
    host = ("Host: localhost", "Connection: close")
    return ("\r\n".join([start, *host, *headers]) + "\r\n\r\n" + body).encode()


def heads(answer: bytes) -> int:
    return answer.count(b"HTTP/1.1 ")


def test_a_body_ends_where_its_chunks_end_whatever_length_is_claimed(say):
    hidden = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    raw = request(
        "POST /colours/ HTTP/1.1",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(hidden) + 5}",
        "Transfer-Encoding: chunked",
        body=f"0\r\n\r\n{hidden}",
    )

    answer = say(raw)

    # Either refused, or the length was ignored and the line closed after one answer.
    assert heads(answer) == 1
    assert b"ok" not in answer.partition(b"\r\n\r\n")[2][:3]


@pytest.mark.parametrize(
    "headers",
    [
        ("Content-Length: 5", "Content-Length: 6"),
        ("Transfer-Encoding: xchunked", "Content-Length: 5"),
        ("Content-Length: +5",),
        ("Content-Length: -1",),
    ],
    ids=["two lengths", "unknown coding", "signed length", "negative length"],
)
def test_a_request_whose_end_is_unclear_is_refused(headers, say):
    answer = say(request("POST /colours/ HTTP/1.1", *headers, body="theme"))

    assert heads(answer) <= 1
    assert not answer or answer.split()[1] in {b"400", b"411", b"501"}


def test_a_header_with_a_bare_line_end_is_refused(say):
    answer = say(request("GET / HTTP/1.1", "X-A: b\rX-Injected: c"))

    assert not answer or answer.split()[1] == b"400"


def test_every_answer_is_as_long_as_it_says(say):
    for path in ("/", "/healthz", "/log-in/", "/no-such-place/", "/guides/", "/robots.txt"):
        head, _, body = say(request(f"GET {path} HTTP/1.1")).partition(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])

        if b"content-length" in fields:
            assert int(fields[b"content-length"]) == len(body)
            assert b"transfer-encoding" not in fields
        else:
            assert fields[b"transfer-encoding"] == b"chunked"


def test_the_server_speaks_no_second_version_of_http(say):
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\x00\x00\x00\x04\x00\x00\x00\x00\x00"

    answer = say(preface)

    assert not answer or answer.startswith(b"HTTP/1.1 4")


def test_no_answer_names_the_version_of_what_runs(say):
    for path in ("/", "/no-such-place/", "/static/none.css"):
        head = say(request(f"GET {path} HTTP/1.1")).partition(b"\r\n\r\n")[0].lower()

        assert not any(
            word in head for word in (b"granian/", b"python", b"django", b"x-powered-by", b"wagtail")
        )


def test_trace_is_refused(say):
    assert say(request("TRACE / HTTP/1.1")).split()[1] == b"405"
