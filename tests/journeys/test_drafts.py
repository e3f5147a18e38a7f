"""What was typed in a conversation survives leaving, another window, and a session that ended."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.people import come_in_by_card, unlike


@pytest.fixture
def talk(visit):
    """A page on the first conversation of a demo member in which one can write."""
    page = visit(PHONE)
    come_in_by_card(page, "member")
    page.goto("/conversations/")
    for address in [item.get_attribute("href") for item in page.locator("a.item").all()]:
        page.goto(str(address).partition("#")[0])
        if page.get_by_label("Message to").count():
            composer(page).fill("")
            return page
    raise AssertionError("no conversation in which one can write")


def composer(page):
    return page.get_by_label("Message to")


def type_and_wait(page, text):
    with page.expect_response("**/draft/") as saved:
        composer(page).fill(text)
    return saved.value.status


def test_what_was_begun_is_there_again_and_gone_once_sent(talk):
    text = unlike("The ferry leaves at nine")

    type_and_wait(talk, text)
    talk.reload()
    expect(composer(talk)).to_have_value(text)

    with talk.expect_response("**/draft/"):
        talk.get_by_role("button", name="Send").click()
    talk.reload()
    expect(composer(talk)).to_have_value("")
    expect(talk.get_by_text(text)).to_have_count(1)


def test_leaving_at_once_saves_what_was_typed(talk):
    where, text = talk.url, unlike("Wait for me")

    composer(talk).fill(text)
    talk.goto("/conversations/")
    talk.goto(where)

    expect(composer(talk)).to_have_value(text)
    type_and_wait(talk, "")


def test_an_older_window_overwrites_nothing_and_keeps_its_words(talk):
    older, newer = talk, talk.context.new_page()
    newer.goto(older.url)
    type_and_wait(newer, "Written in the newer window")

    assert type_and_wait(older, "Written in the older window") == 409

    expect(older.get_by_text("Something else of yours is saved here")).to_be_visible()
    expect(composer(older)).to_have_value("Written in the older window")
    newer.reload()
    expect(composer(newer)).to_have_value("Written in the newer window")
    with older.expect_response("**/draft/"):
        older.get_by_role("button", name="Keep these words instead").click()
    newer.reload()
    expect(composer(newer)).to_have_value("Written in the older window")
    type_and_wait(newer, "")


def test_what_was_typed_after_the_session_ended_is_there_after_logging_in_again(talk):
    where, text = talk.url, unlike("Typed into a page that was logged out")
    talk.context.clear_cookies(name="s")

    composer(talk).fill(text)
    talk.get_by_role("button", name="Send").click()
    expect(talk.get_by_text("Not sent: you are logged out.")).to_be_visible()
    expect(composer(talk)).to_have_value(text)
    kept = talk.evaluate("JSON.stringify(sessionStorage)")
    assert "logged out" not in kept

    come_in_by_card(talk, "member")
    talk.goto(where)
    expect(composer(talk)).to_have_value(text)
    talk.get_by_role("button", name="Send").click()
    expect(talk.locator(".queued")).to_have_count(0)
    expect(talk.get_by_text(text)).to_have_count(1)


def test_somebody_else_in_the_same_tab_finds_nothing(talk):
    where = talk.url
    talk.context.clear_cookies(name="s")
    composer(talk).fill("Not for whoever sits here next")
    talk.wait_for_timeout(300)

    come_in_by_card(talk, "partner")
    talk.goto(where)

    assert "Not for whoever" not in talk.content()


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_scripts_an_ended_session_gives_the_words_back(visit, screen, talk):
    page, text = visit(screen, scripts=False), unlike("Written without scripts, and given back")
    come_in_by_card(page, "member")
    page.goto(talk.url)
    page.context.clear_cookies(name="s")

    composer(page).fill(text)
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_text("You are logged out, so this was not sent.")).to_be_visible()
    assert text in page.content()
