"""Two people who appear as a couple, meet somebody together, and part."""

import re

from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.eyes import WIDE, examine
from tests.journeys.test_meeting import LIVE, Person, newcomer


def member(page: Page, name: str) -> Person:
    """Someone with an account and nothing else."""
    people.join(page, name.lower(), why="I am a partner or friend")
    expect(page.get_by_role("heading", level=1)).to_have_text("Good that you are here")
    return Person(page, people.a_name(name))


def link(one: Person, other: Person) -> None:
    """An invitation, handed over, accepted and confirmed."""
    one.page.goto("/couple/")
    people.follow(one.page, "Make an invitation")
    one.page.get_by_label("The name people see here").fill(one.name)
    people.press(one.page, "Make the invitation")
    invitation = one.page.get_by_label("Invitation link").input_value()

    other.page.goto(invitation)
    expect(other.page.get_by_role("heading", level=1)).to_contain_text(one.name)
    other.page.get_by_label("The name people see here").fill(other.name)
    people.press(other.page, "Say yes")
    expect(other.page.get_by_role("main")).to_contain_text("Now it is for them to confirm")

    one.page.goto("/couple/")
    people.follow(one.page, "Confirm")
    people.press(one.page, "Confirm")
    expect(one.page.get_by_role("heading", level=1)).to_contain_text(f"{one.name} & {other.name}")


def meet_as_a_couple(one: Person) -> None:
    people.follow(one.page, "Meet people as the two of you")
    people.press(one.page, "Switch friends on")


def open_talk(person: Person, name: str) -> None:
    person.page.goto("/conversations/")
    person.page.locator("a.item").filter(has_text=name).click()
    expect(person.page.get_by_role("heading", level=1)).to_contain_text(name)


def matched_couple(visit, *, scripts: bool = True) -> tuple[Person, Person, Person]:
    """Nova and Rio, a couple, and Cleo, who said hello to them and to whom they said hello."""
    nova, rio = (member(visit(DESKTOP, scripts=scripts), name) for name in ("Nova", "Rio"))
    cleo = newcomer(visit(PHONE, scripts=scripts), "Cleo")
    link(nova, rio)
    meet_as_a_couple(nova)
    people.say_hello(nova.page, cleo.name)
    cleo.page.goto("/people/likes/")
    card = cleo.page.locator("article.person").filter(has_text=nova.name)
    expect(card).to_contain_text(rio.name)
    card.get_by_role("button", name="Say hello").click()
    expect(cleo.page).to_have_url(re.compile("/conversations/.{36}/"))
    open_talk(nova, cleo.name)
    return nova, rio, cleo


def end(person: Person) -> None:
    person.page.goto("/couple/")
    people.follow(person.page, "End it")
    people.press(person.page, "End it now")


def test_a_couple_meets_somebody_and_each_message_names_its_writer(visit):
    nova, rio, cleo = matched_couple(visit)
    open_talk(rio, cleo.name)

    nova.writes("Hello from the kitchen.")
    rio.writes("And from the garden.")

    for words, writer in (("kitchen", nova), ("garden", rio)):
        heard = cleo.page.locator(".msg", has_text=words)
        expect(heard.locator(".by")).to_contain_text(writer.name, timeout=LIVE)
    expect(nova.page.locator(".msg", has_text="garden").locator(".by")).to_contain_text(rio.name)


def test_when_a_couple_parts_others_see_only_that_it_is_closed(visit):
    nova, rio, cleo = matched_couple(visit, scripts=False)
    nova.writes("We will write tomorrow.")
    where = cleo.page.url

    end(rio)

    for person in (cleo, nova):
        person.page.goto(where)
        expect(person.page.get_by_role("main")).to_contain_text("This conversation is closed.")
        expect(person.page.get_by_label(re.compile("^Message to"))).to_have_count(0)
    assert not re.search("part(ed|ing)|ended|couple is", cleo.page.get_by_role("main").inner_text())
    cleo.page.goto("/people/likes/")
    expect(cleo.page.locator("article.person").filter(has_text=nova.name)).to_have_count(0)
    nova.page.goto("/couple/")
    expect(nova.page.get_by_text(rio.name)).to_have_count(0)


def is_whole(page: Page) -> None:
    """Small and large, light and dark, and by keyboard. Needs a page with scripts."""
    here = page.url
    assert examine(page, here) == []
    page.set_viewport_size(WIDE)
    page.goto(here)


def ask_for_both(person: Person) -> None:
    person.page.goto("/couple/")
    people.follow(person.page, "Your joint profile")
    people.follow(person.page, "How the two of you say yes")
    is_whole(person.page)
    people.press(person.page, "Let it take both of us")
    expect(person.page.get_by_role("main")).to_contain_text("It takes both of you")
    is_whole(person.page)
    people.follow(person.page, "Let either of us say it")
    is_whole(person.page)


def greeters(person: Person, name: str):
    """The card of somebody on the page of those who said hello, or who wait for one's word."""
    person.page.goto("/people/likes/")
    return person.page.locator("article.person").filter(has_text=name)


def agree(person: Person, name: str, *, whole: bool = False) -> None:
    card = greeters(person, name)
    if whole:
        is_whole(person.page)
    card.get_by_role("button", name="Agree").click()


def a_couple(visit, *names: str, scripts: bool) -> tuple[Person, Person]:
    one, other = (member(visit(DESKTOP, scripts=scripts), name) for name in names)
    link(one, other)
    meet_as_a_couple(one)
    return one, other


def say_hello_as_two(one: Person, other: Person, name: str) -> None:
    """The first word waits and reaches nobody; the second is the yes of both."""
    people.say_hello(one.page, name)
    expect(one.page.get_by_role("status")).to_contain_text(f"waits for {other.name}")


def test_a_couple_agrees_meets_a_single_and_a_couple_and_parts(visit):
    nova, rio = a_couple(visit, "Nova", "Rio", scripts=True)
    sol, tess = a_couple(visit, "Sol", "Tess", scripts=False)
    cleo = newcomer(visit(PHONE, scripts=False), "Cleo")
    ask_for_both(nova)

    say_hello_as_two(nova, rio, cleo.name)
    expect(greeters(cleo, nova.name)).to_have_count(0)
    agree(rio, cleo.name, whole=True)
    greeters(cleo, nova.name).get_by_role("button", name="Say hello").click()
    expect(cleo.page).to_have_url(re.compile("/conversations/.{36}/"))

    people.say_hello(sol.page, nova.name)
    greeters(rio, sol.name).get_by_role("button", name="Say hello").click()
    expect(rio.page.get_by_role("status")).to_contain_text(f"waits for {nova.name}")
    agree(nova, sol.name)
    expect(nova.page).to_have_url(re.compile("/conversations/.{36}/"))
    nova.writes("Four of us, then.")
    open_talk(tess, nova.name)
    expect(tess.page.locator(".msg", has_text="Four of us").locator(".by")).to_contain_text(nova.name)

    end(rio)

    for person, others in ((cleo, nova), (sol, rio), (tess, nova), (nova, sol), (rio, cleo)):
        open_talk(person, others.name)
        expect(person.page.get_by_role("main")).to_contain_text("This conversation is closed.")
        expect(person.page.get_by_label(re.compile("^Message to"))).to_have_count(0)
        assert not re.search("part(ed|ing)|ended|couple is", person.page.get_by_role("main").inner_text())
    open_talk(tess, nova.name)
    expect(tess.page.locator(".msg", has_text="Four of us")).to_have_count(1)
    expect(greeters(cleo, nova.name)).to_have_count(0)
