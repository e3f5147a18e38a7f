"""What a browser says to the server, without a browser: requests and sockets (RFC 9112, RFC 6455)."""

import asyncio
import base64
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

HOST = "127.0.0.1"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
CSRF = "a" * 32


class HungUp(Exception):
    """The other end closed. `code` is what it said."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Visitor:
    """A signed-in browser: where the site is, and its cookies by name."""

    port: int
    cookies: str

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    def get(self, path: str) -> bytes:
        return self._request("GET", path, "")

    def post(self, path: str, form: Mapping[str, str]) -> bytes:
        return self._request("POST", path, urlencode({"csrfmiddlewaretoken": CSRF, **form}))

    def _request(self, method: str, path: str, body: str) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {HOST}:{self.port}",
            f"Origin: {self.origin}",
            f"Cookie: {self.cookies}; c={CSRF}",
            "Accept: application/json",
            "Connection: close",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()


async def answer_to(visitor: Visitor, request: bytes) -> tuple[int, bytes]:
    """Status and body of the answer."""
    reader, writer = await asyncio.open_connection(HOST, visitor.port)
    try:
        writer.write(request)
        await writer.drain()
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if not head:
        raise ConnectionResetError
    chunked = b"transfer-encoding: chunked" in head.lower()
    return int(head.split()[1]), _joined(body) if chunked else body


def _joined(body: bytes) -> bytes:
    parts = []
    while body:
        size, _, rest = body.partition(b"\r\n")
        parts.append(rest[: int(size, 16)])
        body = rest[int(size, 16) + 2 :]
    return b"".join(parts)


class OpenSocket:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, visitor: Visitor, path: str = "/live/") -> "OpenSocket":
        reader, writer = await asyncio.open_connection(HOST, visitor.port)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {HOST}:{visitor.port}",
            f"Origin: {visitor.origin}",
            f"Cookie: {visitor.cookies}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
        ]
        writer.write(("\r\n".join(lines) + "\r\n\r\n").encode())
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            raise ConnectionResetError from None
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionRefusedError
        return cls(reader, writer)

    async def hear(self) -> str:
        """The next text. Raises `HungUp` when the server closes, and as it closes."""
        try:
            while True:
                kind, data = await self._frame()
                if kind == TEXT:
                    return data.decode()
                if kind == PING:
                    self.say(data, PONG)
                if kind == CLOSE:
                    raise HungUp(struct.unpack("!H", data[:2])[0] if len(data) > 1 else 1005)
        except (asyncio.IncompleteReadError, OSError):
            raise HungUp(1006) from None

    async def _frame(self) -> tuple[int, bytes]:
        kind, length = await self._reader.readexactly(2)
        size = length & 127
        if size == 126:
            size = struct.unpack("!H", await self._reader.readexactly(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", await self._reader.readexactly(8))[0]
        return kind & 15, await self._reader.readexactly(size)

    def say(self, data: bytes, kind: int = TEXT) -> None:
        """One frame under the mask of zeros, which leaves the data as it is."""
        size = len(data)
        if size < 126:
            head = struct.pack("!BB", 0x80 | kind, 0x80 | size)
        elif size < 65536:
            head = struct.pack("!BBH", 0x80 | kind, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | kind, 0x80 | 127, size)
        self._writer.write(head + bytes(4) + data)

    async def stop_reading(self) -> None:
        """Leave the rest lying, as a browser on a stalled line does."""
        transport = self._writer.transport
        assert isinstance(transport, asyncio.ReadTransport)
        transport.pause_reading()

    def cut(self) -> None:
        """Gone without a word."""
        self._writer.transport.abort()
