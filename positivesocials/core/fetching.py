"""Reading an address that somebody else named: within limits of size and time, from public machines only.

A name is looked up once, all it leads to is judged, and the line goes to the very address that was judged;
so it is again for each redirection. What is read ends at a limit, however slowly or tightly packed it comes.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from email.message import Message
from enum import StrEnum
from typing import Any
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from django.conf import settings

from positivesocials import __version__

PORTS = {"http": 80, "https": 443}
MOST_PORTS = {80, 443, 8080, 8443}
LONGEST_ADDRESS = 2000
REDIRECTS = {301, 302, 303, 307, 308}
FOR_GOOD = {301, 308}
CHUNK = 65_536
LOOPBACK = "127.0.0.1"
# All of IPv6 that is given out to the public. What else there is stays in somebody's own network.
GIVEN_OUT = ipaddress.ip_network("2000::/3")
# An IPv4 address in the tail of an IPv6 one: gateways carry it on to there.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Names that are given out inside of networks alone.
INSIDE = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "private",
    "corp",
    "home",
    "lan",
    "home.arpa",
)
SAFE_IN_PATH, SAFE_IN_QUERY = "/%:@!$&'()*+,;=~-._", "/?%:@!$&'()*+,;=~-._"


class Why(StrEnum):
    """Why nothing was read."""

    ADDRESS = "address"
    NOT_PUBLIC = "not_public"
    NO_ANSWER = "no_answer"
    TOO_SLOW = "too_slow"
    TOO_LARGE = "too_large"
    REDIRECTS = "redirects"
    PACKING = "packing"
    FORBIDDEN = "forbidden"


class NotFetched(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class NotPublic(OSError):
    """The address leads into a private network, or says nothing of where it leads."""


@dataclass(frozen=True)
class Limits:
    """`size` in bytes, on the line and unpacked; `seconds` for everything, redirections among it."""

    size: int = 5_000_000
    seconds: float = 20
    redirects: int = 5


@dataclass(frozen=True)
class Fetched:
    """`url` is where it was read in the end; `moved_to` is that too, if every step there was for good."""

    status: int
    url: str
    headers: Message = field(default_factory=Message)
    body: bytes = b""
    moved_to: str = ""


def anywhere(url: str) -> None:
    """No rule beside those of this module."""


def fetch(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
    may: Callable[[str], None] = anywhere,
) -> Fetched:
    """Read one address. `may` is asked before each step and raises NotFetched for a no.

    Raises NotFetched for whatever keeps it from being read; an answer of any status is read.
    """
    limits = limits or Limits()
    clock = _Clock(limits.seconds)
    seen: list[str] = []
    for_good = True
    while True:
        url = tidied(url)
        if url in seen or len(seen) > limits.redirects:
            raise NotFetched(Why.REDIRECTS)
        seen.append(url)
        may(url)
        got = _guarded(lambda: _one(url, dict(headers or {}), limits, clock))  # noqa: B023 - Called at once.
        onwards = got.headers.get("Location", "") if got.status in REDIRECTS else ""
        if not onwards:
            return replace(got, moved_to=url if for_good and len(seen) > 1 else "")
        for_good = for_good and got.status in FOR_GOOD
        url = _next(url, onwards)


def _next(url: str, onwards: str) -> str:
    try:
        target = urljoin(url, onwards.strip())
    except ValueError:
        raise NotFetched(Why.ADDRESS) from None
    # What was asked for over a closed line is not read over an open one.
    if url.startswith("https:") and not target.startswith("https:"):
        raise NotFetched(Why.REDIRECTS)
    return target


def tidied(url: str) -> str:
    """The address as it goes over the line: http or https, by a name, without user, password and fragment."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".").encode("idna").decode() if parts.hostname else ""
        port = parts.port
    except (ValueError, UnicodeError):
        raise NotFetched(Why.ADDRESS) from None
    named = bool(host) and not (parts.username or parts.password)
    if parts.scheme not in PORTS or not named or len(url) > LONGEST_ADDRESS:
        raise NotFetched(Why.ADDRESS)
    host = f"[{host}]" if ":" in host else host
    netloc = host if port in (None, PORTS[parts.scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe=SAFE_IN_PATH)
    return urlunsplit((parts.scheme, netloc, path, quote(parts.query, safe=SAFE_IN_QUERY), ""))


def host_of(url: str) -> str:
    """Scheme, name and port: what robots.txt speaks for, and what is asked one thing at a time."""
    parts = urlsplit(tidied(url))
    return f"{parts.scheme}://{parts.netloc}"


def agent() -> str:
    return f"PositiveSocials/{__version__} (+{settings.ORIGIN}/)"


def _guarded(read: Callable[[], Fetched]) -> Fetched:
    try:
        return read()
    except NotPublic:
        raise NotFetched(Why.NOT_PUBLIC) from None
    except TimeoutError:
        raise NotFetched(Why.TOO_SLOW) from None
    except zlib.error:
        raise NotFetched(Why.PACKING) from None
    except (OSError, http.client.HTTPException, ValueError):
        raise NotFetched(Why.NO_ANSWER) from None


def _one(url: str, headers: dict[str, str], limits: Limits, clock: "_Clock") -> Fetched:
    parts = urlsplit(url)
    line = _Line(parts, clock)
    asked = {"User-Agent": agent(), "Accept-Encoding": "gzip", "Connection": "close", **headers}
    try:
        line.request("GET", urlunsplit(("", "", parts.path, parts.query, "")), headers=asked)
        got = line.getresponse()
        body = b"" if got.status in REDIRECTS else b"".join(_within(_unpacked(got, limits.size), limits.size))
        return Fetched(got.status, url, got.headers, body)
    finally:
        line.hang_up()


def _within(pieces: Iterator[bytes], size: int) -> Iterator[bytes]:
    for piece in pieces:
        size -= len(piece)
        if size < 0:
            raise NotFetched(Why.TOO_LARGE)
        yield piece


def _unpacked(got: http.client.HTTPResponse, size: int) -> Iterator[bytes]:
    packing = (got.headers.get("Content-Encoding") or "identity").strip().lower()
    if packing == "identity":
        return _pieces(got)
    if packing not in {"gzip", "x-gzip", "deflate"}:
        raise NotFetched(Why.PACKING)
    return _inflated(_within(_pieces(got), size))


def _pieces(got: http.client.HTTPResponse) -> Iterator[bytes]:
    while piece := got.read(CHUNK):
        yield piece
    if got.length:
        raise http.client.IncompleteRead(b"")


def _inflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Piece by piece: what was packed tightly fills no memory before somebody counts it."""
    open_up = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for piece in pieces:
        while piece:
            yield open_up.decompress(piece, CHUNK)
            piece = open_up.unconsumed_tail
    while rest := open_up.decompress(b"", CHUNK):
        yield rest
    if not open_up.eof:
        raise zlib.error


class _Clock:
    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until all must be over; TimeoutError when it is."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Line(http.client.HTTPConnection):
    """Speaks to the very address that was judged, so that a name cannot lead elsewhere a moment later."""

    def __init__(self, parts: SplitResult, clock: _Clock) -> None:
        self._is_closed = parts.scheme == "https"
        self._clock = clock
        self._name = parts.hostname or ""
        self._to = parts.port or PORTS[parts.scheme]
        self._open: socket.socket | None = None
        super().__init__(parts.netloc, self._to, timeout=clock.left())

    def connect(self) -> None:
        address = _judged(self._name, self._to, self._clock)
        self._open = socket.create_connection((address, self._to), self._clock.left())
        if self._is_closed:
            self._open.settimeout(self._clock.left())
            self._open = ssl.create_default_context().wrap_socket(self._open, server_hostname=self._name)
        self.sock = _Timed(self._open, self._clock)  # All that is asked of it.

    def hang_up(self) -> None:
        self.close()
        if self._open:
            self._open.close()


class _Timed:
    """A line on which every single read and write ends when the clock does: a drip does not wind it up."""

    def __init__(self, line: socket.socket, clock: _Clock) -> None:
        self._line, self._clock = line, clock

    def sendall(self, data: Any) -> None:
        self._line.settimeout(self._clock.left())
        self._line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Drops(self._line, self._clock), CHUNK)

    def close(self) -> None:
        """The library is done with it before the answer is read: who made the line hangs up."""


class _Drops(io.RawIOBase):
    def __init__(self, line: socket.socket, clock: _Clock) -> None:
        self._line, self._clock = line, clock

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._line.settimeout(self._clock.left())
        return self._line.recv_into(buffer)


def _judged(host: str, port: int, clock: _Clock) -> str:
    if settings.FETCH_FROM_LOOPBACK and host == LOOPBACK:
        return host
    address = _in_time(lambda: public_address_of(host, port), clock)
    if port not in MOST_PORTS:
        raise NotFetched(Why.ADDRESS)
    return address


def _in_time(look_up: Callable[[], str], clock: _Clock) -> str:
    """The system's look-up knows no limit of time, so it is left behind where it takes longer."""
    found: list[str | Exception] = []

    def ask() -> None:
        try:
            found.append(look_up())
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=ask, name="look-up", daemon=True)
    thread.start()
    thread.join(clock.left())
    if not found:
        raise TimeoutError
    if isinstance(found[0], Exception):
        raise found[0]
    return found[0]


def public_address_of(host: str, port: int = PORTS["https"]) -> str:
    """The first address of a name, if all of them are public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(is_public(each) for each in addresses):
        raise NotPublic
    return addresses[0]


def names_odd_port(url: str) -> bool:
    """Whether a tidied address names a port at which nothing is read: another service may listen there."""
    parts = urlsplit(url)
    if settings.FETCH_FROM_LOOPBACK and parts.hostname == LOOPBACK:
        return False
    return (parts.port or PORTS[parts.scheme]) not in MOST_PORTS


def leads_inside(url: str) -> bool:
    """Whether a tidied address says by itself that it leads into a private network.

    It does if it is no name but a number that is not public, or a name that only such networks know. Where
    other names lead is seen each time they are looked up.
    """
    host = urlsplit(url).hostname or ""
    if settings.FETCH_FROM_LOOPBACK and host == LOOPBACK:
        return False
    try:
        return not is_public(_number_in(host))
    except ValueError:
        return "." not in host or host.endswith(tuple(f".{name}" for name in INSIDE))


def _number_in(host: str) -> str:
    """As programs read it: 127.1, 0x7f000001 and 2130706433 are 127.0.0.1. ValueError where it is a name."""
    if ":" in host:
        return host
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        raise ValueError from None


def is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    inner = list(_inner(found))
    is_given_out = found.version == 4 or found in GIVEN_OUT or bool(inner)
    return is_given_out and all(each.is_global and not each.is_multicast for each in (found, *inner))


def _inner(found: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    if isinstance(found, ipaddress.IPv6Address):
        inside = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        inside += [ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)] if found in NAT64 else []
        yield from (each for each in inside if each)
