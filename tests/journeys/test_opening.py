"""An operator's first hour: an empty instance, a link on the console, a checklist, open doors."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import start_site
from tests.journeys.eyes import examine
from tests.journeys.test_passkeys import give_authenticator


@pytest.fixture
def empty(tmp_path):
    running = start_site(tmp_path / "empty", demo=False)
    yield running
    running.stop()


@pytest.fixture
def operator(chromium, empty):
    context = chromium.new_context(base_url=empty.url)
    yield context.new_page()
    context.close()


def link_on_the_console(site) -> str:
    log = (site.data.parent / f"{site.data.name}.log").read_text()
    found = re.search(r"http://\S+/first/\S+/", log)
    assert found, log
    return found.group()


def become_operator(page, link: str) -> None:
    page.goto(link)
    # Early: a device that was given only just before it is asked does not always answer.
    give_authenticator(page)
    page.get_by_label("E-mail").fill("olu@example.org")
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_label("I am 18 or over").check()
    page.get_by_label("I accept the terms").check()
    people.press(page, "Go on to the checklist")
    people.press(page, "Make the passkey")
    people.press(page, "I have kept them")
    expect(page.get_by_role("heading", level=1)).to_have_text("Opening")


def fill_in_the_facts(page) -> None:
    people.follow(page, "Fill in")
    page.get_by_label("Who runs it").fill("Harbour Street Library")
    page.get_by_label("Public e-mail for questions").fill("desk@example.org")
    page.get_by_label("Postal address").fill("1 Harbour Street")
    page.get_by_label("Country").select_option("GB")
    people.press(page, "Keep these facts")
    expect(page.get_by_role("heading", level=1)).to_have_text("Opening")


def test_an_operator_takes_the_first_steps(operator, empty):
    link = link_on_the_console(empty)
    operator.goto("/")
    expect(operator.get_by_role("heading", level=1)).to_have_text("This site is being set up.")
    assert operator.context.cookies() == []
    operator.goto("/join/account/")
    expect(operator.get_by_role("heading", level=1)).to_have_text("Joining is not open yet")

    become_operator(operator, link)
    assert examine(operator, "/opening/") == []
    fill_in_the_facts(operator)
    operator.get_by_text("The pages").click()
    people.press(operator, "I have read them all")

    expect(operator.locator("#facts")).to_contain_text("Done")
    expect(operator.locator("#legal")).to_contain_text("Done")
    expect(operator.get_by_role("main")).to_contain_text("Still missing")
    expect(operator.get_by_role("button", name="Open the doors")).to_have_count(0)
    assert examine(operator, "/opening/facts/") == []
    operator.goto("/imprint/")
    expect(operator.get_by_role("main")).to_contain_text("Harbour Street Library")
    answer = operator.goto(link)
    assert answer is not None
    assert answer.status == 404
