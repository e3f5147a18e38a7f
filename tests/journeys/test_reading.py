"""Someone who was just told, at a computer that others use too."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE

NEUTRAL = re.compile(r"^https?://(?!localhost)")


def leave(page) -> None:
    page.context.route(
        NEUTRAL, lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html")
    )
    page.locator("header .exit").click(no_wait_after=True)
    page.wait_for_url(NEUTRAL)


@pytest.mark.parametrize(
    ("screen", "scripts"), [(PHONE, True), (DESKTOP, True), (PHONE, False)], ids=["phone", "desktop", "bare"]
)
def test_the_first_days_are_two_clicks_away_and_leave_no_trace(visit, screen, scripts):
    page = visit(screen, scripts=scripts)

    page.goto("/")
    page.get_by_role("link", name=re.compile("Just been told")).click()

    expect(page).to_have_url(re.compile("/guides/first-days/$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("first days")
    leave(page)
    assert page.context.cookies() == []


def test_back_shows_nothing_after_leaving(visit):
    page = visit(PHONE)
    page.goto("/")
    page.goto("/guides/first-days/")

    leave(page)
    page.go_back()
    page.wait_for_url(NEUTRAL)

    assert page.get_by_role("heading", level=1).inner_text() == "Weather"
