"""What people do here, in their words: join, open a mail, say hello. Every step as a hand would take it."""

import re
import uuid

from playwright.sync_api import Locator, Page, expect

PASSWORD = "a calm and long sentence"
CARDS = {
    "member": "Newly diagnosed",
    "partner": "Half of a couple",
    "moderator": "Moderator",
    "editor": "Editor",
}


def new_address(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:8]}@example.org"


def unlike(text: str) -> str:
    """The text, made one of a kind, so that a journey finds its own words only."""
    return f"{text}, {uuid.uuid4().hex[:6]}"


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=words, exact=True).first.click()


def follow(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("link", name=words, exact=True).first.click()


def come_in_by_card(page: Page, who: str) -> None:
    page.goto("/")
    page.get_by_role("button", name=re.compile(CARDS[who])).click()
    expect(page).to_have_url(re.compile("/home/$"))


def open_mail(page: Page, address: str) -> None:
    """Opens the newest mail to the address in the demo's mailbox, and follows its first link."""
    page.goto("/mailbox/")
    mail = page.get_by_role("article").filter(has_text=address).first
    mail.get_by_role("link").first.click()


def ask_to_join(page: Page, address: str, *, why: str) -> None:
    page.goto("/")
    follow(page, "Join")
    page.get_by_role("radio", name=why).check()
    press(page, "Continue")
    follow(page, "Rather with e-mail and password")
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I am 18 or over").check()
    page.get_by_label("I accept the terms").check()
    press(page, "Join")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look at your mail")


def confirm(page: Page, address: str) -> None:
    open_mail(page, address)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Confirm")


def join(page: Page, name: str, *, why: str) -> str:
    """Registers from the first page on, by way of the mailbox; returns the address."""
    address = new_address(name)
    ask_to_join(page, address, why=why)
    confirm(page, address)
    return address


def find_case(page: Page, text: str) -> Locator:
    """The case in the moderators' queue that shows this text."""
    page.goto("/queue/")
    for line in [each.get_attribute("href") for each in page.locator("a.case").all()]:
        page.goto(str(line))
        case = page.get_by_role("main").locator("section.card").filter(has_text=text)
        if case.count():
            return case
    raise AssertionError(f"nothing in the queue says {text!r}")


def moderate(page: Page, text: str, *, decide: str) -> None:
    find_case(page, text)
    press(page, decide)
    expect(page.get_by_role("status")).to_be_visible()


def a_name(name: str) -> str:
    return f"{name} {uuid.uuid4().hex[:5]}"


def answer_meet(page: Page, name: str) -> None:
    """The five questions: a name, and wishes; everything else is skipped."""
    expect(page.get_by_role("heading", level=1)).to_have_text("How should people speak of you?")
    page.get_by_label("The name people see here").fill(name)
    press(page, "Continue")
    follow(page, "Skip")
    follow(page, "Skip")
    page.get_by_role("checkbox", name=re.compile("^Friends ")).check()
    press(page, "Continue")
    press(page, "Skip")
    expect(page.get_by_role("heading", level=1)).to_have_text("People")


def find_card(page: Page, name: str) -> Locator:
    """The card of a person, on whichever page of the list it is.

    Starts at the first page, which fixes the order: later pages know nobody who came since.
    """
    page.goto("/people/")
    for _page in range(12):
        card = page.locator("article.person").filter(has_text=name)
        if card.count():
            return card
        follow(page, "Show the next ones")
        expect(page.get_by_role("heading", level=1)).to_have_text("People")
    return card


def is_on_no_page_of_people(page: Page, name: str) -> bool:
    page.goto("/people/")
    while page.get_by_text("Show the next ones").count():
        if page.get_by_text(name).count():
            return False
        page.goto(str(page.get_by_text("Show the next ones").get_attribute("href")))
    return page.get_by_text(name).count() == 0


def say_hello(page: Page, name: str) -> None:
    find_card(page, name).get_by_role("button", name="Say hello").click()
    expect(page.get_by_role("status")).to_contain_text(name)
