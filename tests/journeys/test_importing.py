"""A text comes in as news, beside the running server, and a guest replies to it."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import PHONE, ROOT
from tests.journeys.test_guests import reply


def bring_in(site, file) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "positivesocials.config.cli", "import-article", str(file)],
        env={**os.environ, "POSITIVESOCIALS_DATA": str(site.data), "POSITIVESOCIALS_DEMO": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_first_article_is_brought_in_read_and_replied_to(visit, site, shared_data):
    origin = shared_data / "origin_page.txt"
    title, _bar, category = origin.read_text().splitlines()[0].partition("|")

    said = bring_in(site, origin)
    assert "Nothing changed" in bring_in(site, origin)

    page, address, words = visit(PHONE), people.new_address("reader"), people.unlike("I read it twice")
    page.goto("/")
    people.follow(page, title.strip())
    expect(page.get_by_role("heading", level=1)).to_have_text(title.strip())
    expect(page.get_by_role("main")).to_contain_text(category.removesuffix(" News").strip())
    expect(page.get_by_text("Your e-mail address will not be published")).to_be_visible()
    expect(page.get_by_role("heading", name="Keep in touch with the community")).to_be_visible()
    expect(page.get_by_role("link", name="Register now")).to_be_visible()
    assert urlsplit(page.url).path in said

    reply(page, address, words)
    expect(page.get_by_role("article").filter(has_text=words).last).to_contain_text("Awaiting moderation")
    moderator = visit()
    people.come_in_by_card(moderator, "moderator")
    people.moderate(moderator, words, decide="Publish")
    visitor = visit(PHONE, scripts=False)
    visitor.goto(page.url)
    expect(visitor.get_by_text(words)).to_be_visible()
