"""Looks at the site's own line as a browser would: `positivesocials check --line`.

The one place that opens a connection to an address, and it is the one in POSITIVESOCIALS_ORIGIN.
"""

import http.client
import socket
import ssl
import warnings
from collections.abc import Iterator
from urllib.parse import urlsplit

SECONDS = 5.0
# Without forward secrecy, or broken: offered by us to see whether the site takes them.
WEAK = "AES128-SHA:AES256-SHA:AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA256:@SECLEVEL=0"
REDIRECTS = {301, 302, 303, 307, 308}


def findings(origin: str, *, trusted: ssl.SSLContext | None = None, open_port: int = 80) -> Iterator[str]:
    """What is wrong with the line to `origin`. A test brings an authority of its own to trust."""
    parts = urlsplit(origin)
    host, port = parts.hostname or "", parts.port or 443
    if parts.scheme != "https":
        yield f"{origin} is not sealed: serve it over HTTPS and set POSITIVESOCIALS_ORIGIN."
        return
    try:
        version = _greet(host, port, trusted or ssl.create_default_context())
    except ssl.SSLCertVerificationError:
        yield f"Browsers do not trust the certificate of {host}: get one from a public authority."
        return
    except OSError:
        yield f"The line to {origin} was not looked at: it does not answer from here."
        return
    if version != "TLSv1.3":
        yield f"{host} does not prefer TLS 1.3: turn it on in the proxy."
    if _takes(host, port, _old()):
        yield f"{host} still takes TLS 1.0 or 1.1: allow 1.2 and 1.3 only in the proxy."
    if _takes(host, port, _weak()):
        yield f"{host} takes ciphers without forward secrecy: leave only ECDHE ones in the proxy."
    if _answers_in_the_open(host, open_port):
        yield f"http://{host} answers with a page: let the proxy redirect it to HTTPS."


def _greet(host: str, port: int, context: ssl.SSLContext) -> str:
    plain = socket.create_connection((host, port), timeout=SECONDS)
    with plain, context.wrap_socket(plain, server_hostname=host) as sealed:
        return sealed.version() or ""


def _takes(host: str, port: int, context: ssl.SSLContext) -> bool:
    try:
        _greet(host, port, context)
    except OSError:
        return False
    return True


def _any() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # Trust was asked before; here only the handshake counts, and nothing is sent.
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


def _old() -> ssl.SSLContext:
    context = _any()
    with warnings.catch_warnings():
        # Python warns of what we want to see refused.
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _weak() -> ssl.SSLContext:
    context = _any()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(WEAK)
    return context


def _answers_in_the_open(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        sends_on = answer.status in REDIRECTS and (answer.getheader("Location") or "").startswith("https://")
        return not sends_on and answer.status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
