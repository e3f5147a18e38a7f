"""Serving: one granian process with one worker."""

import socket

from granian.constants import Interfaces
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


def serve(host: str, port: int) -> None:
    Server(
        "positivesocials.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        websockets=True,
        log_level=LogLevels.warning,
        log_access=False,
        process_name="positivesocials",
        workers_kill_timeout=15,
    ).serve()
