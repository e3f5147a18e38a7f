"""Guides as guests get them: how long the server takes, how many a second, how much goes over the wire.

*Cached* asks for the same page again, as most guests do; *not cached* forgets before each request everything
that was kept. Both run through the whole stack in this process. The rate is asked of a server in a process of
its own. Last, pages of search over many texts (searching.py).
"""

import asyncio
import gzip
import re
import statistics
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse

from positivesocials.articles import services as articles
from positivesocials.bench import searching
from positivesocials.bench.kills import forget_connections
from positivesocials.bench.served import Command, Served
from positivesocials.bench.wire import HOST

GUIDE = "hsv"
PASSES, ROUNDS, WARM_UP = 3, 100, 5
LINES, SECONDS = 8, 5
LINKED = re.compile(rb'<(?:link|script|img)\b[^>]*?\b(?:href|src)="([^"]+)"[^>]*>')
IN_STYLES = re.compile(rb'(?:url\(|@import )["\']?([^"\')]+)')


class DidNotAnswer(Exception):
    pass


def run(*, command: Command, documents: int, seed: int) -> dict[str, Any]:
    call_command("collectstatic", verbosity=0, interactive=False)
    articles.load_guides()
    address = reverse("articles:read-guide", args=[GUIDE])
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        cached = _best(lambda: None, address)
        uncached = _best(_forget, address)
    with Served(command) as server:
        forget_connections()
        rate = asyncio.run(_asked(server.port, address))
        first_visit = asyncio.run(_first_visit(server.port, address))
    return {
        "guide_cached_p50_ms": round(cached, 2),
        "guide_uncached_p50_ms": round(uncached, 2),
        "guide_cached_rps": round(rate),
        "guide_first_visit_bytes": first_visit,
        "documents": documents,
        "search_p95_ms": searching.run(documents=documents, seed=seed)["search_p95_ms"],
    }


def _forget() -> None:
    for name in caches:
        caches[name].clear()


def _best(before: Callable[[], None], address: str) -> float:
    """The median of the best of three passes, in milliseconds."""
    guest = Client(headers={"accept": "text/html", "accept-encoding": "gzip"})
    for _ in range(WARM_UP):
        _timed(guest, address)
    return min(statistics.median(_each(guest, before, address)) for _ in range(PASSES))


def _each(guest: Client, before: Callable[[], None], address: str) -> list[float]:
    times = []
    for _ in range(ROUNDS):
        before()
        times.append(_timed(guest, address))
    return times


def _timed(guest: Client, address: str) -> float:
    start = time.perf_counter()
    status = guest.get(address).status_code
    if status != 200:
        raise DidNotAnswer(address, status)
    return (time.perf_counter() - start) * 1000


async def _asked(port: int, address: str) -> float:
    """Answers a second to some lines that each ask again at once."""
    end = time.perf_counter() + SECONDS
    started = time.perf_counter()
    counts = await asyncio.gather(*[_line(port, address, end) for _ in range(LINES)])
    return sum(counts) / (time.perf_counter() - started)


async def _line(port: int, address: str, end: float) -> int:
    reader, writer = await asyncio.open_connection(HOST, port)
    count = 0
    while time.perf_counter() < end:
        await _ask(reader, writer, port, address)
        count += 1
    writer.close()
    return count


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int, address: str
) -> tuple[bytes, bytes]:
    """Head and body as they came over the wire."""
    asked = f"GET {address} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip\r\n\r\n"
    writer.write(asked.encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    if b" 200 " not in head.splitlines()[0] or length is None:
        raise DidNotAnswer(address, head.splitlines()[0])
    return head, await reader.readexactly(int(length[1]))


async def _first_visit(port: int, address: str) -> int:
    """Bytes of the page and of everything it loads, heads included, as an empty browser gets them."""
    reader, writer = await asyncio.open_connection(HOST, port)
    total, waiting, seen = 0, [address], {address}
    while waiting:
        here = waiting.pop()
        head, body = await _ask(reader, writer, port, here)
        total += len(head) + len(body)
        plain = gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body
        found = LINKED.findall(plain) if here == address else IN_STYLES.findall(plain)
        for link in (urlsplit(urljoin(here, each.decode())).path for each in found):
            if link.startswith("/static/") and link not in seen:
                seen.add(link)
                waiting.append(link)
    writer.close()
    return total
