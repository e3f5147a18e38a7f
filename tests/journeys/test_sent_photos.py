"""A photo between two people: blurred until it is tapped, shown to these two, and gone once taken back."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_meeting import match, newcomer


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "lake.png"
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(path)
    return path


@pytest.mark.parametrize(
    ("screen", "scripts"), [(PHONE, False), (DESKTOP, True)], ids=["phone without scripts", "desktop"]
)
def test_a_photo_is_sent_seen_and_taken_back(visit, picture, screen, scripts):
    plum, ember = (newcomer(visit(screen, scripts=scripts), name) for name in ("Plum", "Ember"))
    match(plum, ember)

    people.follow(plum.page, "Send a photo")
    plum.page.get_by_label("Picture").set_input_files(picture)
    plum.page.get_by_label("Words with it").fill("The lake before the rain")
    plum.page.get_by_label("How long can they see it?").select_option("For one day")
    people.press(plum.page, "Send the photo")
    expect(plum.page).to_have_url(re.compile("/conversations/.{36}/"))

    if not scripts:
        ember.page.reload()
    line = ember.page.locator(".msg").filter(has_text="The lake before the rain")
    expect(line).to_contain_text("Can be seen until")
    photo = line.get_by_role("img", name="A photo, blurred")
    sharp = str(line.locator("a.sent").get_attribute("href"))
    expect(photo).to_be_visible()
    if scripts:
        photo.click()
        expect(line.get_by_role("img", name="A photo", exact=True)).to_be_visible()

    assert ember.page.request.get(sharp).status == 200
    assert visit().request.get(sharp, max_redirects=0).status == 302

    mine = plum.page.locator(".msg.mine").filter(has_text="The lake before the rain")
    mine.get_by_role("link", name="Take back").click()
    people.press(plum.page, "Take it back")
    assert ember.page.request.get(sharp).status == 404
    ember.page.reload()
    expect(ember.page.locator("a.sent")).to_have_count(0)
