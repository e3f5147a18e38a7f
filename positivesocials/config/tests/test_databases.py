import pytest

from positivesocials.config import databases

VARIABLE = "POSITIVESOCIALS_DATABASE_URL"


@pytest.fixture(autouse=True)
def _nothing_around(monkeypatch):
    for name in ("PGHOST", "PGHOSTADDR", "PGPASSWORD", "PGSSLMODE", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)


def line_to(name, *, password="a-long-one-of-its-own", **options):
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": name,
        "USER": "ps",
        "PASSWORD": password,
        "NAME": "main",
        "OPTIONS": {"pool": {"min_size": 1}, **options},
    }
    (line,) = databases.of({"default": database, "keys": {"ENGINE": "django.db.backends.sqlite3"}})
    return line


@pytest.mark.parametrize("host", ["", "localhost", "127.0.0.1", "127.8.8.8", "::1", "/run/postgresql"])
def test_a_database_on_this_machine_needs_neither_tls_nor_a_password(host):
    assert line_to(host, password="").host == ""


@pytest.mark.parametrize("host", ["db.example.org", "203.0.113.7", "2001:db8::1", "0x08080808", "134744072"])
def test_a_database_in_the_open_is_public(host):
    assert line_to(host).is_public


@pytest.mark.parametrize("host", ["db", "10.1.2.3", "192.168.4.5", "172.20.0.2", "fd00::2"])
def test_a_database_in_the_same_house_is_near(host):
    assert line_to(host).host == host
    assert not line_to(host).is_public


@pytest.mark.parametrize(
    ("mode", "is_sealed"),
    [("disable", False), ("allow", False), ("prefer", False), ("require", True), ("verify-full", True)],
)
def test_only_a_line_that_insists_on_tls_is_sealed(mode, is_sealed):
    assert line_to("db.example.org", sslmode=mode).is_sealed is is_sealed


def test_a_host_in_the_query_or_around_the_process_is_seen(monkeypatch):
    assert line_to("", host="db.example.org").host == "db.example.org"
    assert line_to("localhost", hostaddr="203.0.113.7").host == "203.0.113.7"

    monkeypatch.setenv("PGHOST", "db.example.org")
    assert line_to("").host == "db.example.org"


def test_of_several_hosts_each_is_seen():
    database = {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": "localhost,db.example.org",
        "PASSWORD": "",
        "OPTIONS": {},
    }

    found = databases.of({"default": database, "keys": database})

    assert [line.host for line in found] == ["", "db.example.org"] * 2


@pytest.mark.parametrize("password", ["postgres", "Password", "changeme", "ps", "main"])
def test_a_password_that_everybody_tries_is_known(password):
    assert line_to("db", password=password).has_known_password
    assert not line_to("db").has_known_password


def test_a_certificate_stands_in_for_a_password():
    assert line_to("db", password="").has_no_password
    assert not line_to("db", password="", sslcert="/etc/ps.crt").has_no_password


@pytest.mark.parametrize(
    ("host", "is_this_machine"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
    ],
)
def test_listening_on_loopback_is_listening_on_this_machine_alone(host, is_this_machine):
    assert databases.is_this_machine(host) is is_this_machine
