"""The bell counts on an open page, and its page leads where something happened."""

import re

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE


def test_the_bell_counts_while_a_page_is_open_and_is_quiet_once_looked_at(visit):
    page = visit(PHONE)
    people.come_in_by_card(page, "partner")
    page.goto("/notices/")
    if page.get_by_role("button", name="Mark all as seen").count():
        people.press(page, "Mark all as seen")
    page.goto("/groups/welcome/write/")
    text = people.unlike("Where do you walk on Sundays")
    page.get_by_label("Your post").fill(text)
    people.press(page, "Post")
    where = page.url

    other = visit(DESKTOP)
    people.come_in_by_card(other, "moderator")
    other.goto(where)
    other.get_by_label("Your reply").fill("Along the canal")
    people.press(other, "Post reply")

    bell = page.get_by_role("banner").get_by_role("link", name=re.compile("Notices"))
    expect(bell).to_contain_text("1 new")
    bell.click()
    page.get_by_role("button", name=re.compile("A reply to your post")).first.click()
    expect(page.get_by_role("main")).to_contain_text("Along the canal")
    expect(bell).not_to_contain_text("new")
