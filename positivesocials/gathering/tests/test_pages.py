"""Sources, as editors see them: everything by plain forms."""

import pytest

from positivesocials.articles.models import NewsPage
from positivesocials.gathering import services
from positivesocials.gathering.models import Entry, EntryState, Feed, FeedState, Trouble
from positivesocials.gathering.tests.factories import item, make_entry, make_feed, whole

LET_IN = {"title": "A headline", "category": "Town", "standfirst": "In short.", "content_note": "Of grief."}
ADDRESS = "https://harbour.example/feed"


@pytest.fixture
def browser(signed_in, edda):
    return signed_in(edda)


def text_of(response):
    return response.content.decode()


def test_an_editor_adds_pauses_resumes_and_removes_a_feed(browser):
    browser.post("/sources/add/", {"address": ADDRESS, "category": "Town"})
    feed = Feed.objects.get()
    states = []
    for act in ("pause", "resume"):
        browser.post(f"/sources/{feed.pk}/{act}/")
        states.append(Feed.objects.get().state)

    assert states == [FeedState.PAUSED, FeedState.ACTIVE]
    assert "Remove this feed?" in text_of(browser.get(f"/sources/{feed.pk}/remove/"))
    assert Feed.objects.exists()
    browser.post(f"/sources/{feed.pk}/remove/")
    assert not Feed.objects.exists()


def test_a_form_with_nothing_in_it_says_what_is_missing(browser):
    response = browser.post("/sources/add/", {"address": ADDRESS})

    assert response.status_code == 422
    assert ADDRESS in text_of(response)
    assert "Fill in: Category." in text_of(response)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "2130706433", "0x7f000001", "10.1.2.3", "192.168.0.9", "169.254.169.254"),
        *("100.64.0.1", "0.0.0.0", "[::1]", "[fe80::1]", "[fd00::1]", "[::ffff:10.0.0.1]", "１２７.0.0.1"),
        *("localhost", "LOCALHOST.", "feeds.localhost", "nas.local", "wiki.internal", "box.home.arpa", "nas"),
    ],
)
def test_a_feed_inside_a_private_network_is_refused_when_it_is_added(browser, host):
    response = browser.post("/sources/add/", {"address": f"http://{host}:8080/feed", "category": "Town"})

    assert response.status_code == 422
    assert "private network" in text_of(response)
    assert "Town" in text_of(response)
    assert not Feed.objects.exists()


def test_a_feed_at_a_port_where_none_is_read_is_refused_when_it_is_added(browser):
    response = browser.post(
        "/sources/add/", {"address": "https://harbour.example:25/feed", "category": "Town"}
    )

    assert response.status_code == 422
    assert "ports of the web alone: 80, 443, 8080, 8443." in text_of(response)
    assert not Feed.objects.exists()


@pytest.mark.parametrize("host", ["harbour.example", "local.example.org", "9.9.9.9", "[2620:fe::fe]"])
def test_a_public_address_is_taken_whatever_it_resembles(browser, host):
    browser.post("/sources/add/", {"address": f"https://{host}/feed", "category": "Town"})

    assert Feed.objects.exists()


def test_a_feed_in_trouble_says_so_in_words(browser):
    make_feed(ADDRESS, trouble=Trouble.NOT_PUBLIC)

    assert "Its address leads into a private network." in text_of(browser.get("/sources/"))


def test_an_entry_shows_its_beginning_and_its_source(browser):
    entry = make_entry(
        text="&lt;p onclick='x'&gt;One &lt;b&gt;two&lt;/b&gt;&lt;/p&gt;&lt;script&gt;qwerty&lt;/script&gt;"
    )

    page = text_of(browser.get(f"/sources/entries/{entry.pk}/"))

    assert "One two" in page
    assert "qwerty" not in page
    assert f'href="{entry.url}" rel="nofollow noopener noreferrer external"' in page


def test_an_entry_is_published_with_what_the_editor_wrote(browser, client):
    entry = make_entry()

    browser.post(f"/sources/entries/{entry.pk}/publish/", LET_IN)

    page = text_of(client.get("/news/a-headline/"))
    assert "Of grief." in page
    assert "See it where it stands" in text_of(browser.get(f"/sources/entries/{entry.pk}/"))


def test_an_entry_becomes_a_draft(browser):
    browser.post(f"/sources/entries/{make_entry().pk}/draft/", LET_IN)

    assert not NewsPage.objects.get().live


@pytest.mark.parametrize("act", ["publish", "draft"])
def test_a_form_that_lacks_something_lets_nothing_in(browser, act):
    response = browser.post(f"/sources/entries/{make_entry().pk}/{act}/", {**LET_IN, "standfirst": ""})

    assert response.status_code == 422
    assert "Of grief." in text_of(response)
    assert Entry.objects.get().state == EntryState.WAITING


def test_the_second_editor_is_told(browser):
    entry = make_entry()
    services.set_aside(entry)

    response = browser.post(f"/sources/entries/{entry.pk}/publish/", LET_IN)

    assert response.status_code == 409
    assert "Somebody has decided about this entry already." in text_of(response)


def test_what_was_set_aside_is_found_and_waits_again(browser):
    entry = make_entry(title="Put by")
    browser.post(f"/sources/entries/{entry.pk}/aside/")

    assert "Put by" not in text_of(browser.get("/sources/entries/"))
    assert "Put by" in text_of(browser.get("/sources/entries/?show=aside"))
    browser.post(f"/sources/entries/{entry.pk}/take-up/")
    assert "Put by" in text_of(browser.get("/sources/entries/?show=nonsense&page=x"))


def test_lists_cost_the_same_whatever_their_length(browser, django_assert_max_num_queries):
    services.keep(make_feed(), whole(*(item() for _ in range(3))))
    for path in ("/sources/", "/sources/entries/"):
        browser.get(path)
        with django_assert_max_num_queries(25) as queries:
            browser.get(path)
        few = len(queries)
        for _each in range(3):
            services.keep(make_feed(), whole(*(item() for _ in range(3))))
        with django_assert_max_num_queries(few):
            browser.get(path)


def test_sources_are_not_there_for_members(signed_in, ada):
    assert signed_in(ada).get("/sources/").status_code == 404
