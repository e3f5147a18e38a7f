"""Asking a site for words that stand in closed groups: nothing of such a group comes back, nor that it is."""

import pytest

from tests.permissions.asking import GUEST, VIEWERS, masked
from tests.permissions.canaries import KEPT
from tests.planting import word

NOWHERE = word("nobody: nothing")
CLOSED = {
    kind for kind in KEPT if kind.startswith("closed ") or kind.endswith((" of a group", "for members"))
}
OUTSIDE = [viewer for viewer in VIEWERS if viewer.name in {"guest", "stranger", "blocked", "match"}]


@pytest.fixture
def asked(world):
    words = {text.decode(): planted for text, planted in world.words.planted.items()}
    return {text: planted for text, planted in words.items() if planted.kind in CLOSED}


@pytest.fixture
def slugs(world):
    """Of the group of members only and of that of the invited."""
    found = {str(ids["slug"]) for (_, name), (ids, _) in world.others.items() if name.endswith("by address")}
    assert len(found) == 2
    return found


@pytest.mark.parametrize("path", ["/search/?q={}", "/search/suggest/?q={}"])
@pytest.mark.parametrize("viewer", OUTSIDE, ids=lambda viewer: viewer.name)
def test_who_searches_for_words_of_a_closed_group_finds_nothing_of_it(
    site, world, asked, slugs, viewer, path
):
    for text, planted in asked.items():
        answer = site.ask(viewer, "GET", path.format(text)).content
        told = {found.kind for found in world.words.found_in(answer)} & CLOSED

        assert told <= {planted.kind}, planted
        assert [slug for slug in slugs if slug.encode() in answer] == []


@pytest.mark.parametrize("viewer", OUTSIDE, ids=lambda viewer: viewer.name)
def test_a_name_is_no_address_of_a_closed_group(site, asked, viewer):
    nothing = masked(site.ask(viewer, "GET", f"/groups/{NOWHERE}/"), {"slug": NOWHERE})

    for text in asked:
        assert masked(site.ask(viewer, "GET", f"/groups/{text}/"), {"slug": text}) == nothing


@pytest.mark.parametrize("path", ["/sitemap.xml", "/robots.txt", "/news/feed/", "/.well-known/instance.json"])
def test_what_machines_read_names_no_closed_group(site, world, slugs, path):
    told = site.ask(GUEST, "GET", path).content

    assert [planted for planted in world.words.found_in(told) if planted.kind in CLOSED] == []
    assert [slug for slug in slugs if slug.encode() in told] == []
