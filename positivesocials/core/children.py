"""Processes that this one starts for heavy work. Imports nothing that needs Django to be set up already."""

import os
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing import parent_process
from pathlib import Path
from typing import IO

import django


def set_up() -> None:
    """For the child, first of all: it ends with the process that started it, however that ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def ask(file: Path, data: bytes, *, seconds: float, largest: int) -> bytes:
    """Run a file of ours as a process that reads `data` and writes an answer; whatever it does, it ends.

    The answer is empty or cut where the process crashed, took longer or wrote more.
    """
    child = subprocess.Popen(  # noqa: S603 - our own file, run by our own Python, without a shell.
        [sys.executable, "-I", "-B", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
    )
    feed, stop = (
        threading.Thread(target=_feed, args=(child.stdin, data)),
        threading.Timer(seconds, child.kill),
    )
    with child:
        feed.start()
        stop.start()
        try:
            answer = child.stdout.read(largest) if child.stdout else b""
        finally:
            stop.cancel()
            child.kill()
            feed.join()
    return answer


def _feed(stdin: IO[bytes] | None, data: bytes) -> None:
    """Write the file to the child, which may be gone before it has read it all."""
    if stdin is None:
        return
    with suppress(OSError):
        stdin.write(data)
    with suppress(OSError):
        stdin.close()
