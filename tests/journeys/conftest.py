"""A real server in a data folder of its own, and real browsers."""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from positivesocials.config import env as environment

ROOT = Path(__file__).resolve().parent.parent.parent
CHROMIUM = next((p for p in ("chromium", "chromium-browser", "google-chrome") if shutil.which(p)), None)
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
EXIT_URL = environment.read().exit_url
ADDRESSES = itertools.cycle(range(1, 255))


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="LEFT OUT: no Chromium or Chrome on this machine"))


@dataclass
class Site:
    """A running demo."""

    url: str
    data: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_site(data: Path, *, demo: bool = True) -> Site:
    port = free_port()
    variables = {
        **os.environ,
        "PORT": str(port),
        "POSITIVESOCIALS_DATA": str(data),
        "POSITIVESOCIALS_DEMO": "1" if demo else "0",
        # Every visitor brings an address of their own, so that limits count them apart.
        "POSITIVESOCIALS_TRUSTED_PROXIES": "127.0.0.1",
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-m", "positivesocials.config.cli", "run"]
    log = data.parent / f"{data.name}.log"
    with log.open("w") as file:
        process = subprocess.Popen(command, env=variables, cwd=ROOT, stdout=file, stderr=file)
    site = Site(f"http://localhost:{port}", data, process)
    _wait_for(site, log)
    return site


def _wait_for(site: Site, log: Path) -> None:
    for _ in range(600):
        if site.process.poll() is not None:
            pytest.fail(f"the server ended: {log.read_text()[-2000:]}")
        try:
            urllib.request.urlopen(f"{site.url}/healthz", timeout=1).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("the server did not answer within two minutes")


@pytest.fixture(scope="package")
def site(tmp_path_factory) -> Iterator[Site]:
    """One demo for all journeys: each brings people of its own.

    JOURNEYS_AT names one that runs already, in the data folder JOURNEYS_DATA.
    """
    if at := os.environ.get("JOURNEYS_AT"):
        with subprocess.Popen(["true"]) as nothing:
            yield Site(at, Path(os.environ.get("JOURNEYS_DATA", "")), nothing)
        return
    running = start_site(tmp_path_factory.mktemp("site") / "data")
    yield running
    running.stop()


@pytest.fixture(scope="package")
def chromium():
    # Ends with the journeys: as long as it is there, an event loop runs, and Django refuses the rows.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM or ""), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """A function that opens a page for a person of their own: `visit(PHONE)`, `visit(scripts=False)`.

    Every request must stay on the site, and no page may log an error.
    """
    opened, elsewhere, errors = [], [], []

    def watch(page) -> None:
        page.on("request", lambda r: elsewhere.append(r.url) if _is_foreign(r.url, site.url) else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if _is_trouble(message) else None)

    def open_page(screen=DESKTOP, *, scripts: bool = True, **options):
        context = chromium.new_context(
            java_script_enabled=scripts,
            base_url=site.url,
            extra_http_headers={"X-Forwarded-For": f"203.0.113.{next(ADDRESSES)}"},
            **screen,
            **options,
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        watch(page)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert elsewhere == []
    assert errors == []


def _is_trouble(message) -> bool:
    """An error that a page logs, unless it only repeats a refusal, or a line that the journey itself cut."""
    expected = ("responded with a status of 4", "net::ERR_FAILED", "net::ERR_INTERNET_DISCONNECTED")
    return message.type == "error" and not any(part in message.text for part in expected)


def _is_foreign(url: str, own: str) -> bool:
    """The way out leads elsewhere, and nothing else does."""
    inside = (own, own.replace("http", "ws", 1), "data:", "about:", "blob:")
    return not url.startswith((*inside, EXIT_URL))
