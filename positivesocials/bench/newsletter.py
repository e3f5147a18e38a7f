"""A letter to many readers, over a mail server here that only counts, by senders that may be killed.

Nobody may get it twice. Of each killed sender at most one letter is unsure: handed over, or nearly so.
"""

import multiprocessing
import os
import random
import re
import signal
import socketserver
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from positivesocials.bench.kills import forget_connections
from positivesocials.newsletter import issues, rendering, sending, services
from positivesocials.newsletter.models import Delivery, DeliveryState, Issue, Subscriber
from positivesocials.vault import services as vault

AT_ONCE = 500
UNSURE = [DeliveryState.HANDED, DeliveryState.UNSURE]
READER = re.compile(rb"reader-(\d+)@example\.org")


def run(*, members: int, kills: int, seed: int) -> dict[str, Any]:
    invent_readers(members)
    issue = _letter()
    rendering.written(issue)  # What is loaded here is not loaded again by each sender that is killed.
    with a_counting_server() as (port, log), _mail_goes_to(port):
        began = time.perf_counter()
        chance = random.Random(seed)  # noqa: S311 - the same seed kills at the same moments.
        for _ in range(kills):
            _send_until_killed(issue, chance)
        sending.carry_on(issue)
        seconds = time.perf_counter() - began
        got = Counter(int(number) for number in log.read_bytes().split())
    unsure = set(_numbers(Delivery.objects.filter(issue=issue, state__in=UNSURE)))
    return {
        "members": members,
        "kills": kills,
        "seconds": round(seconds, 1),
        "sent": sum(got.values()),
        "doubled": sum(count - 1 for count in got.values()),
        "lost": len(set(range(members)) - set(got) - unsure),
        "unsure": len(unsure),
    }


def invent_readers(members: int) -> None:
    for start in range(0, members, AT_ONCE):
        with vault.keys_open(), transaction.atomic(), transaction.atomic(using="keys"):
            for number in range(start, min(start + AT_ONCE, members)):
                address = f"reader-{number}@example.org"
                index = services.index_of(address)
                Subscriber(index=index, address=address, confirmed_at=timezone.now()).save(force_insert=True)


def _letter() -> Issue:
    issue = issues.start()
    words = {"subject": "What is new", "intro": "A few words from us.\n\n" * 3, "topic": None}
    issues.save_words(issue, **words)  # type: ignore[arg-type]  # Kept short.
    sending.begin(issue)
    return issue


def _numbers(deliveries: Any) -> Iterator[int]:
    with vault.keys_open():
        for row in deliveries.select_related("subscriber"):
            found = READER.match(str(row.subscriber.address).encode())
            assert found
            yield int(found[1])


@contextmanager
def _mail_goes_to(port: int) -> Iterator[None]:
    names = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": port,
        "DELIVER_MAIL": True,
        "MAIL_RETURNS": "returns@example.org",
    }
    before = {name: getattr(settings, name) for name in names}
    try:
        for name, value in names.items():
            setattr(settings, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(settings, name, value)


def _send_until_killed(issue: Issue, chance: random.Random) -> None:
    before = _untouched(issue)
    forget_connections()
    sender = multiprocessing.get_context("fork").Process(target=sending.carry_on, args=(issue,))
    sender.start()
    assert sender.pid is not None
    # It is at work once something was handed over.
    while sender.is_alive() and _untouched(issue) == before:
        time.sleep(0.005)
    time.sleep(chance.uniform(0, 0.03))
    os.kill(sender.pid, signal.SIGKILL)
    sender.join()


def _untouched(issue: Issue) -> int:
    """How many readers the letter was not handed over for yet; all of them before they are listed."""
    touched = Delivery.objects.filter(issue=issue).exclude(state=DeliveryState.WAITING).count()
    return Subscriber.objects.count() - touched


@contextmanager
def a_counting_server() -> Iterator[tuple[int, Path]]:
    """Takes every mail, and writes down the number of each reader: in a process of its own."""
    forget_connections()
    with tempfile.TemporaryDirectory(prefix="positivesocials-mail-") as folder:
        log = Path(folder) / "log"
        log.touch()
        server = _Server(log)
        process = multiprocessing.get_context("fork").Process(target=server.serve_forever, daemon=True)
        process.start()
        server.server_close()
        try:
            yield int(server.server_address[1]), log
        finally:
            process.kill()
            process.join()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self, log: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.log = log

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Senders are killed here: a line that breaks off is what we came for."""


class _Talk(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        reader = b""
        self._say(b"220 here")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT" and (found := READER.search(line)):
                reader = found[1]
            if verb == b"DATA":
                self._say(b"354 go on")
                if not self._is_whole():
                    return
                with self.server.log.open("ab") as log:
                    log.write(reader + b"\n")
            self._say(b"250 ok")

    def _is_whole(self) -> bool:
        while line := self.rfile.readline():
            if line == b".\r\n":
                return True
        return False

    def _say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")
