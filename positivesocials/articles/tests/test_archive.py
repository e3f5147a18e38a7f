"""News by month, and as feeds for other programs."""

import json

import feedparser
import pytest

from positivesocials.articles.models import NewsPage
from positivesocials.articles.tests.factories import make_news
from positivesocials.gathering.parsing import parse


def text_of(response):
    return response.content.decode()


@pytest.fixture
def two(db):
    make_news(title="In spring", category="Town", published_on="2026-04-30")
    post = make_news(title="In May", category="Services", published_on="2026-05-01")
    NewsPage.objects.filter(pk=post.pk).update(canonical_url="https://harbour.example/may")


def test_the_archive_counts_the_months_that_have_news(client, two):
    make_news(published_on="2026-05-31")

    page = text_of(client.get("/news/archive/"))

    assert page.index("May 2026") < page.index("April 2026")
    assert "2 posts" in page
    assert "1 post<" in page


def test_a_month_shows_its_own_news_only(client, two):
    page = text_of(client.get("/news/archive/2026-05/"))

    assert "In May" in page
    assert "In spring" not in page


@pytest.mark.parametrize("month", ["2026-03", "2026-13", "x", "2026-5", "99999999999-01", "2026-05-01"])
def test_a_month_without_news_is_not_there(client, two, month):
    assert client.get(f"/news/archive/{month}/").status_code == 404


def test_an_empty_archive_says_so(client, db):
    assert "No news yet." in text_of(client.get("/news/archive/"))


def test_a_draft_is_in_no_archive(client, two):
    NewsPage.objects.get(title="In May").unpublish()

    assert "May 2026" not in text_of(client.get("/news/archive/"))
    assert client.get("/news/archive/2026-05/").status_code == 404


@pytest.mark.parametrize("form", ["", "atom/", "rss/", "json/"])
def test_every_form_of_the_feed_is_read_by_others(client, two, form):
    feed = parse(client.get(f"/news/feed/{form}").content)

    assert [entry.title for entry in feed.entries] == ["In May", "In spring"]
    assert feed.entries[0].url == "http://localhost:8000/news/in-may/"
    assert feed.entries[0].published_at.startswith("2026-05-01")


@pytest.mark.parametrize("form", ["", "rss/", "json/"])
def test_a_category_has_feeds_of_its_own(client, two, form):
    feed = parse(client.get(f"/news/in/town/feed/{form}").content)

    assert [entry.title for entry in feed.entries] == ["In spring"]
    assert feed.title.endswith(": Town")


def test_feeds_are_well_formed_and_say_what_they_are(client, two):
    atom, rss = client.get("/news/feed/"), client.get("/news/feed/rss/")

    assert not feedparser.parse(atom.content).bozo
    assert not feedparser.parse(rss.content).bozo
    assert atom["Content-Type"].startswith("application/atom+xml")
    assert rss["Content-Type"].startswith("application/rss+xml")


def test_a_json_feed_names_where_the_whole_of_it_is(client, two):
    response = client.get("/news/feed/json/")

    feed = json.loads(response.content)
    assert response["Content-Type"].startswith("application/feed+json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["external_url"] == "https://harbour.example/may"
    assert "external_url" not in feed["items"][1]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_words_that_look_like_markup_are_words_in_every_feed(client, db, form):
    make_news(standfirst="For people <18 & their <b>friends</b>")

    (entry,) = parse(client.get(f"/news/feed/{form}/").content).entries

    assert entry.html.startswith("For people &lt;18 &amp; their &lt;b&gt;friends&lt;/b&gt;")


@pytest.mark.parametrize("path", ["/news/feed/opml/", "/news/in/nothing/feed/", "/news/in/nothing/feed/rss/"])
def test_a_feed_of_nothing_is_not_there(client, two, path):
    assert client.get(path).status_code == 404


def test_who_has_read_the_feed_gets_nothing_twice(client, two):
    etag = client.get("/news/feed/rss/")["ETag"]

    assert client.get("/news/feed/rss/", headers={"If-None-Match": etag}).status_code == 304


def test_the_list_leads_to_archive_and_feeds(client, two):
    page = text_of(client.get("/news/in/town/"))

    assert "/news/in/town/feed/json/" in page
    assert 'href="/news/archive/"' in page
