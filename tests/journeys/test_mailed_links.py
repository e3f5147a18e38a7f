"""Pages that only a mailed link leads to are as whole as the others."""

import pytest

from positivesocials.core.telling import telling_words
from tests.journeys import people
from tests.journeys.conftest import PHONE
from tests.journeys.eyes import examine
from tests.journeys.looking import look_at


def ask_to_join(page, address: str) -> None:
    people.ask_to_join(page, address, why="Talk with others")


def ask_for_a_reset(page, address: str) -> None:
    page.goto("/reset/")
    page.get_by_label("E-mail").fill(address)
    people.press(page, "Send the link")


def ask_for_the_letter(page, address: str) -> None:
    page.goto("/letter/")
    page.get_by_label("E-mail").fill(address)
    people.press(page, "Subscribe")


def reply_as_a_guest(page, address: str) -> None:
    page.goto("/news/")
    page.get_by_role("main").locator("article h2 a").first.click()
    form = page.locator("#reply")
    form.get_by_label("Your reply").fill("A line of my own")
    form.get_by_label("Name").fill("Passing by")
    form.get_by_label("E-mail").fill(address)
    people.press(page, "Post reply")
    page.wait_for_url("**/*#r-*")


WAYS = [ask_to_join, ask_for_a_reset, ask_for_the_letter, reply_as_a_guest]


@pytest.mark.parametrize("ask", WAYS, ids=lambda way: way.__name__)
def test_a_page_behind_a_mailed_link_is_whole_and_discreet(visit, ask):
    page, address = visit(PHONE), people.new_address("mailed")
    ask(page, address)
    people.open_mail(page, address)

    title = look_at(page.content()).title
    complaints = examine(page, page.url)

    assert telling_words(title) == []
    assert complaints == []
    assert page.context.cookies() == [] or ask is reply_as_a_guest
