"""What one can do with a post: begin it, leave it and come back, change it, answer it, give a sign."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE

WORDS = "Who else writes lists of what to say and then says nothing of it"


def begin(page, text):
    page.goto("/groups/welcome/write/")
    page.get_by_label("Your post").fill(text)


def post(page, text):
    begin(page, text)
    page.get_by_role("radio", name=re.compile("The name people know you by")).check()
    people.press(page, "Post")
    expect(page).to_have_url(re.compile("/groups/welcome/.{36}/"))
    return page.url


def test_what_one_began_is_there_again_without_pressing_anything(visit):
    page, text = visit(PHONE), people.unlike(WORDS)
    people.come_in_by_card(page, "moderator")

    begin(page, text)
    expect(page.get_by_text("Kept as a draft")).to_be_visible()
    page.goto("/groups/welcome/")
    page.goto("/groups/welcome/write/")

    expect(page.get_by_label("Your post")).to_have_value(text)
    people.press(page, "Throw the draft away")
    page.goto("/groups/welcome/write/")
    expect(page.get_by_label("Your post")).to_have_value("")


def test_who_writes_under_their_name_is_not_asked_for_an_alias(visit):
    page = visit(PHONE, scripts=False)
    people.come_in_by_card(page, "member")
    page.goto("/groups/welcome/write/")
    expect(page.get_by_label("Alias", exact=True)).to_be_visible()

    page.get_by_role("radio", name=re.compile("The name people know you by")).check()
    expect(page.get_by_label("Alias", exact=True)).to_be_hidden()


@pytest.mark.parametrize(
    ("screen", "scripts"), [(PHONE, False), (DESKTOP, True)], ids=["phone without scripts", "desktop"]
)
def test_a_post_is_answered_with_a_quote_a_name_and_a_sign_and_then_changed(visit, screen, scripts):
    author, reader = visit(screen, scripts=scripts), visit(screen, scripts=scripts)
    people.come_in_by_card(author, "moderator")
    people.come_in_by_card(reader, "partner")
    text = people.unlike(WORDS)
    where = post(author, text)

    reader.goto(where)
    reader.get_by_label("Your reply").fill("I do, every time")
    reader.get_by_label("Show a short part of what I answer").check()
    reader.get_by_text("Name somebody", exact=True).click()
    reader.get_by_role("group", name="People who wrote here").locator("label").first.click()
    people.press(reader, "Preview")
    expect(reader.get_by_role("heading", name="This is how it will look")).to_be_visible()
    people.press(reader, "Post reply")
    answer = reader.get_by_role("article").filter(has_text="I do, every time").last
    expect(answer).to_contain_text("@")
    expect(answer.locator(".quoted")).to_contain_text(text[:40])
    reader.get_by_text("Support", exact=True).first.click()
    people.press(reader, "With you")

    author.goto(where)
    expect(author.get_by_text("Somebody says: With you.")).to_be_visible()
    people.follow(author, "Change this post")
    author.get_by_label("Your post").fill("Said at last")
    people.press(author, "Save")
    reader.goto(where)
    expect(reader.get_by_role("article").first).to_contain_text("edited")
    expect(reader.locator(".quoted")).to_contain_text("Said at last")
