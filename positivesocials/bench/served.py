"""A server in a process of its own, over the rows of this one: started, killed and measured."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from positivesocials.bench.wire import HOST

Command = Callable[[int], list[str]]
PATIENCE_SECONDS = 120


class DidNotStart(Exception):
    pass


class Served:
    """`command(port)` is what starts the server. It stops with the block, whatever happened."""

    def __init__(self, command: Command, **variables: str) -> None:
        self.port = free_port()
        self._command, self._variables = command, variables
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Served":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own command.
            self._command(self.port),
            env={**os.environ, **self._variables, "PORT": str(self.port)},
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._wait_for_an_answer(self._process)

    def _wait_for_an_answer(self, process: subprocess.Popen[bytes]) -> None:
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up_at and process.poll() is None:
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"http://{HOST}:{self.port}/healthz", timeout=1).close()
                return
            time.sleep(0.05)
        self.kill()
        raise DidNotStart

    def kill(self) -> None:
        """SIGKILL for all of it: what was not stored is gone."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=20)
            self.kill()

    def resident_kb(self) -> int:
        """What the worker holds in memory: the largest process of ours."""
        assert self._process is not None
        return max(_resident_kb(pid) for pid in _group(self._process.pid))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _group(leader: int) -> list[int]:
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if _group_of(pid) == leader]


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _resident_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
