"""Care in a conversation: hidden words, a question before what may hurt, warnings, addresses as text."""

import re

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_meeting import match, newcomer


def two_who_talk(visit, screen, *, scripts=True):
    plum, ember = (newcomer(visit(screen, scripts=scripts), name) for name in ("Plum", "Ember"))
    match(plum, ember)
    return plum, ember


def test_what_the_reader_hides_warns_of_and_opens_is_the_readers_own(visit):
    plum, ember = two_who_talk(visit, PHONE, scripts=False)
    talk = ember.page.url
    ember.page.goto("/hidden-words/")
    ember.page.get_by_label("Words and phrases").fill("marmalade")
    people.press(ember.page, "Save")

    for text in (
        "My marmalade is famous.",
        "Can you send me 200 dollars until Friday?",
        "Look: https://lake.example/a",
    ):
        plum.writes(text)
        expect(plum.page.locator(".msg.mine:not(.queued)").filter(has_text=text)).to_be_visible()

    ember.page.goto(talk)
    aside = ember.page.locator("details.aside")
    expect(aside.get_by_text("My marmalade is famous.")).to_be_hidden()
    aside.locator("summary").click()
    expect(aside.get_by_text("My marmalade is famous.")).to_be_visible()
    expect(ember.page.get_by_text("This may ask for money.")).to_be_visible()
    expect(plum.page.get_by_text("This may ask for money.")).to_have_count(0)
    expect(plum.page.get_by_text("Put aside")).to_have_count(0)

    ember.page.get_by_role("link", name="https://lake.example/a").click()
    expect(ember.page.get_by_role("heading", level=1)).to_have_text("This leads away from here")
    people.follow(ember.page, "Stay here")
    expect(ember.page).to_have_url(re.compile("/conversations/.{36}/"))


def test_words_that_may_hurt_are_sent_only_after_a_second_yes(visit):
    plum, ember = two_who_talk(visit, DESKTOP)
    plum.writes("you are an idiot")
    expect(plum.page.get_by_text("Are you sure?")).to_be_visible()
    ember.page.reload()
    expect(ember.page.get_by_text("you are an idiot")).to_have_count(0)

    people.press(plum.page, "Send anyway")
    expect(plum.page.get_by_text("Are you sure?")).to_have_count(0)
    ember.page.reload()
    expect(ember.page.locator(".msg").filter(has_text="you are an idiot")).to_be_visible()
