"""A guest, without an account: replies to an article, and subscribes to the letter."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE

WAYS = pytest.mark.parametrize(
    ("screen", "scripts"), [(PHONE, False), (DESKTOP, True)], ids=["phone without scripts", "desktop"]
)
ADMIRATION = "What you wrote about the walking group made my morning"


def open_an_article(page) -> str:
    page.goto("/")
    people.follow(page, "All news")
    expect(page.get_by_role("heading", level=1)).to_have_text("News")
    page.get_by_role("main").locator("article h2 a").first.click()
    expect(page.locator("#reply")).to_be_visible()
    return page.url


def reply(page, address: str, text: str) -> None:
    form = page.locator("#reply")
    form.get_by_label("Your reply").fill(text)
    form.get_by_label("Name").fill("Passing by")
    form.get_by_label("E-mail").fill(address)
    people.press(page, "Post reply")


@WAYS
def test_a_guest_replies_waits_is_approved_and_takes_it_back(visit, screen, scripts):
    page, address, text = (
        visit(screen, scripts=scripts),
        people.new_address("guest"),
        people.unlike(ADMIRATION),
    )
    article = open_an_article(page)

    reply(page, address, text)
    own = page.get_by_role("article").filter(has_text=text)
    if not scripts:
        expect(own).to_contain_text("open the link that we mailed you")
        people.open_mail(page, address)
        people.press(page, "Send my reply")
        page.goto(article)
    expect(own).to_contain_text("Awaiting moderation")

    other = visit(screen, scripts=scripts)
    other.goto(article)
    expect(other.get_by_text(text)).to_have_count(0)

    moderator = visit()
    people.come_in_by_card(moderator, "moderator")
    people.moderate(moderator, text, decide="Publish")

    other.reload()
    expect(other.get_by_role("article").filter(has_text=text)).to_contain_text("Passing by")
    assert address not in other.content()

    people.open_mail(page, address)
    people.press(page, "Remove my reply")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your reply is removed")
    other.reload()
    expect(other.get_by_text(text)).to_have_count(0)


def test_a_guest_sends_before_the_riddle_is_solved_and_after_going_back(visit):
    page, text = visit(PHONE), people.unlike(ADMIRATION)
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/riddle/" in request.url else None)
    open_an_article(page)

    # All at once, as a password manager fills a form: the button waits for the solution.
    page.locator("#reply form").evaluate(
        """(form, text) => {
          form.elements.text.value = text;
          form.elements.name.value = "In a hurry";
          form.elements.address.value = "hurry@example.org";
          form.querySelector("button").click();
        }""",
        text,
    )
    own = page.get_by_role("article").filter(has_text=text)
    expect(own).to_contain_text("Awaiting moderation")
    page.go_back()
    reply(page, "hurry@example.org", f"{text}, twice")

    expect(page.get_by_role("article").filter(has_text=f"{text}, twice")).to_contain_text(
        "Awaiting moderation"
    )
    assert len(asked) == 2


def test_a_guest_whose_riddle_cannot_be_had_sends_all_the_same(visit):
    page, text = visit(DESKTOP), people.unlike(ADMIRATION)
    page.route("**/replies/riddle/", lambda route: route.fulfill(status=204))
    open_an_article(page)

    reply(page, people.new_address("guest"), text)

    expect(page.get_by_role("article").filter(has_text=text)).to_contain_text("open the link that we mailed")


def test_a_guest_changes_a_reply_which_then_waits_again(visit):
    page, address, text = visit(PHONE), people.new_address("guest"), people.unlike(ADMIRATION)
    open_an_article(page)
    reply(page, address, text)
    expect(page.locator(".reply").filter(has_text=text)).to_be_visible()

    people.open_mail(page, address)
    page.get_by_label("Your reply").fill(f"{text}, and my day")
    people.press(page, "Save")

    expect(page.locator(".reply")).to_contain_text(f"{text}, and my day")
    expect(page.locator(".reply")).to_contain_text("Awaiting moderation")


def test_what_is_missing_is_said_and_nothing_typed_is_lost(visit):
    page = visit(PHONE)
    open_an_article(page)

    reply(page, "not an address", ADMIRATION)

    expect(page.get_by_label("Your reply")).to_have_value(ADMIRATION)
    expect(page.locator("#reply").get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")


@WAYS
def test_a_guest_subscribes_confirms_and_joins_without_a_second_mail(visit, screen, scripts):
    page, address = visit(screen, scripts=scripts), people.new_address("letter")
    page.goto("/")
    page.get_by_label("Your e-mail").fill(address)
    people.press(page, "Subscribe")
    people.follow(page, "Open the demo mailbox")

    people.open_mail(page, address)
    people.press(page, "Yes, send it to me")
    expect(page.get_by_text(address)).to_be_visible()

    people.press(page, "Join with this address")
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_label("I am 18 or over").check()
    page.get_by_label("I accept the terms").check()
    people.press(page, "Join")
    expect(page).to_have_url(re.compile("/start/"))
