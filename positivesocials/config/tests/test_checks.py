import pytest

from positivesocials.config import checks


def with_database(host, **options):
    elsewhere = {"HOST": host, "OPTIONS": options}
    return list(checks.open_lines({"default": elsewhere, "keys": {"HOST": "", "OPTIONS": {}}}))


def test_an_open_line_to_a_database_elsewhere_is_named():
    (finding,) = with_database("db.example.org")

    assert finding.startswith("The line to the database on db.example.org is open")
    assert "POSITIVESOCIALS_DATABASE_URL" in finding


@pytest.mark.parametrize("host", ["", "localhost", "127.0.0.1", "::1"])
def test_a_database_on_this_machine_needs_no_tls(host):
    assert with_database(host) == []


def test_a_sealed_line_is_no_finding():
    assert with_database("db.example.org", sslmode="verify-full") == []
