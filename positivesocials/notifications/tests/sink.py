"""A mail server that keeps what it takes, and can be told to behave badly."""

import socketserver
import threading
from email import message_from_bytes
from email.message import Message


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.taken: list[bytes] = []
        # What goes wrong, in turn: "busy" (451), "cut" (hangs up within it), "late" (takes it silently).
        self.troubles: list[str] = []
        self.knows_us = True
        self.asked = 0

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def mails(self) -> list[Message]:
        return [message_from_bytes(raw) for raw in self.taken]

    def serve(self) -> None:
        threading.Thread(target=self.serve_forever, args=[0.01], daemon=True).start()


class _Talk(socketserver.StreamRequestHandler):
    server: Sink

    def handle(self) -> None:
        self._say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                if not self._data():
                    return None
            elif verb == b"QUIT":
                return self._say("221 bye")
            elif verb == b"MAIL" and not self.server.knows_us:
                self.server.asked += 1
                self._say("550 not from you")
            else:
                self._say("250 ok")
        return None

    def _data(self) -> bool:
        """Whether the line is still there afterwards."""
        trouble = self.server.troubles.pop(0) if self.server.troubles else ""
        if trouble == "busy":
            self._say("451 later, please")
            return True
        self._say("354 go on")
        if trouble == "cut":
            self.rfile.readline()
            return False
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.taken.append(b"".join(lines))
        if trouble == "late":
            return False
        self._say("250 taken")
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")
