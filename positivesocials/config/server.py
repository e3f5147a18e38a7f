"""Serving: one granian process with one worker."""

import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from positivesocials.config.trouble import Trouble

LOOPBACK = "127.0.0.1"


def refuse_port_in_use(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise Trouble(
                f"Port {port} is in use: stop what listens there, or choose another with PORT=8001."
            ) from None


@contextmanager
def only_server_of(folder: Path) -> Iterator[None]:
    """Exactly one process serves a data folder: pushes to open pages and opened facets live in it."""
    with (folder / ".serving").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Trouble(
                f"Another server already uses {folder}: stop it, or set POSITIVESOCIALS_DATA."
            ) from None
        yield


def serve(host: str, port: int) -> None:
    Server(
        "positivesocials.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        # The proxy in front speaks HTTP/1.1 to us: what nobody needs, nobody can misuse.
        http=HTTPModes.http1,
        websockets=True,
        log_level=LogLevels.warning,
        log_access=False,
        workers_kill_timeout=15,
    ).serve()
