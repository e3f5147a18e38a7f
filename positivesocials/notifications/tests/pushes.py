"""A push service on this machine, and a browser that opens what it takes with keys of its own."""

import http.server
import threading

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from positivesocials.notifications import webpush
from positivesocials.notifications.webpush import Receiver


class PushService(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Taking)
        self.taken: list[tuple[dict[str, str], bytes]] = []
        # What it answers, in turn; 201 when nothing is left.
        self.answers: list[int] = []
        self.headers: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/push"

    def serve(self) -> None:
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()


class _Taking(http.server.BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 201)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


class Browser:
    """Holds the private half, as a browser does."""

    def __init__(self) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.receiver = Receiver(webpush.point_of(self.private), b"sixteen bytes ok")

    @property
    def point(self) -> str:
        return webpush.encoded(self.receiver.point)

    @property
    def auth(self) -> str:
        return webpush.encoded(self.receiver.auth)

    def opened(self, body: bytes) -> bytes:
        """RFC 8188, 2.1: salt, size of a record, length of the key's name, the key, one record."""
        salt, own, sealed = body[:16], body[21 : 21 + body[20]], body[21 + body[20] :]
        key, nonce = webpush.keys_of(self.private, own, receiver=self.receiver, sender=own, salt=salt)
        return AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\x02")
