"""A question without a name, until a stranger finds the answer to it; by finger and by keyboard."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from positivesocials.demo import material
from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE, ROOT
from tests.journeys.hands import Fingers, Hands, Keys

# Nobody logs in as the operator of a demo: they check at the console whoever asks under this name.
CHECK = """
import sys, django
django.setup()
from datetime import timedelta
from django.utils import timezone
from positivesocials.accounts.models import Account, Role
from positivesocials.asking import checks
from positivesocials.asking.models import Professional
row = next(each for each in Professional.objects.exclude(asked_at=None) if each.asked["name"] == sys.argv[1])
said = checks.Said(sys.argv[1], row.asked["profession"], "Entry in the register of nurses")
checks.verify(Account(role=Role.OPERATOR), row.pk, said, valid_until=timezone.localdate() + timedelta(days=9))
"""
BEFORE = "What do I say when I book a test?"


@pytest.fixture
def nurse(visit, site) -> Page:
    """Somebody new who asked to be checked, and whom the operator has checked."""
    page, name = visit(PHONE, scripts=False), people.a_name("Nurse")
    people.join(page, "nurse", why="Talk with others")
    page.goto("/ask/answers/")
    page.get_by_label("Your professional name").fill(name)
    page.get_by_label("Your profession", exact=True).fill("Nurse in a clinic")
    page.get_by_label("How can we check it?").fill("The register, number 7")
    people.press(page, "Send it to the operators")
    variables = {
        **os.environ,
        "POSITIVESOCIALS_DATA": str(site.data),
        "POSITIVESOCIALS_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "positivesocials.config.settings",
    }
    subprocess.run([sys.executable, "-c", CHECK, name], cwd=ROOT, env=variables, check=True)
    page.goto("/ask/answers/")
    expect(page.locator(".who", has_text=name)).to_be_visible()
    return page


def look_whether_it_was_answered(hands: Hands) -> None:
    """While one types, or by a button where no script does it."""
    hands.page.goto("/ask/new/")
    hands.write("Your question in one line", BEFORE)
    if isinstance(hands, Fingers):
        hands.press("Look first whether it was answered")
    expect(hands.page.locator(".alike").get_by_role("link").first).to_contain_text("book a test")


def ask(hands: Hands, title: str) -> None:
    hands.page.goto("/ask/new/")
    hands.write("Your question in one line", title)
    hands.write("What professionals should know", "I would rather not say it twice.")
    hands.tick("Anybody, without my name")
    hands.press("Send the question")
    expect(hands.page.get_by_role("heading", level=1)).to_have_text(title)
    expect(hands.page.get_by_text("It waits for an answer.")).to_be_visible()


def answer(nurse: Page, title: str, words: str) -> str:
    nurse.goto("/ask/waiting/")
    people.follow(nurse, title)
    seen = nurse.content()
    nurse.get_by_label("Your answer").fill(words)
    people.press(nurse, "Answer")
    expect(nurse.locator(".said", has_text=words)).to_be_visible()
    return seen + nurse.content()


def accept(hands: Hands) -> None:
    hands.page.reload()
    expect(hands.page.locator(".tag.ok", has_text="Checked")).to_be_visible()
    hands.press("This helped me")
    expect(hands.page.get_by_text("This helped whoever asked")).to_be_visible()


def find(guest: Page, title: str, words: str) -> str:
    guest.goto("/search/")
    guest.locator("#question").fill(title)
    guest.get_by_role("button", name="Search").last.click()
    seen = guest.content()
    guest.get_by_role("main").get_by_role("link", name=title).first.click()
    expect(guest.locator(".said", has_text=words)).to_be_visible()
    expect(guest.get_by_text("This helped whoever asked")).to_be_visible()
    return seen + guest.content()


@pytest.mark.parametrize(
    ("screen", "scripts", "kind"),
    [(PHONE, False, Fingers), (DESKTOP, True, Keys)],
    ids=["phone without scripts", "keyboard alone"],
)
def test_a_question_is_asked_answered_accepted_and_found_without_whoever_asked(
    visit, nurse, screen, scripts, kind
):
    hands: Hands = kind(visit(screen, scripts=scripts))
    title, words = people.unlike("May two book one test"), people.unlike("Call, and say that you are two")
    people.come_in_by_card(hands.page, "member")
    name = next(each["name"] for each in material.people() if each["key"] == material.CARDS[0].person)
    look_whether_it_was_answered(hands)
    ask(hands, title)

    seen = answer(nurse, title, words)
    accept(hands)
    guest = visit(PHONE, scripts=False)
    seen += find(guest, title, words)

    assert "Somebody asks" in seen
    assert name not in seen
    assert guest.context.cookies() == []
