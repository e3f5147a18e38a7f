"""A group meets, and asks itself something. All of it without scripts, as on an old phone."""

import re
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import PHONE

WALK = "A walk by the harbour"


def test_somebody_comes_to_an_event_votes_and_steps_back(visit):
    host, title = visit(PHONE, scripts=False), people.unlike(WALK)
    people.come_in_by_card(host, "moderator")
    _write(host, question := people.unlike("Where shall we go"))
    people.follow(host, "Add a poll")
    host.get_by_label("Answer 1").fill("To the mill")
    host.get_by_label("Answer 2").fill("To the lake")
    people.press(host, "Add the poll")
    where = host.url
    host.goto("/groups/welcome/events/new/")
    host.get_by_label("What is it?").fill(title)
    host.get_by_label("Day").fill((timezone.now() + timedelta(days=5)).strftime("%Y-%m-%d"))
    host.get_by_label("From").fill("19:00")
    host.get_by_label("Until").fill("21:00")
    host.get_by_label("Where").fill("At the stone bridge")
    people.press(host, "Plan it")
    event = host.url

    guest = visit(PHONE, scripts=False)
    guest.goto(event)
    expect(guest.get_by_role("heading", name=title)).to_be_visible()
    assert "stone bridge" not in guest.content()

    member = visit(PHONE, scripts=False)
    people.come_in_by_card(member, "member")
    member.goto(where)
    expect(member.get_by_text(question)).to_be_visible()
    member.get_by_label("To the lake").press("Space")
    people.press(member, "Vote")
    expect(member.get_by_text("Your vote is counted, and nothing ties it to you.")).to_be_visible()
    _write(member, people.unlike("I come along"))
    member.goto(event)
    alias = member.get_by_label("Alias", exact=True).input_value()
    member.get_by_label("A day before").press("Space")
    people.press(member, "Answer")
    expect(member.get_by_role("list").filter(has_text=alias)).to_be_visible()
    expect(member.get_by_text("At the stone bridge")).to_be_visible()

    host.goto(event)
    expect(host.get_by_role("list").filter(has_text=alias)).to_be_visible()
    people.press(member, "I won’t come")
    host.goto(event)
    assert alias not in host.content()


def _write(page, text):
    """Writing in a group joins it."""
    page.goto("/groups/welcome/write/")
    page.get_by_label("Your post").fill(text)
    people.press(page, "Post")
    expect(page).to_have_url(re.compile("/groups/welcome/.{36}/"))
