"""A server on this machine that answers as a test wants it to: huge, slow, broken, in circles."""

import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field


@dataclass
class Answer:
    """`body` may be a function that writes to the line itself; `drip` waits that long after each byte."""

    body: bytes | Callable[["Asked"], None] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0


class Asked(http.server.BaseHTTPRequestHandler):
    server: "Site"

    def do_GET(self) -> None:
        site = self.server
        with site.counting:
            site.open_now += 1
            site.most_at_once = max(site.most_at_once, site.open_now)
        try:
            site.asked.append((self.path, dict(self.headers)))
            time.sleep(site.delay)
            with suppress(OSError):
                self._answer(site.pages.get(self.path) or Answer(status=404))
        finally:
            with site.counting:
                site.open_now -= 1

    def _answer(self, answer: Answer) -> None:
        if callable(answer.body):
            answer.body(self)
            return
        self.send_response(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        for start in range(0, len(answer.body), 1 if answer.drip else 1 << 20):
            self.wfile.write(answer.body[start : start + (1 if answer.drip else 1 << 20)])
            time.sleep(answer.drip)

    def log_message(self, *args: object) -> None:
        pass


class Site(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.delay = 0.0
        self.counting = threading.Lock()
        self.open_now = self.most_at_once = 0

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def paths(self) -> list[str]:
        return [path for path, _headers in self.asked]


@contextmanager
def serving() -> Iterator[Site]:
    with Site() as site:
        threading.Thread(target=site.serve_forever, args=[0.01], daemon=True).start()
        yield site
        site.shutdown()
