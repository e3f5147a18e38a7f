from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from positivesocials.config import surroundings as around
from positivesocials.config.settings import PACKAGE
from tests.test_asvs_headers import read_settings

LOCK = PACKAGE.parent / "requirements" / "runtime.txt"
ELSEWHERE = {"HOST": "db.example", "NAME": "ps", "USER": "ps", "PASSWORD": "Xh3k-2nnW-77ab"}


def test_mail_in_the_open_is_named():
    assert "in the open" in next(around.open_mail("mail.example", sealed=False))
    assert list(around.open_mail("mail.example", sealed=True)) == []
    assert list(around.open_mail("localhost", sealed=False)) == []


def test_an_open_line_to_redis_is_named():
    assert "is open" in next(around.open_redis("redis://cache.example:6379/0"))
    assert list(around.open_redis("rediss://cache.example:6379/0")) == []
    assert list(around.open_redis("redis://127.0.0.1:6379/0")) == []
    assert list(around.open_redis("")) == []


def test_a_database_whose_certificate_nobody_checks_is_named():
    assert "verify-full" in next(around.unchecked({**ELSEWHERE, "OPTIONS": {"sslmode": "require"}}))
    assert list(around.unchecked({**ELSEWHERE, "OPTIONS": {"sslmode": "verify-full"}})) == []


def test_the_history_of_the_source_is_named(tmp_path):
    assert list(around.history(tmp_path)) == []
    (tmp_path / ".git").mkdir()

    assert "remove" in next(around.history(tmp_path))


def test_mail_is_sealed_and_its_certificate_checked():
    import ssl

    from django.core.mail.backends.smtp import EmailBackend

    told = read_settings(POSITIVESOCIALS_MAIL_URL="smtp+tls://u:p@mail.example:587")

    assert told["EMAIL_USE_TLS"] is True
    context = EmailBackend(use_tls=True).ssl_context
    assert (context.check_hostname, context.verify_mode) == (True, ssl.CERT_REQUIRED)


def test_lines_have_the_limits_that_are_written_down():
    told = read_settings(
        POSITIVESOCIALS_DATABASE_URL="postgresql://u:p@db.example/ps?sslmode=verify-full",
        POSITIVESOCIALS_KEYS_DATABASE_URL="postgresql://u:p@db.example/keys?sslmode=verify-full",
    )

    for database in told["DATABASES"].values():
        assert database["OPTIONS"] == {"pool": {"min_size": 1, "max_size": 8}, "sslmode": "verify-full"}
    assert told["EMAIL_TIMEOUT"] == 20
    assert read_settings()["DATABASES"]["default"]["OPTIONS"]["timeout"] == 20


def test_no_service_is_reached_by_a_password_that_ships_with_the_software():
    told = read_settings()

    assert [each for each in told["DATABASES"].values() if each.get("PASSWORD")] == []
    assert not told.get("EMAIL_HOST_PASSWORD")
    assert not told["REDIS_URL"]


@pytest.mark.parametrize(("days", "is_named"), [(0, False), (90, False), (91, True)])
def test_libraries_that_were_not_renewed_in_time_are_named(days, is_named):
    """The lock of this very version, looked at on that day after it was renewed."""
    renewed = around.RENEWED.search(LOCK.read_text())
    assert renewed is not None

    with time_machine.travel(
        datetime.fromisoformat(renewed[1]).replace(hour=12, tzinfo=UTC) + timedelta(days)
    ):
        assert bool(list(around.old_libraries(LOCK))) is is_named


def test_a_site_without_its_lock_beside_it_is_not_judged_by_it(tmp_path):
    assert list(around.old_libraries(tmp_path / "runtime.txt")) == []
