"""A post that very many answered: page by page, with the keyboard, without scripts, and back again."""

import os
import subprocess
import sys

from playwright.sync_api import expect

from tests.journeys import eyes, people
from tests.journeys.conftest import DESKTOP, PHONE, ROOT
from tests.journeys.test_posting import WORDS, post

REPLIES = 260


def fill(site, address):
    post_id = address.partition("?")[0].rstrip("/").rpartition("/")[2]
    command = [sys.executable, "-m", "tests.replying", post_id, str(REPLIES)]
    variables = {**os.environ, "POSITIVESOCIALS_DATA": str(site.data), "POSITIVESOCIALS_DEMO": "1"}
    subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True)


def press_by_keyboard(page, name):
    page.get_by_role("link", name=name).first.focus()
    page.keyboard.press("Enter")


def test_a_long_thread_is_read_page_by_page_and_one_comes_back_to_where_one_was(visit, site):
    author, guest = visit(DESKTOP), visit(PHONE, scripts=False)
    people.come_in_by_card(author, "moderator")
    where = post(author, people.unlike(WORDS))
    fill(site, where)

    guest.goto(where)
    expect(guest.get_by_text("Page 1 of 5", exact=True)).to_be_visible()
    press_by_keyboard(guest, "Later replies")
    expect(guest.get_by_text("Page 2 of 5", exact=True).first).to_be_visible()
    expect(guest.get_by_role("heading", name=f"{REPLIES} replies")).to_be_in_viewport()
    press_by_keyboard(guest, "Earlier replies")
    press_by_keyboard(guest, "more answers")
    expect(guest.get_by_text("said 203.")).to_be_in_viewport()
    press_by_keyboard(guest, "Back to all replies")
    expect(guest.get_by_text("said 0.", exact=True).first).to_be_in_viewport()

    author.goto(f"{where}?page=3")
    author.goto(where)
    press_by_keyboard(author, "To page 3, where you were")
    expect(author.get_by_text("Page 3 of 5", exact=True).first).to_be_visible()
    assert eyes.examine(author, f"{where}?page=2") == []
