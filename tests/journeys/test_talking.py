"""A newcomer who wants to ask something, and not under their own name."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE

QUESTION = "Who else keeps the letter in a drawer and does not open it"


@pytest.mark.parametrize(
    ("screen", "scripts"), [(PHONE, False), (DESKTOP, True)], ids=["phone without scripts", "desktop"]
)
def test_a_newcomer_posts_under_an_alias_two_screens_after_confirming(visit, screen, scripts):
    page, text = visit(screen, scripts=scripts), people.unlike(QUESTION)
    people.join(page, "newcomer", why="Talk with others")

    page.get_by_label("The name people see here").fill("Marigold Ferry")
    people.press(page, "Continue")

    alias = page.get_by_label("Alias", exact=True).input_value()
    page.get_by_label("Your post").fill(text)
    people.press(page, "Post")
    expect(page.get_by_role("article").filter(has_text=text)).to_contain_text("Awaiting moderation")
    where = page.url

    reader = visit(screen, scripts=scripts)
    assert reader.goto(where).status == 404

    moderator = visit()
    people.come_in_by_card(moderator, "moderator")
    people.moderate(moderator, text, decide="Publish")

    reader.goto("/groups/welcome/")
    post = reader.get_by_role("article").filter(has_text=text)
    expect(post).to_contain_text(alias)
    assert "Marigold Ferry" not in reader.content()


def test_a_preview_shows_the_post_and_loses_nothing(visit):
    page = visit(PHONE, scripts=False)
    people.come_in_by_card(page, "member")
    page.goto("/groups/welcome/write/")

    page.get_by_label("Your post").fill(QUESTION)
    people.press(page, "Preview")

    expect(page.get_by_role("region", name="This is how it will look")).to_contain_text(QUESTION)
    expect(page.get_by_label("Your post")).to_have_value(QUESTION)


def test_what_was_written_can_be_taken_away_again(visit):
    page, text = visit(PHONE), people.unlike(QUESTION)
    people.come_in_by_card(page, "moderator")
    page.goto("/groups/welcome/write/")
    page.get_by_label("Your post").fill(text)
    people.press(page, "Post")
    expect(page).to_have_url(re.compile("/groups/welcome/.{36}/"))

    people.follow(page, "Remove this post")
    people.press(page, "Remove it")

    expect(page).to_have_url(re.compile("/groups/welcome/$"))
    expect(page.get_by_text(text)).to_have_count(0)
