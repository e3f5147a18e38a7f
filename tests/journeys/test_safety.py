"""Someone is unkind: a report reaches a moderator, a block hides both at once."""

import re

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_meeting import Person, match, newcomer

UNKIND = "Nobody like you should come here"


def unkind_pair(visit, *, scripts: bool) -> tuple[Person, Person, str]:
    """Plum and Ember, matched; Ember has written something unkind, with words of their own to find it by."""
    plum = newcomer(visit(PHONE, scripts=scripts), "Plum")
    ember = newcomer(visit(DESKTOP, scripts=scripts), "Ember")
    match(plum, ember)
    words = people.unlike(UNKIND)
    ember.writes(words)
    expect(ember.page.locator(".msg.mine")).to_contain_text("Sent")
    plum.page.reload()
    return plum, ember, words


def report(page, words: str) -> None:
    page.locator(".msg", has_text=words).get_by_role("link", name=re.compile("^Report")).click()
    expect(page.locator(".evidence")).to_contain_text(words)
    page.get_by_role("radio").first.check()
    people.press(page, "Send report")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_a_reported_message_reaches_the_queue_with_its_words_and_no_others(visit):
    plum, ember, words = unkind_pair(visit, scripts=False)
    plum.writes("Please stop.")
    report(plum.page, words)

    moderator = visit()
    people.come_in_by_card(moderator, "moderator")
    case = people.find_case(moderator, words)
    expect(case).not_to_contain_text("Please stop.")
    moderator.get_by_label(re.compile("^Reason")).fill("It tells somebody that they have no place here.")
    people.press(moderator, "Remove it")

    plum.page.goto(ember.page.url)
    expect(plum.page.get_by_text(words)).to_have_count(0)


def test_a_block_after_a_report_hides_each_from_the_other_everywhere(visit):
    plum, ember, words = unkind_pair(visit, scripts=True)
    talk = ember.page.url
    report(plum.page, words)

    people.press(plum.page, "Block")

    ember.page.goto(talk)
    expect(ember.page.get_by_role("main")).to_contain_text("There is nothing here")
    expect(ember.page.get_by_label(re.compile("^Message to"))).to_have_count(0)
    for one, other in ((plum, ember), (ember, plum)):
        assert people.is_on_no_page_of_people(one.page, other.name)
    plum.page.goto("/blocks/")
    expect(plum.page.get_by_role("main")).to_contain_text(ember.name)
