"""Serving: one granian process with one worker, or several side by side with PostgreSQL and Redis."""

import fcntl
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from positivesocials.config.trouble import Trouble

LOOPBACK = "127.0.0.1"
MOST_FILES = 65_536


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
def server_of(folder: Path, *, several: bool) -> Iterator[None]:
    """One process serves a data folder, for open pages belong to it; or several that all share Redis."""
    lock = fcntl.LOCK_SH if several else fcntl.LOCK_EX
    with (folder / ".serving").open("w") as file:
        try:
            fcntl.flock(file, lock | fcntl.LOCK_NB)
        except OSError:
            raise Trouble(
                f"Another server already uses {folder}: stop it, or set POSITIVESOCIALS_DATA."
            ) from None
        yield


def is_one_of_several() -> bool:
    """SQLite belongs to one process; with PostgreSQL, Redis carries pushes from one to the others."""
    vendors = {connection.vendor for connection in connections.all()}
    return bool(settings.REDIS_URL) and vendors == {"postgresql"}


def _let_many_in() -> None:
    """Every open socket is an open file, and systems allow a process few of them unless it asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))


def serve(host: str, port: int) -> None:
    _let_many_in()
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
