"""Someone who types what they know, with and without script, on a small screen and from right to left."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE

SMALL = {"viewport": {"width": 320, "height": 640}}


def inside(page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    return box is not None and box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]


def test_titles_are_suggested_and_chosen_by_keyboard(visit):
    page = visit(DESKTOP)
    page.goto("/search/")
    box = page.locator("#question")

    box.press_sequentially("first d")
    expect(page.get_by_role("option").first).to_contain_text("first days")
    box.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    box.press("Enter")

    expect(page).to_have_url(re.compile("/guides/first-days/$"))


def test_escape_closes_what_was_suggested(visit):
    page = visit(DESKTOP)
    page.goto("/search/")

    page.locator("#question").press_sequentially("first d")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("option").first).to_be_hidden()


def test_the_box_works_without_script(visit):
    page = visit(PHONE, scripts=False)
    page.goto("/guides/")

    page.locator("#question").fill("herpies")
    page.get_by_role("button", name="Search").last.click()

    expect(page.locator("article h2").first).to_contain_text("erpes")
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", ["/", "/search/?q=herpes", "/guides/"])
def test_exit_and_search_stay_inside_a_small_screen(visit, language, path):
    page = visit(SMALL)
    page.context.set_extra_http_headers({"Accept-Language": language})
    page.goto(path)

    assert inside(page, "header .exit")
    assert inside(page, ".search-slim")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
