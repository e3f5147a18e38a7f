"""An editor writes a guide in blocks; what is kept is Markdown, and it changes exactly where they wrote."""

import re
import sqlite3
from contextlib import closing
from io import BytesIO

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from positivesocials.articles import guides
from tests.journeys.conftest import PHONE, Site
from tests.journeys.people import come_in_by_card, unlike


def shipped(name: str) -> str:
    return guides.front_matter((guides.GUIDES / f"{name}.md").read_text(encoding="utf-8"))[1]


def kept(site: Site, name: str) -> tuple[int, str]:
    """The number of a guide and its text, as it lies in the database."""
    query = "select id, text from articles_guidepage join wagtailcore_page on id = page_ptr_id where slug = ?"
    with closing(sqlite3.connect(site.data / "main.sqlite3", timeout=20)) as rows:
        number, text = rows.execute(query, [name]).fetchone()
        return int(number), str(text)


def open_at_desk(page: Page, site: Site, name: str) -> None:
    page.goto(f"/desk/pages/{kept(site, name)[0]}/edit/")
    expect(blocks(page).first).to_be_visible()


def blocks(page: Page) -> Locator:
    return page.locator("[name^='text-'][name$='-type']:not([name*='-value-'])").locator("xpath=..")


def add_block(page: Page, kind: str) -> Locator:
    """Below all others."""
    text = page.locator("section", has=page.locator("[name=text-count]")).last
    text.get_by_title("Insert a block").last.click()
    page.get_by_role("option", name=kind, exact=True).click()
    return blocks(page).last


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish").first.click()
    expect(page.get_by_text(re.compile("published", re.IGNORECASE)).first).to_be_visible()


def test_an_editor_adds_a_warning_and_claims_and_the_rest_stays_as_it_was(visit, site):
    page, words = visit(), unlike("Call at once")
    text = shipped("trust")
    come_in_by_card(page, "editor")
    open_at_desk(page, site, "trust")

    warning = add_block(page, "Warning")
    warning.get_by_role("textbox").fill(f"{words}: ")
    warning.get_by_role("button", name="Insert a claim").click()
    page.get_by_role("searchbox", name="Search").fill("hiv pep start within")
    page.get_by_role("dialog").get_by_role("button", name="hiv.after-contact.pep-start").click()
    claims = add_block(page, "Claims")
    claims.get_by_label("Shows").select_option(label="Treatment")
    claims.locator("select").last.select_option(label="HIV")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text(re.compile("has been updated|saved", re.IGNORECASE)).first).to_be_visible()

    desk = page.url
    page.goto(desk.replace("/edit/", "/view_draft/"))
    expect(page.get_by_role("group").filter(has_text=words)).to_contain_text("72 hours")
    expect(page.get_by_role("table").last).to_contain_text("HIV")
    page.goto(desk)
    publish(page)

    box = f"::: warning\n{words}: {{{{hiv.after-contact.pep-start}}}}\n:::"
    assert kept(site, "trust")[1] == f"{text}\n\n{box}\n\n{{{{table treatment hiv}}}}"


def a_picture() -> dict[str, object]:
    file = BytesIO()
    Image.new("RGB", (640, 360), "#2b7561").save(file, "PNG")
    return {"name": "IMG_1234.png", "mimeType": "image/png", "buffer": file.getvalue()}


def test_an_editor_shows_a_picture_in_a_guide_once_it_is_in_words(visit, site):
    page, reader, words = visit(), visit(PHONE), unlike("Two cups on a table")
    text = shipped("dating")
    come_in_by_card(page, "editor")
    open_at_desk(page, site, "dating")

    add_block(page, "Picture").get_by_role("button", name="Choose or add a picture").click()
    chooser = page.get_by_role("dialog")
    chooser.get_by_role("tab", name="Add a picture").click()
    chooser.locator("[type=file]").set_input_files(a_picture())
    chooser.get_by_label("What the picture shows").fill("   ")
    page.get_by_role("button", name="Add this picture").click()
    expect(page.get_by_text("This field is required.")).to_be_visible()
    chooser.locator("[type=file]").set_input_files(a_picture())
    chooser.get_by_label("What the picture shows").fill(words)
    page.get_by_role("button", name="Add this picture").click()
    expect(blocks(page).last).to_contain_text(words)
    publish(page)

    reader.goto("/guides/dating/")
    picture = reader.get_by_role("img", name=words)
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 640)
    assert picture.bounding_box()["width"] <= 390
    key = str(picture.get_attribute("src")).rsplit("/", 1)[1].removesuffix(".webp")
    assert kept(site, "dating")[1] == f"{text}\n\n![](picture:{key})"
    # It is there again at the desk, and nothing stands against saving it once more.
    open_at_desk(page, site, "dating")
    expect(blocks(page).last).to_contain_text(words)
    publish(page)
    assert kept(site, "dating")[1] == f"{text}\n\n![](picture:{key})"
