"""What is known is known again, and what waits is let in once."""

import threading

import pytest
from django.db import connection

from positivesocials.articles.models import NewsPage
from positivesocials.audit.models import AuditRecord, Verb
from positivesocials.core.refusals import Refused
from positivesocials.gathering import reading, selectors, services
from positivesocials.gathering.models import Entry, EntryState, Feed, FeedState
from positivesocials.gathering.tests.factories import item, make_entry, make_feed, rss, whole

LET_IN = {"title": "A headline", "category": "Town", "standfirst": "In short.", "content_note": ""}


def text_of(response):
    return response.content.decode()


def test_the_same_feed_read_twice_brings_nothing_new(db):
    feed, read = make_feed(), whole(item(), item())

    assert [services.keep(feed, read), services.keep(feed, read)] == [2, 0]


def test_a_guid_is_known_again_when_all_else_has_changed(db):
    feed = make_feed()
    services.keep(feed, whole(item(guid="tag:1")))

    assert services.keep(feed, whole(item(guid="tag:1"))) == 0


def test_a_guid_of_another_feed_is_another(db):
    services.keep(make_feed(), whole(item(guid="1")))

    assert services.keep(make_feed(), whole(item(guid="1"))) == 1


def test_an_address_is_known_again_in_any_feed_and_with_whatever_tracks(db):
    services.keep(make_feed(), whole(item(link="https://a.example/b?id=1")))

    assert services.keep(make_feed(), whole(item(link="http://www.a.example/b/?utm_source=x&amp;id=1"))) == 0


def test_the_same_words_under_the_same_title_are_known_again_in_any_feed(db):
    text = "The clinic at the harbour opens on Saturdays again, without an appointment, from nine to one."
    services.keep(make_feed(), whole(item("Open again", text=text)))

    again = whole(item("Open  AGAIN", text=f"&lt;p&gt;{text}&lt;/p&gt;"), item("Weekly", text="Short."))

    assert services.keep(make_feed(), again) == 1


def test_short_texts_that_are_alike_are_not_the_same_news(db):
    feed = make_feed()

    assert services.keep(feed, whole(*[item("Weekly", text="This week.") for _ in range(2)])) == 2


def test_nothing_is_from_the_future(db):
    feed = make_feed()

    services.keep(feed, whole(f"{item()}<pubDate>Fri, 20 Nov 2099 10:00:00 GMT</pubDate>"))

    assert Entry.objects.get().published_at is None


def test_an_address_is_on_the_list_once(db):
    make_feed("https://harbour.example/feed")

    with pytest.raises(Refused):
        services.add_feed(address="http://www.harbour.example/feed/", category="Town")


@pytest.mark.parametrize("address", ["", "harbour", "file:///etc/passwd", "http://a:b@harbour.example/"])
def test_what_is_no_address_is_no_feed(db, address):
    with pytest.raises(Refused):
        services.add_feed(address=address, category="Town")


def test_a_published_entry_names_its_source_and_leads_there(db, client):
    entry = make_entry(make_feed(title="The Harbour Times"), link="https://harbour.example/whole")

    news = services.publish(entry, **{**LET_IN, "content_note": "Tells of violence."})

    page = text_of(client.get(news.path_here))
    assert 'href="https://harbour.example/whole" rel="nofollow noopener noreferrer external"' in page
    assert "An excerpt from <bdi>The Harbour Times</bdi>" in page
    assert page.index("Tells of violence.") < page.index('class="lead"')
    assert "In short." in page
    assert "told at some length" not in page


def test_a_draft_lies_on_the_desk_and_no_reader_sees_it(db, client):
    news = services.make_draft(make_entry(), **LET_IN)

    assert not news.live
    assert news.latest_revision.content["canonical_url"].startswith("https://harbour.example/")
    assert client.get(news.path_here).status_code == 404
    news.latest_revision.publish()
    assert "A headline" in text_of(client.get(news.path_here))


@pytest.mark.parametrize("act", [services.publish, services.make_draft])
def test_an_entry_is_let_in_once(db, act):
    entry = make_entry()
    services.publish(entry, **LET_IN)

    with pytest.raises(Refused):
        act(entry, **LET_IN)

    assert NewsPage.objects.count() == 1


def test_news_that_came_back_with_a_feed_added_anew_is_not_published_twice(db):
    feed = make_feed("https://harbour.example/feed")
    entry = make_entry(feed, title="A", link="https://harbour.example/a", text="B")
    services.publish(entry, **LET_IN)
    services.remove_feed(feed, by=None)
    again = make_entry(
        make_feed("https://harbour.example/feed"), title="A", link="https://harbour.example/a", text="B"
    )

    with pytest.raises(Refused):
        services.publish(again, **LET_IN)

    again.refresh_from_db()
    assert again.is_waiting


def test_who_removed_a_feed_is_on_record_once(db, edda):
    feed = make_feed("https://harbour.example/feed")

    services.remove_feed(feed, by=edda)
    services.remove_feed(feed, by=edda)

    row = AuditRecord.objects.get(verb=Verb.REMOVE_FEED)
    assert (row.actor_id, row.reason) == (edda.pk, "https://harbour.example/feed")


def test_what_was_let_in_stays_when_its_feed_goes(db, client):
    entry = make_entry()
    news = services.publish(entry, **LET_IN)

    services.remove_feed(entry.feed, by=None)

    assert not Entry.objects.exists()
    assert client.get(news.path_here).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_press_at_once_publish_it_once():
    entry = make_entry()
    services.publish(make_entry(), **{**LET_IN, "title": "The shelf is there"})
    ready, said = threading.Barrier(2), []

    def press():
        ready.wait()
        try:
            services.publish(entry, **LET_IN)
            said.append("published")
        except Refused:
            said.append("refused")
        finally:
            connection.close()

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()

    assert sorted(said) == ["published", "refused"]
    assert NewsPage.objects.filter(title="A headline").count() == 1


def test_without_an_address_there_is_nothing_to_lead_to(db):
    entry = make_entry()
    Entry.objects.update(url="")
    entry.refresh_from_db()

    with pytest.raises(Refused):
        services.publish(entry, **LET_IN)

    entry.refresh_from_db()
    assert entry.is_waiting


def test_what_was_set_aside_can_wait_again(db):
    entry = make_entry()
    services.set_aside(entry)
    with pytest.raises(Refused):
        services.publish(entry, **LET_IN)

    services.take_up(entry)

    assert services.publish(entry, **LET_IN)
    services.take_up(entry)
    assert Entry.objects.get().state == EntryState.LET_IN


def test_an_excerpt_ends_between_two_words(db):
    entry = make_entry(text="&lt;p&gt;" + "harbour, " * 200)

    excerpt = selectors.excerpt(entry)

    assert len(excerpt) <= selectors.EXCERPT + 1
    assert excerpt.endswith("harbour…")


def test_a_feed_from_a_file_waits_too_and_is_never_asked_for(db, tmp_path):
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(item(), item()))

    assert [services.import_file(file, category="Town") for _ in range(2)] == [2, 0]

    feed = Feed.objects.get()
    assert (feed.state, feed.title) == (FeedState.FILE, "Harbour news")
    with pytest.raises(reading.NoFeed):
        services.import_file(tmp_path / "nothing.xml", category="Town")
