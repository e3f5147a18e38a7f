"""A member learns to welcome others, is made a host and asks everybody; by finger and by keyboard."""

import re
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from positivesocials.hosts import training
from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.hands import Fingers, Hands, Keys


@pytest.fixture
def free_week(site):
    """A week in which nobody has asked yet, which no hand can hurry."""
    with sqlite3.connect(site.data / "main.sqlite3", timeout=20) as rows:
        rows.execute("DELETE FROM feed_weekquestion")


@pytest.fixture
def moderator(visit) -> Page:
    page = visit(PHONE, scripts=False)
    people.come_in_by_card(page, "moderator")
    return page


def newcomer(hands: Hands) -> str:
    name = people.a_name("Finch")
    people.join(hands.page, "finch", why="Talk with others")
    hands.write("The name people see here", name)
    hands.press("Continue")
    return name


def learn(hands: Hands) -> None:
    hands.page.goto("/hosts/")
    hands.follow("Read the first page")
    for after in training.PAGES[1:]:
        hands.follow(str(after.title))
    hands.follow("To the questions")


def answer_wrong_and_then_right(hands: Hands) -> None:
    first, *others = training.QUESTIONS
    wrong = next(words for key, words in first.choices.items() if key != first.right)
    hands.tick(str(wrong))
    for question in others:
        hands.tick(str(question.choices[question.right]))
    hands.press("Check my answers")
    expect(hands.page.get_by_text("One answer is not right yet.")).to_be_visible()
    expect(hands.page.get_by_text(str(first.why))).to_be_visible()
    hands.tick(str(first.choices[first.right]))
    hands.press("Check my answers")


def ask_the_team(hands: Hands) -> None:
    hands.write("Why would you like to be a host?", "I remember my first day.")
    hands.press("Ask the team")
    expect(hands.page.get_by_text("You have asked.")).to_be_visible()


def ask_the_week(hands: Hands, words: str) -> None:
    hands.page.goto("/feed/questions/")
    hands.write("Question", words)
    hands.press("Plan it")
    expect(hands.page.get_by_text(words).first).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "scripts", "kind"),
    [(PHONE, False, Fingers), (DESKTOP, True, Keys)],
    ids=["phone without scripts", "keyboard alone"],
)
def test_a_member_learns_is_made_a_host_and_asks_the_week(visit, moderator, free_week, screen, scripts, kind):
    hands: Hands = kind(visit(screen, scripts=scripts))
    words = people.unlike("What made you smile this week")
    name = newcomer(hands)
    learn(hands)
    answer_wrong_and_then_right(hands)
    ask_the_team(hands)
    moderator.goto("/hosts/team/")
    moderator.get_by_role("button", name=re.compile(f"^Make them a host.*{name}$")).click()
    ask_the_week(hands, words)
    people.moderate(moderator, words, decide="Publish")

    other = visit(PHONE, scripts=False)
    people.come_in_by_card(other, "member")
    other.goto("/feed/")
    expect(other.locator("section", has_text="The question of this week")).to_contain_text(words)
    people.follow(other, "Read and answer")
    expect(other.locator("article", has_text=name).locator(".tag", has_text="Host").first).to_be_visible()
    other.goto("/hosts/")
    expect(other.get_by_role("main").locator(".who", has_text=name)).to_be_visible()
