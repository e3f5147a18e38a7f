"""Takes the pictures of the README from a demo of its own, or of every page into a folder, to look at them.

python docs/pictures/take.py
python docs/pictures/take.py --all FOLDER [--at http://localhost:8000] [--role member] [--only people]
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "positivesocials.config.settings")
django.setup()

from tests.journeys import people  # noqa: E402
from tests.journeys.conftest import CHROMIUM, QUIET, start_site  # noqa: E402
from tests.journeys.test_every_page import ROLES, walk  # noqa: E402

HERE = Path(__file__).resolve().parent
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Picture:
    name: str
    role: str
    path: str
    screen: dict[str, int]
    scheme: str = "light"
    follow: str = ""


PICTURES = [
    Picture("landing", "guest", "/", DESKTOP),
    Picture("people-phone", "member", "/people/", PHONE),
    Picture("conversation", "partner", "/conversations/", DESKTOP, "dark", follow="a.item"),
    Picture("group-phone", "guest", "/groups/welcome/", PHONE),
]


@contextmanager
def a_site(at: str | None) -> Iterator[str]:
    if at:
        yield at
        return
    with tempfile.TemporaryDirectory() as folder:
        site = start_site(Path(folder) / "data")
        yield site.url
        site.stop()


def come_in(browser: Browser, url: str, role: str) -> Page:
    page = browser.new_context(base_url=url, viewport=DESKTOP).new_page()
    if role != "guest":
        people.come_in_by_card(page, role)
    return page


def take(page: Page, picture: Picture) -> None:
    page.set_viewport_size(picture.screen)
    page.emulate_media(color_scheme=picture.scheme)  # type: ignore[arg-type]
    page.goto(picture.path)
    if picture.follow:
        page.locator(picture.follow).first.click()
        page.wait_for_load_state("networkidle")
    file = HERE / f"{picture.name}.png"
    page.screenshot(path=file)
    # Few colours are enough for flat pages, and keep each picture under 200 KB.
    Image.open(file).convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)


def take_all(page: Page, role: str, folder: Path, only: str) -> None:
    found = walk(page, guest=role == "guest")
    for name, path in sorted(found.pages.items()):
        if only in name:
            page.goto(path)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                for size, screen in (("phone", PHONE), ("wide", DESKTOP)):
                    page.set_viewport_size(screen)
                    file = folder / f"{role}-{name.replace(':', '-')}-{size}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--all", type=Path, metavar="FOLDER")
    options.add_argument("--at", help="a demo that runs already")
    options.add_argument("--role", choices=ROLES, action="append")
    options.add_argument("--only", default="", help="pages whose name contains this")
    chosen = options.parse_args()
    with a_site(chosen.at) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(CHROMIUM or ""), args=QUIET)
        if chosen.all:
            chosen.all.mkdir(parents=True, exist_ok=True)
            for role in chosen.role or ROLES:
                take_all(come_in(browser, url, role), role, chosen.all, chosen.only)
        else:
            for picture in PICTURES:
                take(come_in(browser, url, picture.role), picture)
        browser.close()


if __name__ == "__main__":
    main()
