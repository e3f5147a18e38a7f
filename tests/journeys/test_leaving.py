"""Someone comes in: the page must be gone at once, and Back must not bring it back."""

import re

import pytest

NEUTRAL = re.compile(r"^https?://(?!localhost)")
COVERED_WITHIN = 100  # Milliseconds.


@pytest.fixture
def page(chromium, site):
    """A page whose way out leads to a stand-in for the neutral site."""
    context = chromium.new_context(base_url=site.url)
    context.route(NEUTRAL, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
    opened = context.new_page()
    opened.goto("/leave/")
    opened.goto("/parts/")
    yield opened
    context.close()


def _press_the_button(page):
    page.locator("header .exit").click(no_wait_after=True)


def _press_shift_three_times(page):
    for _ in range(3):
        page.keyboard.press("Shift")


def _follow_the_shortcut(page):
    page.locator("a.skip[data-exit]").focus()
    page.keyboard.press("Enter")


WAYS = [_press_the_button, _press_shift_three_times, _follow_the_shortcut]


@pytest.mark.parametrize("leave", WAYS, ids=lambda way: way.__name__.strip("_"))
def test_each_way_out_leads_to_the_neutral_page_and_back_shows_nothing(page, leave):
    leave(page)
    page.wait_for_url(NEUTRAL)

    page.go_back()
    page.wait_for_url(NEUTRAL)

    assert page.locator("h1").inner_text() == "Weather"


def test_the_screen_is_covered_at_once_even_when_the_server_is_slow(page):
    page.route("**/leave/", lambda route: None)

    took = page.evaluate(
        """() => {
          const start = performance.now();
          document.querySelector("header .exit").click();
          const hidden = getComputedStyle(document.body).display === "none";
          return hidden ? performance.now() - start : Infinity;
        }"""
    )

    assert took < COVERED_WITHIN
    page.wait_for_url(NEUTRAL)


def test_two_presses_of_shift_are_only_shift(page):
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_timeout(300)

    assert page.url.endswith("/parts/")


def test_leaving_works_without_scripts(chromium, site):
    context = chromium.new_context(base_url=site.url, java_script_enabled=False)
    context.route(NEUTRAL, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"))
    page = context.new_page()
    page.goto("/parts/")

    page.locator("header .exit").click(no_wait_after=True)
    page.wait_for_url(NEUTRAL)

    assert page.locator("h1").inner_text() == "Weather"
    context.close()
