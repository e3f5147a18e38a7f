"""The check of the site's own line, on servers of this machine that are right or wrong in one way."""

import http.server
import ssl
import threading
import warnings
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from positivesocials.config import line


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """One for localhost that no browser knows."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("line") / "both.pem"
    kinds = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(key.private_bytes(*kinds) + made.public_bytes(serialization.Encoding.PEM))
    return path


class Page(http.server.BaseHTTPRequestHandler):
    status, location = 200, ""

    def do_GET(self):
        self.send_response(self.status)
        if self.location:
            self.send_header("Location", self.location)
        self.end_headers()

    def log_message(self, *args):
        pass


class Quiet(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A greeting that ends early is what the check is there for."""


@contextmanager
def serving(context=None, **answer):
    server = Quiet(("127.0.0.1", 0), type("Answer", (Page,), answer))
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def sealed(certificate, *, lowest="TLSv1_2", highest="TLSv1_3", ciphers="ECDHE+AESGCM") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.set_ciphers(ciphers)
        context.minimum_version, context.maximum_version = (
            getattr(ssl.TLSVersion, each) for each in (lowest, highest)
        )
    return context


@pytest.fixture
def look(certificate):
    """What the check says of a server that is sealed in this way."""
    trusted = ssl.create_default_context(cafile=str(certificate))

    def found(*, trust=trusted, open_port=1, **how) -> list[str]:
        with serving(sealed(certificate, **how)) as port:
            return list(line.findings(f"https://localhost:{port}", trusted=trust, open_port=open_port))

    return found


def test_a_good_line_is_no_finding(look):
    assert look() == []


def test_a_certificate_that_browsers_do_not_know_is_named(look):
    assert "do not trust the certificate" in look(trust=None)[0]


def test_the_newest_tls_is_wanted(look):
    assert "does not prefer TLS 1.3" in look(highest="TLSv1_2")[0]


def test_old_tls_is_named(look):
    assert "still takes TLS 1.0 or 1.1" in " ".join(look(lowest="TLSv1", ciphers="ALL:@SECLEVEL=0"))


def test_ciphers_without_forward_secrecy_are_named(look):
    assert "without forward secrecy" in " ".join(look(ciphers="AES128-GCM-SHA256"))


def test_pages_in_the_open_are_named_and_redirects_are_not(look):
    with serving() as page, serving(status=301, location="https://localhost/") as redirect:
        assert "answers with a page" in look(open_port=page)[0]
        assert look(open_port=redirect) == []


def test_a_site_without_https_is_named():
    assert "is not sealed" in next(line.findings("http://ps.example"))


def test_a_line_that_was_not_looked_at_is_no_pass():
    assert "was not looked at" in next(line.findings("https://localhost:1"))


@pytest.mark.django_db
def test_the_command_looks_when_asked(settings):
    from positivesocials.config.cli import main

    settings.ORIGIN = "https://localhost:1"
    answer = CliRunner().invoke(main, ["check", "--line"])

    assert answer.exit_code == 1
    assert "The line to https://localhost:1 was not looked at" in answer.stdout
