"""A nurse keeps the figures: what she corrects changes in every guide, what has expired stays out."""

import re
import sqlite3
from datetime import UTC, date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import come_in_by_card, follow, press

GUIDE, ABOUT = "/guides/mycoplasma-genitalium/", "mycoplasma_genitalium"
CLAIM, OLD = f"{ABOUT}.testing.1", f"{ABOUT}.numbers.2"
FIRST = re.compile("^What (to|do I) do first")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "bare"])
def test_what_to_do_first_is_two_steps_from_the_first_page(visit, scripts):
    page = visit(PHONE, scripts=scripts)
    page.goto("/")

    page.get_by_role("link", name=re.compile("Just been told")).click()
    page.get_by_role("main").get_by_role("link", name=FIRST).first.click()

    expect(page.get_by_role("heading", name=FIRST)).to_be_in_viewport()


def open_fact(page, key):
    page.goto("/facts/?show=confirmed")
    about = page.locator("option").filter(has_text="Mycoplasma").get_attribute("value")
    page.get_by_label("About").select_option(about)
    press(page, "Show")
    follow(page, f"Open {key}")


def test_a_nurse_corrects_one_figure_and_guide_and_table_change(visit):
    page, reader = visit(), visit(PHONE)
    come_in_by_card(page, "editor")
    open_fact(page, CLAIM)
    follow(page, "Correct")

    page.get_by_label("What it says").fill("77 days")
    for words in ("First day", "Last day"):
        page.get_by_label(words).fill("77")
    page.get_by_label("Why").fill("Read it again in its source.")
    press(page, "Save")
    expect(page.get_by_role("status")).to_be_visible()

    reader.goto(GUIDE)
    expect(reader.get_by_role("table").filter(has_text="77 days").first).to_be_visible()
    expect(reader.locator(".windows li").filter(has_text="77 days").first).to_be_visible()
    reader.goto("/guides/testing/")
    expect(reader.locator(".windows li").filter(has_text="77 days").first).to_be_visible()


@pytest.fixture
def expired(site):
    """A day that passes, which no hand can hurry."""

    def until(day: date) -> None:
        with sqlite3.connect(site.data / "main.sqlite3", timeout=20) as rows:
            rows.execute("UPDATE claims_claim SET expires_on = ? WHERE key = ?", (day.isoformat(), OLD))
            rows.execute("UPDATE claims_factsversion SET number = number + 1")

    today = datetime.now(UTC).date()
    until(today - timedelta(days=1))
    yield
    until(today + timedelta(days=300))


def test_an_expired_claim_blocks_publishing_and_says_so(visit, expired):
    page = visit()
    come_in_by_card(page, "editor")
    page.goto("/desk/pages/search/?q=Mycoplasma")
    page.get_by_role("main").get_by_role("link", name=re.compile("^Mycoplasma")).first.click()
    expect(page.get_by_text(f"The claim “{OLD}” has expired").first).to_be_visible()

    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish").first.click()

    refused = page.get_by_text(f"Not published: The claim “{OLD}” has expired")
    expect(refused.first).to_be_visible()
