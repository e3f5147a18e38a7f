"""What can be done with one message: a reply, a sign, other words. With scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.people import come_in_by_card, unlike


def open_talk(page):
    come_in_by_card(page, "member")
    page.goto("/conversations/")
    for address in [item.get_attribute("href") for item in page.locator("a.item").all()]:
        page.goto(str(address))
        if page.get_by_label("Message to").count():
            return
    raise AssertionError("no conversation in which one can write")


def write(page, text):
    page.get_by_label("Message to").fill(text)
    page.get_by_role("button", name="Send", exact=True).click()
    line = page.locator(".msg.mine:not(.queued)").filter(has_text=text)
    expect(line).to_be_visible()
    return line


@pytest.mark.parametrize(
    ("screen", "scripts"), [(PHONE, False), (DESKTOP, True)], ids=["phone without scripts", "desktop"]
)
def test_a_message_is_answered_marked_and_changed(visit, screen, scripts):
    page = visit(screen, scripts=scripts)
    open_talk(page)
    asked, answer = unlike("Is the ferry late"), unlike("It is on time")
    line = write(page, asked)

    line.get_by_role("link", name="Reply").click()
    reply = write(page, answer)
    expect(reply.locator("a.quoted")).to_contain_text(asked)

    reply.get_by_text("React").click()
    reply.get_by_role("button", name="Warm thoughts", exact=True).click()
    expect(reply.get_by_role("button", name="Warm thoughts: You")).to_be_visible()

    reply.get_by_role("link", name="Edit").click()
    page.get_by_label("Your message").fill(f"{answer}, after all")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".msg.mine").filter(has_text=f"{answer}, after all")).to_contain_text("edited")
