"""Two people who do not know each other: they meet, say yes, and talk."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE

LIVE = 1000  # Milliseconds from "Send" to the other's open page.


@dataclass
class Person:
    page: Page
    name: str

    def writes(self, words: str) -> None:
        self.page.get_by_label(re.compile("^Message to")).fill(words)
        people.press(self.page, "Send")


def newcomer(page: Page, name: str) -> Person:
    """Someone who has just joined and answered the questions of Meet."""
    person = Person(page, people.a_name(name))
    people.join(page, name.lower(), why="Meet people")
    people.answer_meet(page, person.name)
    return person


def match(one: Person, other: Person) -> None:
    """One says hello from the list of people, the other from the page of those who did."""
    people.say_hello(one.page, other.name)
    other.page.goto("/people/")
    people.follow(other.page, "Who said hello new")
    card = other.page.locator("article.person").filter(has_text=one.name)
    card.get_by_role("button", name="Say hello").click()
    expect(other.page).to_have_url(re.compile("/conversations/.{36}/"))
    one.page.goto("/conversations/")
    one.page.locator("a.item").filter(has_text=other.name).click()
    expect(one.page.get_by_role("heading", level=1)).to_contain_text(other.name)


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_two_people_meet_match_and_talk_at_once(visit, screen):
    plum, ember = newcomer(visit(screen), "Plum"), newcomer(visit(screen), "Ember")
    match(plum, ember)

    plum.writes("Hello, is it raining where you are?")
    heard = ember.page.locator(".msg", has_text="is it raining")
    expect(heard).to_contain_text(plum.name, timeout=LIVE)

    ember.writes("Since Tuesday.")
    expect(plum.page.locator(".msg", has_text="Since Tuesday.")).to_be_visible(timeout=LIVE)
    expect(plum.page.locator(".msg.mine")).to_contain_text("Sent")


def test_without_scripts_two_people_meet_and_talk_by_plain_forms(visit):
    plum = newcomer(visit(PHONE, scripts=False), "Plum")
    ember = newcomer(visit(PHONE, scripts=False), "Ember")
    match(plum, ember)

    plum.writes("Hello by post.")
    expect(plum.page.locator(".msg.mine")).to_contain_text("Hello by post.")

    ember.page.goto("/home/")
    people.follow(ember.page, "1 message to read")
    ember.page.locator("a.item").filter(has_text=plum.name).click()
    expect(ember.page.locator(".msg")).to_contain_text("Hello by post.")


def test_a_plain_form_reaches_the_open_pages_of_the_other_and_nobody_else(visit):
    plum = newcomer(visit(PHONE, scripts=False), "Plum")
    ember = newcomer(visit(DESKTOP), "Ember")
    match(plum, ember)
    talk = ember.page.url
    ember.page.goto("/conversations/")

    plum.writes("Are you there?")
    expect(ember.page.locator(".rail").get_by_text("1 unread")).to_be_attached(timeout=LIVE)

    ember.page.goto(talk)
    plum.writes("No script was needed.")
    expect(ember.page.locator(".msg", has_text="No script")).to_be_visible(timeout=LIVE)

    stranger = visit()
    people.come_in_by_card(stranger, "member")
    answer = stranger.goto(talk)
    assert answer is not None
    assert answer.status == 404
