"""Two who matched and write a lot: marks of what was read, searching, and going back."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE, ROOT
from tests.journeys.test_meeting import match, newcomer

LINES = 120


@pytest.fixture
def both(visit):
    """Two people in one conversation, the first on a phone."""
    quill, rowan = newcomer(visit(PHONE), "Quill"), newcomer(visit(DESKTOP), "Rowan")
    match(quill, rowan)
    return quill, rowan


def fill(site, address):
    """As many lines as days of talking bring, written past the limit of a minute."""
    conversation = address.partition("#")[0].rstrip("/").rpartition("/")[2]
    command = [sys.executable, "-m", "tests.filling", conversation, str(LINES)]
    variables = {**os.environ, "POSITIVESOCIALS_DATA": str(site.data)}
    subprocess.run(command, cwd=ROOT, env=variables, check=True, capture_output=True)


def test_what_was_read_is_marked_at_once_where_both_want_it(both):
    for person in both:
        where = person.page.url
        person.page.goto("/conversations/read-marks/")
        person.page.get_by_role("button", name="Switch on").click()
        expect(person.page.get_by_text("They are on.")).to_be_visible()
        person.page.goto(where)
    quill, rowan = both

    quill.writes("Is the kettle on?")

    expect(rowan.page.get_by_text("Is the kettle on?")).to_be_visible()
    expect(quill.page.locator(".msg.mine").last).to_contain_text("Seen")


def test_a_word_is_found_and_leads_to_its_page(both, site):
    page = both[0].page
    both[0].writes("A MARMALADE ferry")
    expect(page.locator(".msg.mine")).to_contain_text("Sent")
    fill(site, page.url)
    page.goto("/conversations/search/")

    page.get_by_label("Words to look for").fill("marmalade")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark")).to_have_text("MARMALADE")
    assert "marmalade" not in page.url.lower()
    page.locator("a.item").first.click()

    expect(page.get_by_text("A MARMALADE ferry")).to_be_in_viewport()
    page.get_by_role("link", name="To the newest").click()
    expect(page.get_by_text(f"Line {LINES - 1}.")).to_be_in_viewport()


def test_going_back_brings_earlier_lines_and_keeps_ones_place(both, site):
    page = both[0].page
    fill(site, page.url)
    page.reload()
    expect(page.locator("[data-message]")).to_have_count(50)
    page.wait_for_timeout(300)

    first = page.locator("[data-message]").first
    first.scroll_into_view_if_needed()
    name = first.get_attribute("data-message")
    before = page.locator(f'[data-message="{name}"]').bounding_box()["y"]
    page.get_by_role("link", name="Earlier messages").click()
    expect(page.locator("[data-message]")).to_have_count(100)

    after = page.locator(f'[data-message="{name}"]').bounding_box()["y"]
    assert abs(after - before) < 60
    page.get_by_role("link", name="Earlier messages").click()
    expect(page.locator("[data-message]")).to_have_count(LINES)
    expect(page.get_by_role("link", name="Earlier messages")).to_have_count(0)
    shown = page.locator("[data-message]").evaluate_all("all => all.map(one => one.dataset.message)")
    assert len(set(shown)) == LINES


def test_going_back_works_without_scripts(visit, both, site):
    page = both[0].page
    fill(site, page.url)
    plain = visit(PHONE, scripts=False)
    plain.context.add_cookies(page.context.cookies())
    plain.goto(page.url)

    plain.get_by_role("link", name="Earlier messages").click()
    plain.get_by_role("link", name="Earlier messages").click()

    expect(plain.get_by_text("Line 0.")).to_be_visible()
    plain.get_by_role("link", name="Later messages").click()
    expect(plain.get_by_text("Line 69.")).to_be_visible()
