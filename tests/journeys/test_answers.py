"""Two people answer the same questions, and each reads what they have in common."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE

NARROW = {"viewport": {"width": 320, "height": 640}, "has_touch": True}


def newcomer(page: Page, name: str) -> str:
    called = people.a_name(name)
    people.join(page, name.lower(), why="Meet people")
    people.answer_meet(page, called)
    return called


def open_questions(page: Page) -> None:
    page.goto("/me/")
    page.get_by_role("link", name="Questions", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Questions")


def answer(page: Page, reply: str, *, glad_of: str, seen: str = "People I could meet") -> None:
    group(page, "Your reply").get_by_label(reply).check()
    group(page, "Does it matter").get_by_text("Very much").click()
    group(page, "Replies you would be glad of").get_by_label(glad_of).check()
    group(page, "Who sees your reply").get_by_label(seen).check()
    people.press(page, "Save and go on")


def group(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name)


def answer_three(page: Page, last: str) -> None:
    open_questions(page)
    people.follow(page, "Answer the first one")
    for reply in ("Early, before we meet", "Nobody, ever"):
        answer(page, reply, glad_of=reply)
    people.follow(page, "Skip")
    answer(page, last, glad_of="Someone who listens")
    people.follow(page, "Questions")
    expect(page.get_by_role("heading", name="3 of 40 answered")).to_be_visible()


def compare(page: Page, other: str) -> None:
    people.find_card(page, other).get_by_role("link", name=other).click()
    page.get_by_role("link", name="Compare answers").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(other)


@pytest.mark.parametrize("screen", [NARROW, PHONE, DESKTOP], ids=["narrow", "phone", "desktop"])
def test_two_people_answer_and_read_the_same(visit, screen):
    plum, ember = visit(screen, scripts=False), visit(screen)
    names = newcomer(plum, "Plum"), newcomer(ember, "Ember")
    answer_three(plum, "Someone who listens")
    answer_three(ember, "Being left in peace")

    for page, other in ((plum, names[1]), (ember, names[0])):
        compare(page, other)
        expect(page.get_by_text("you both say “Nobody, ever”")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("3 answers that you both made visible")
        number = page.locator(".fit b")
        expect(number).to_be_hidden()
        page.get_by_text("Show it as a number").click()
        expect(number).to_have_text("47%")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_answer_is_changed_and_taken_back(visit):
    page = visit(PHONE)
    newcomer(page, "Plum")
    open_questions(page)
    people.follow(page, "Answer the first one")
    answer(page, "Early, before we meet", glad_of="Whenever they are ready")

    open_questions(page)
    people.follow(page, "When would you like to hear something personal about someone’s health?")
    group(page, "Who sees your reply").get_by_label("Only me").check()
    people.press(page, "Save")
    expect(page.get_by_text("Only you", exact=True)).to_be_visible()

    people.follow(page, "When would you like to hear something personal about someone’s health?")
    people.press(page, "Take this answer back")
    expect(page.get_by_role("heading", name="0 of 40 answered")).to_be_visible()


def test_a_question_is_answered_by_keyboard_alone(visit):
    page = visit(DESKTOP)
    newcomer(page, "Plum")
    open_questions(page)
    people.follow(page, "Answer the first one")

    page.get_by_label("Early, before we meet").first.focus()
    page.keyboard.press("Space")
    for _step in range(30):
        if page.evaluate("document.activeElement.matches('button.main')"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Who else may know?")
