"""A reply that gives its writer away, and one that calls for help: without scripts, on a small screen."""

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import PHONE
from tests.journeys.eyes import too_wide

NUMBER = "Call me on 07700 900123"
HEAVY = "Since the test I want to die"


def write(page, words: str) -> None:
    page.goto("/news/")
    page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").first.click()
    page.get_by_label("Your reply").fill(words)
    people.press(page, "Post reply")


def test_the_page_asks_once_and_keeps_what_was_typed(visit):
    page = visit(PHONE, scripts=False)
    people.come_in_by_card(page, "member")
    words = people.unlike(NUMBER)
    write(page, words)

    expect(page.get_by_role("alert")).to_contain_text("phone number")
    expect(page.get_by_label("Your reply")).to_have_value(words)
    assert too_wide(page) == []

    people.press(page, "Post it anyway")
    expect(page.locator(".said", has_text=words)).to_be_visible()


def test_help_is_there_at_once_for_whoever_wrote_it(visit):
    page = visit(PHONE, scripts=False)
    people.come_in_by_card(page, "member")
    words = people.unlike(HEAVY)
    write(page, words)

    reply = page.locator("article.reply", has_text=words)
    expect(reply).to_contain_text("You do not have to carry this alone")
    expect(reply.get_by_role("link", name="Choose your country")).to_be_visible()
    assert too_wide(page) == []
