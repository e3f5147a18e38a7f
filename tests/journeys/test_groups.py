"""A newcomer's whole way through a group, by a finger without scripts and by the keyboard alone."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.eyes import NARROW, too_wide
from tests.journeys.hands import Fingers, Hands, Keys

WELCOME = "/groups/welcome/"
ONE_POST = re.compile(r"/groups/welcome/[^/]{36}/")


@dataclass
class Planned:
    """What somebody who keeps order in the group has made before the newcomer comes."""

    poll: str
    event: str
    title: str


@pytest.fixture
def host(visit) -> Page:
    page = visit(PHONE, scripts=False)
    people.come_in_by_card(page, "moderator")
    return page


@pytest.fixture
def planned(host) -> Planned:
    write(host, people.unlike("Where shall we walk"))
    people.follow(host, "Add a poll")
    host.get_by_label("Answer 1").fill("To the mill")
    host.get_by_label("Answer 2").fill("To the lake")
    people.press(host, "Add the poll")
    poll, title = host.url, people.unlike("A walk at noon")
    host.goto(f"{WELCOME}events/new/")
    host.get_by_label("What is it?").fill(title)
    host.get_by_label("Day").fill((timezone.now() + timedelta(days=5)).strftime("%Y-%m-%d"))
    host.get_by_label("From").fill("12:00")
    host.get_by_label("Until").fill("13:00")
    people.press(host, "Plan it")
    return Planned(poll, host.url, title)


def write(page: Page, text: str) -> None:
    page.goto(f"{WELCOME}write/")
    page.get_by_label("Your post").fill(text)
    people.press(page, "Post")
    expect(page).to_have_url(ONE_POST)


def newcomer(hands: Hands) -> str:
    """Somebody who has just registered and chosen a name; who is nobody's card and can be gone again."""
    page, name = hands.page, people.a_name("Wren")
    people.join(page, "wren", why="Talk with others")
    hands.write("The name people see here", name)
    hands.press("Continue")
    return name


def join_group(hands: Hands) -> None:
    hands.page.goto(WELCOME)
    hands.follow("Join this group")
    hands.press("Join")
    expect(hands.page.get_by_text("Tick this to join.").first).to_be_visible()
    hands.tick("I have read how people talk here")
    hands.press("Join")
    expect(hands.page.get_by_text("You are a member", exact=True)).to_be_visible()


def post_as_alias(hands: Hands, text: str) -> str:
    hands.follow("Write a post")
    hands.write("Your post", text)
    alias = hands.page.get_by_label("Alias", exact=True).input_value()
    hands.press("Post")
    expect(hands.page).to_have_url(ONE_POST)
    expect(hands.page.locator(".said", has_text=text)).to_be_visible()
    return alias


def let_stand_and_answer(host: Page, where: str, text: str, answer: str) -> None:
    people.moderate(host, text, decide="Publish")
    host.goto(where)
    host.get_by_label("Your reply").fill(answer)
    people.press(host, "Post reply")
    expect(host.locator(".said", has_text=answer)).to_be_visible()


def vote(hands: Hands, planned: Planned) -> None:
    hands.page.goto(planned.poll)
    hands.tick("To the lake")
    hands.press("Vote")
    expect(hands.page.get_by_text("Your vote is counted, and nothing ties it to you.")).to_be_visible()


def reply(hands: Hands, text: str) -> None:
    hands.write("Your reply", text)
    hands.press("Post reply")
    expect(hands.page.locator(".said", has_text=text)).to_be_visible()


def come(hands: Hands, planned: Planned) -> None:
    hands.page.goto(f"{WELCOME}events/")
    hands.follow(planned.title)
    alias = hands.page.get_by_label("Alias", exact=True).input_value()
    hands.tick("I’ll come")
    hands.press("Answer")
    expect(hands.page.get_by_role("list").filter(has_text=alias)).to_be_visible()
    file = hands.save_file("Save as “Appointment”").path().read_text()
    assert "BEGIN:VEVENT" in file
    assert planned.title not in file


def leave_and_erase(hands: Hands) -> None:
    hands.page.goto(WELCOME)
    hands.follow("Leave")
    hands.tick("Erase what I wrote here, too")
    hands.press("Leave")
    expect(hands.page.get_by_text("You are a member", exact=True)).to_have_count(0)


def test_one_long_word_does_not_widen_the_page(visit, host):
    word, page = "Donaudampfschifffahrtsgesellschaftskapitän", visit({"viewport": NARROW})
    write(host, people.unlike("Say it in one word"))
    people.follow(host, "Add a poll")
    for number in (1, 2):
        host.get_by_label(f"Answer {number}").fill(f"{word}{number}")
    people.press(host, "Add the poll")
    people.come_in_by_card(page, "member")
    page.goto("/groups/found/")
    page.get_by_label("Name of the group").fill(word)
    page.get_by_label("What it is for").fill(word * 3)
    page.get_by_label("Invited: only who is asked in knows of it").check()
    people.press(page, "Found this group")
    expect(page.get_by_role("heading", level=1)).to_have_text(word)
    group = page.url

    for path in (group, f"{group}tend/", f"{group}leave/", "/groups/", "/feed/", host.url):
        page.goto(path)
        assert too_wide(page) == []


@pytest.mark.parametrize(
    ("screen", "scripts", "kind"),
    [(PHONE, True, Fingers), (DESKTOP, False, Keys)],
    ids=["phone", "keyboard alone without scripts"],
)
def test_a_newcomer_joins_writes_votes_comes_leaves_and_erases(visit, host, planned, screen, scripts, kind):
    hands: Hands = kind(visit(screen, scripts=scripts))
    said, answered = people.unlike("I am new, and it is raining"), people.unlike("It rains here, too")
    added = people.unlike("I would like the lake")
    name = newcomer(hands)
    join_group(hands)
    alias = post_as_alias(hands, said)
    where = hands.page.url
    let_stand_and_answer(host, where, said, answered)
    hands.page.goto(where)
    expect(hands.page.locator(".said", has_text=answered)).to_be_visible()
    vote(hands, planned)
    reply(hands, added)
    come(hands, planned)
    leave_and_erase(hands)

    third = visit(PHONE, scripts=False)
    people.come_in_by_card(third, "partner")
    third.goto(where)
    # What is under the alias goes within a day, here and at the event: at once it would tell whose it was.
    for words in (said, answered):
        expect(third.locator(".said", has_text=words)).to_be_visible()
    third.goto(planned.poll)
    expect(third.get_by_text("Removed by its author.")).to_be_visible()
    seen = third.content()
    for page in (where, WELCOME, planned.event, "/groups/", "/feed/"):
        third.goto(page)
        seen += third.content()
    assert [words for words in (added, name) if words in seen] == []
    assert alias in seen
