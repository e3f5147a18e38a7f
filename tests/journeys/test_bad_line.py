"""A conversation on a line that breaks: nothing is lost, nothing arrives twice."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.people import come_in_by_card, unlike

SIGNED_OUT = 4401


@pytest.fixture
def talk(visit):
    """A function that opens the first conversation of a demo member in which one can write."""

    def open_talk(screen=PHONE):
        page = visit(screen)
        come_in_by_card(page, "member")
        page.goto("/conversations/")
        for address in [item.get_attribute("href") for item in page.locator("a.item").all()]:
            page.goto(str(address))
            if page.get_by_label("Message to").count():
                return page
        raise AssertionError("no conversation in which one can write")

    return open_talk


def write(page, text):
    page.get_by_label("Message to").fill(text)
    page.get_by_role("button", name="Send").click()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_message_written_offline_is_sent_when_one_tries_again(talk, screen):
    page, text = talk(screen), unlike("The ferry is late")
    page.route("**/send/", lambda route: route.abort("internetdisconnected"))

    write(page, text)
    expect(page.get_by_text("Not sent: no connection")).to_be_visible()
    page.unroute("**/send/")
    page.get_by_role("button", name="Try again").click()

    expect(page.locator(".queued")).to_have_count(0)
    page.reload()
    expect(page.get_by_text(text)).to_have_count(1)


def test_a_message_whose_answer_was_lost_arrives_once(talk):
    page, text = talk(), unlike("A lamp in the window")

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/send/", lose_the_answer)
    write(page, text)
    expect(page.locator(".queued")).to_have_count(0, timeout=20_000)

    page.unroute("**/send/")
    page.reload()
    expect(page.get_by_text(text)).to_have_count(1)


def test_a_message_that_is_too_long_goes_back_into_the_composer(talk):
    page, text = talk(), "word " * 900

    write(page, text)

    expect(page.get_by_text("A message can have 4000 characters")).to_be_visible()
    expect(page.get_by_label("Message to")).to_have_value(text)


def test_a_page_whose_line_was_cut_shows_what_was_written_meanwhile(talk):
    reader, writer, text = talk(DESKTOP), talk(), unlike("The lamp is still there")
    lines: list = []
    is_down: list = []

    def carry(line):
        lines.append(line)
        if is_down:
            line.close(code=1012)
        else:
            line.connect_to_server()

    reader.route_web_socket("**/live/", carry)
    reader.reload()
    reader.wait_for_timeout(500)
    is_down.append(True)
    lines[0].close(code=1012)
    write(writer, text)
    expect(writer.locator(".queued")).to_have_count(0)
    is_down.clear()

    expect(reader.get_by_text(text)).to_be_visible(timeout=20_000)
    expect(reader.get_by_text(text)).to_have_count(1)


def test_a_page_without_a_live_line_asks_by_itself(talk):
    reader, writer, text = talk(), talk(), unlike("Nobody rang")
    reader.route_web_socket("**/live/", lambda line: line.close(code=1013))
    reader.reload()

    write(writer, text)

    expect(reader.get_by_text(text)).to_be_visible(timeout=20_000)


def test_messages_written_offline_go_by_themselves_in_their_order(talk):
    page, texts = talk(), [unlike(f"Written offline, number {number}") for number in range(3)]
    page.context.set_offline(True)
    for text in texts:
        write(page, text)
    expect(page.get_by_text("Not sent: no connection")).to_have_count(3)

    page.context.set_offline(False)

    expect(page.locator(".queued")).to_have_count(0)
    page.reload()
    assert [text for text in page.locator(".msg.mine .bubble").all_inner_texts() if text in texts] == texts


@pytest.mark.parametrize("is_leaving", [True, False], ids=["form on its way", "nothing on its way"])
def test_a_page_that_waits_for_the_answer_to_its_form_is_not_loaded_anew(visit, is_leaving):
    """The answer may bring the session's new key; until it is here the line is refused."""
    page, lines = visit(PHONE), []
    come_in_by_card(page, "member")

    def carry(line):
        lines.append(line)
        if len(lines) == 2:
            line.close(code=SIGNED_OUT)
        else:
            line.connect_to_server()

    page.route_web_socket("**/live/", carry)
    page.goto("/notices/")
    page.wait_for_timeout(500)
    if is_leaving:
        page.evaluate("dispatchEvent(new Event('beforeunload'))")
    lines[0].close(code=SIGNED_OUT)
    page.wait_for_timeout(1500)

    assert len(lines) == (2 if is_leaving else 3)
