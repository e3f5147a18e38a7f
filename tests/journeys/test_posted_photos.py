"""A picture in a group: added by the keyboard, opened by a member, kept from guests, gone with its post."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE

IN_IT = "Rain on a lake"


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "lake.png"
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(path)
    return path


def press_by_key(page, name):
    """As a keyboard does: the button has the focus, and Enter is pressed."""
    button = page.get_by_role("main").get_by_role("button", name=name, exact=True).first
    button.focus()
    page.keyboard.press("Enter")


def add_picture(author, picture, text):
    """By the keyboard, at first without words: that is refused, and what was typed stays."""
    author.locator("#photos > summary").focus()
    author.keyboard.press("Enter")
    author.get_by_label("Picture", exact=True).set_input_files(picture)
    press_by_key(author, "Add this picture")
    expect(author.get_by_text("Say in a sentence what is in the picture.").first).to_be_visible()
    author.get_by_label("Picture", exact=True).set_input_files(picture)
    author.get_by_label("What is in the picture?").fill(IN_IT)
    press_by_key(author, "Add this picture")
    expect(author.get_by_role("img", name=IN_IT)).to_be_visible()
    expect(author.get_by_label("Your post")).to_have_value(text)
    author.get_by_label(re.compile("^Title")).press("Enter")
    expect(author.get_by_role("heading", name="This is how it will look")).to_be_visible()
    expect(author.get_by_role("img", name=IN_IT).first).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "scripts"), [(PHONE, False), (DESKTOP, True)], ids=["phone without scripts", "desktop"]
)
def test_a_picture_is_posted_opened_and_erased(visit, picture, screen, scripts):
    author, reader = visit(screen, scripts=scripts), visit(screen, scripts=scripts)
    people.come_in_by_card(author, "moderator")
    people.come_in_by_card(reader, "partner")
    reader.goto("/groups/welcome/join/")
    reader.get_by_label("I have read how people talk here").check()
    people.press(reader, "Join")

    text = people.unlike("The lake, at last")
    author.goto("/groups/welcome/write/")
    author.get_by_label("Your post").fill(text)
    author.get_by_role("radio", name=re.compile("The name people know you by")).check()
    add_picture(author, picture, text)
    press_by_key(author, "Post")
    expect(author).to_have_url(re.compile("/groups/welcome/.{36}/$"))
    where = author.url

    reader.goto(where)
    link = reader.locator("a.sent")
    sharp = str(link.get_attribute("href"))
    expect(link).to_have_accessible_description(IN_IT)
    expect(reader.get_by_role("img", name="A picture, blurred")).to_be_visible()
    if scripts:
        link.focus()
        reader.keyboard.press("Enter")
        expect(reader.get_by_role("img", name="A picture", exact=True)).to_be_visible()
        expect(reader).to_have_url(where)
    else:
        # In a page of its own: browsers dress a picture alone in a style, which its sandbox refuses aloud.
        with reader.context.expect_page() as alone:
            link.click(modifiers=["Control"])
        expect(alone.value).to_have_url(re.compile(f"{re.escape(sharp)}$"))
    assert reader.request.get(sharp).headers["content-type"] == "image/webp"

    guest = visit(screen, scripts=scripts)
    guest.goto(where)
    expect(guest.get_by_text("Pictures are for members of the group.")).to_be_visible()
    assert guest.request.get(sharp, max_redirects=0).status == 302

    people.follow(author, "Remove this post")
    press_by_key(author, "Remove it")
    expect(author).to_have_url(re.compile("/groups/welcome/$"))
    assert reader.request.get(sharp).status == 404
    reader.goto(where)
    expect(reader.locator("a.sent")).to_have_count(0)
