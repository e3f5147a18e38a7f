"""The line to push services, and the consent that a context above keeps."""

import http.client
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

from positivesocials.accounts.models import Account
from positivesocials.core.fetching import NotPublic, public_address_of
from positivesocials.core.refusals import NotThere

SECONDS = 10
HTTPS_PORT = 443
MOST_READ = 1024


class Consent:
    """What has to be agreed to before a push address is kept. The context that keeps consents registers."""

    def wording(self) -> str:
        raise NotThere

    def give(self, account: Account) -> None:
        raise NotThere


_consent: list[Consent] = [Consent()]


def consent_by(consent: Consent) -> None:
    _consent[:] = [consent]


def consent() -> Consent:
    return _consent[0]


@dataclass(frozen=True)
class Answer:
    """`status` is 0 where nobody answered. `retry_after` is in seconds, 0 where none was named."""

    status: int
    retry_after: int = 0


def is_welcome(endpoint: str) -> bool:
    """Whether an address has the form of a push service's: HTTPS at its usual port, by name."""
    try:
        address = urlsplit(endpoint)
        port = address.port or HTTPS_PORT
    except ValueError:
        return False
    if _is_here(address):
        return True
    plain = not (address.username or address.password or address.fragment)
    return plain and address.scheme == "https" and port == HTTPS_PORT and "." in (address.hostname or "")


def _is_here(address: SplitResult) -> bool:
    """This machine itself, in tests alone: no setting of an operator allows it."""
    return bool(settings.PUSH_TO_LOOPBACK and address.scheme == "http" and address.hostname == "127.0.0.1")


def push(endpoint: str, *, headers: dict[str, str], body: bytes) -> Answer:
    """Post one message. Never to a private address, whatever a name says; redirections are not followed."""
    address = urlsplit(endpoint)
    try:
        line = _line_to(address)
        try:
            line.request("POST", f"{address.path or '/'}{_query(address)}", body=body, headers=headers)
            got = line.getresponse()
            got.read(MOST_READ)
        finally:
            line.close()
    except (OSError, http.client.HTTPException):
        return Answer(0)
    after = got.headers.get("Retry-After", "")
    return Answer(got.status, int(after) if after.isascii() and after.isdigit() and len(after) < 9 else 0)


def _query(address: SplitResult) -> str:
    return f"?{address.query}" if address.query else ""


def _line_to(address: SplitResult) -> http.client.HTTPConnection:
    host = address.hostname or ""
    if _is_here(address):
        return http.client.HTTPConnection(host, address.port, timeout=SECONDS)
    if not is_welcome(address.geturl()):
        raise NotPublic
    return _Pinned(host, timeout=SECONDS, context=ssl.create_default_context())


class _Pinned(http.client.HTTPSConnection):
    """Speaks to the very address that was judged, so that a name cannot lead elsewhere a moment later."""

    def connect(self) -> None:
        line = socket.create_connection((public_address_of(self.host), HTTPS_PORT), self.timeout)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(line, server_hostname=self.host)
