"""Somebody writes first, once; the other answers, or says nothing that can be noticed."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_meeting import Person, newcomer


def write_first(sender: Person, receiver: Person, text: str) -> str:
    """Says where this request was written."""
    page = sender.page
    people.find_card(page, receiver.name).get_by_role("link", name=receiver.name).click()
    people.follow(page, "Write first")
    page.get_by_label("Your first text").fill(text)
    people.press(page, "Send")
    expect(page.get_by_role("heading", name="Sent")).to_be_visible()
    return page.url


def requests_of(person: Person) -> Page:
    person.page.goto("/requests/")
    return person.page


def test_a_request_opens_a_conversation_once_it_is_answered(visit):
    wren, otter = (newcomer(visit(PHONE, scripts=False), name) for name in ("Wren", "Otter"))
    write_first(wren, otter, "You walk by the river too?")

    page = requests_of(otter)
    request = page.locator("article").filter(has_text=wren.name)
    expect(request).to_contain_text("You walk by the river too?")
    people.press(page, f"Open a conversation {wren.name}")
    expect(page).to_have_url(re.compile("/conversations/.{36}/"))
    otter.writes("Most evenings.")

    wren.page.goto("/conversations/")
    wren.page.locator("a.item").filter(has_text=otter.name).click()
    expect(wren.page.locator(".msg.mine")).to_contain_text("You walk by the river too?")
    expect(wren.page.locator(".msg").filter(has_text="Most evenings.")).to_be_visible()


def test_a_no_looks_like_silence_and_there_is_no_second_text(visit):
    wren, otter, finch = (newcomer(visit(DESKTOP), name) for name in ("Wren", "Otter", "Finch"))
    to_otter = write_first(wren, otter, "Do you like quiet places?")
    to_finch = write_first(wren, finch, "Do you like quiet places?")

    page = requests_of(otter)
    people.press(page, f"No, thanks {wren.name}")
    expect(page.get_by_text(wren.name)).to_have_count(0)

    pages = []
    for address, name in ((to_otter, otter.name), (to_finch, finch.name)):
        wren.page.goto(address)
        expect(wren.page.get_by_role("heading", name="Sent")).to_be_visible()
        expect(wren.page.get_by_role("textbox")).to_have_count(0)
        pages.append(wren.page.get_by_role("main").inner_text().replace(name, "somebody"))
    assert pages[0] == pages[1]
