"""What the log says and in which form, and that the documents know every logger and every limit."""

import ast
import logging
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import include, path

from conftest import PASSWORD
from positivesocials.core.logs import NoMemberText, OneLine
from tests.test_asvs_code import ATTACHED, calls
from tests.test_asvs_headers import read_settings

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
RULES = Path(__file__).resolve().parent.parent / "docs" / "decisions"


def _break(request, token):
    raise RuntimeError("what a member wrote")


urlpatterns = [path("", include("positivesocials.config.urls")), path("break/<str:token>/", _break)]


@pytest.fixture
def lines():
    """What the handler of the site writes."""
    kept: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(self.format(record))

    handler = Kept()
    handler.addFilter(NoMemberText())
    handler.setFormatter(OneLine())
    loggers = [
        logging.getLogger(name) for name in ("positivesocials.security", "django.request", "test.asvs")
    ]
    for logger in loggers:
        logger.addHandler(handler)
    yield kept
    for logger in loggers:
        logger.removeHandler(handler)


def log_in(browser, password=PASSWORD):
    return browser.post("/log-in/", {"login": "ada@example.org", "password": password, "device": "shared"})


def said(lines) -> list[str]:
    return [line.split(" ", 3)[3] for line in lines if "positivesocials.security" in line]


def test_each_try_to_prove_who_one_is_is_a_line(lines, ada):
    browser = Client()

    log_in(browser, "not the right words")
    log_in(browser)
    browser.post("/prove/", {"password": "wrong again here"})
    browser.post("/prove/", {"password": PASSWORD})
    browser.post("/devices/end-others/")
    browser.post("/log-out/")
    browser.post("/reset/", {"address": "ada@example.org"})

    assert said(lines) == [
        "Proof at /log-in/: 200 for None",
        f"Proof at /log-in/: 302 for {ada.pk}",
        f"Proof at /prove/: 200 for {ada.pk}",
        f"Proof at /prove/: 302 for {ada.pk}",
        f"Proof at /devices/end-others/: 302 for {ada.pk}",
        "Proof at /log-out/: 302 for None",
        "Proof at /reset/: 302 for None",
    ]


def test_leaving_by_the_exit_is_no_line(lines, ada):
    """The way out leaves no trace that could be asked for."""
    browser = Client()
    browser.force_login(ada)

    browser.post("/leave/")

    assert said(lines) == []


def test_what_is_refused_is_a_line(lines, ada):
    browser, strict = Client(), Client(enforce_csrf_checks=True)
    browser.force_login(ada)
    strict.force_login(ada)

    browser.get("/conversations/00000000-0000-4000-8000-000000000000/")
    browser.get("/queue/")
    browser.put("/me/")
    browser.post("/colours/", {"theme": "dark"}, headers={"Sec-Fetch-Site": "cross-site"})
    strict.post("/groups/welcome/write/", {})

    assert [line.partition(" at ")[0] for line in said(lines)] == ["Refused"] * 5
    assert [re.findall(r": (\d+) for", line)[0] for line in said(lines)] == [
        "404",
        "404",
        "405",
        "403",
        "403",
    ]
    assert said(lines)[0].endswith(f"for {ada.pk}")


def test_a_limit_that_was_reached_is_a_line(lines, ada):
    for _ in range(9):
        log_in(Client(), "guessing at it")

    assert said(lines)[-1] == "Proof at /log-in/: 429 for None"


def test_an_address_that_leads_nowhere_is_no_line_of_its_own(lines, client):
    client.get("/wp-login.php")

    assert said(lines) == []


def test_an_error_nobody_foresaw_is_a_line_without_its_text(lines, client):
    client.raise_request_exception = False

    answer = client.get("/break/a-secret-token/")
    line = next(line for line in lines if "django.request" in line and "RuntimeError" in line)

    assert answer.status_code == 500
    assert "ERROR" in line
    assert "member wrote" not in line
    assert "secret-token" not in line
    assert client.get("/healthz").status_code == 200


def test_a_line_says_when_in_utc_how_grave_and_which_part(lines):
    logging.getLogger("test.asvs").warning("Something happened %d times", 3)

    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z WARNING test\.asvs Something happened 3 times", lines[-1]
    )


def test_the_clock_of_a_line_is_utc_wherever_the_server_stands(lines, monkeypatch):
    import time
    from datetime import UTC, datetime

    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    logging.getLogger("test.asvs").warning("Now")
    monkeypatch.undo()
    time.tzset()
    told = datetime.strptime(lines[-1].split()[0], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)

    assert abs((datetime.now(UTC) - told).total_seconds()) < 60


def test_nothing_typed_makes_a_second_line(lines, client):
    client.get("/conversations/%0d%0aERROR forged/", headers={"user-agent": "x\r\nERROR forged"})
    logging.getLogger("test.asvs").warning("one\nERROR two\x1b[31m")

    assert all("\n" not in line and "\x1b" not in line for line in lines)
    assert lines[-1].endswith(r"one\x0aERROR two\x1b[31m")


def test_nothing_typed_is_in_any_line(lines, ada):
    browser = Client()
    typed = "a peculiar sentence about me"
    browser.post("/log-in/", {"login": "peculiar@example.org", "password": typed, "device": "shared"})
    log_in(browser)
    browser.post("/reset/", {"address": "peculiar@example.org"})
    browser.get(f"/people/?page={typed}")
    browser.get("/join/confirm/peculiar-token/")

    assert lines
    assert "peculiar" not in " ".join(lines)
    assert browser.cookies["s"].value not in " ".join(lines)


def test_there_is_one_handler_and_it_writes_to_the_console():
    told = read_settings()["LOGGING"]

    assert list(told["handlers"]) == ["console"]
    assert told["handlers"]["console"]["class"] == "logging.StreamHandler"
    assert told["handlers"]["console"]["filters"] == ["no_member_text"]
    assert {tuple(each.get("handlers", ["console"])) for each in told["loggers"].values()} == {("console",)}
    assert [
        called for _, called, _ in calls() if re.match(r"logging\.(File|Syslog|SMTP|HTTP|Socket)", called)
    ] == []
    assert [file for file, called, _ in calls() if called == "print"] == []


def test_every_logger_is_written_down():
    inventory = (RULES / "0016-what-is-logged.md").read_text()
    named = {
        str(path.relative_to(path.parents[1])).removesuffix(".py").replace("/", ".")
        for path, tree in ATTACHED.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node) == "logging.getLogger(__name__)"
    }

    assert named
    assert [name for name in named if f"`positivesocials.{name}`" not in inventory] == []


def test_every_limit_is_written_down():
    rows = [line for line in (RULES / "0013-input-and-limits.md").read_text().splitlines() if "`" in line]
    limits = [
        (str(node.args[0].value), next(ast.unparse(k.value) for k in node.keywords if k.arg == "limit"))
        for _, called, node in calls()
        if called in {"rates.take", "rates.is_free"} and isinstance(node.args[0], ast.Constant)
        if any(k.arg == "limit" and isinstance(k.value, ast.Constant) for k in node.keywords)
    ]

    assert len(limits) > 20
    assert [
        (action, limit)
        for action, limit in limits
        if not any(f"`{action}`" in row and re.search(rf"\b({limit}|one)\b", row) for row in rows)
    ] == []
