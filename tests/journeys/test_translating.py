"""An editor writes a guide in Spanish; its readers read it, and are told when the original changes."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import come_in_by_card, press

GUIDE = "Using this site on a shared computer"
READ = "/guides/shared-computer/"
IN_SPANISH = "En español."


def write_in_spanish(page) -> None:
    """Every section with its marks, and a sentence of one's own."""
    page.get_by_role("textbox", name="Title").fill("Una computadora compartida")
    page.get_by_role("textbox", name="Summary").fill("Ventanas privadas y el botón de salida.")
    for pair in page.locator(".pair").all()[2:]:
        words = pair.locator(".words").first.inner_text()
        pair.get_by_role("textbox").last.fill(f"{words}\n\n{IN_SPANISH}")


def change_the_original(page) -> None:
    page.goto("/desk/pages/search/?q=shared")
    page.get_by_role("main").get_by_role("link", name=GUIDE).first.click()
    page.get_by_role("textbox", name="Summary").fill("Private windows, and how to leave at once.")
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish").first.click()
    expect(page.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()


def test_a_guide_is_translated_read_and_marked_when_its_original_changes(visit):
    page, reader = visit(), visit(PHONE, locale="es-ES")
    come_in_by_card(page, "editor")
    page.goto("/translations/?in=es")
    page.get_by_role("link", name=GUIDE).click()
    write_in_spanish(page)
    press(page, "Save and publish")
    expect(page.get_by_text("Published.")).to_be_visible()

    reader.goto(READ)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Una computadora compartida")
    expect(reader.get_by_text(IN_SPANISH).first).to_be_visible()
    old = reader.locator("a[href='/guides/shared-computer/in/en/']")
    expect(old).to_have_count(1)

    change_the_original(page)

    reader.reload()
    expect(old).to_have_count(2)
    old.first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(GUIDE)
    page.goto("/translations/?in=es")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=GUIDE))
    expect(row.get_by_text("Original has changed")).to_be_visible()
