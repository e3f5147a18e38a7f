"""Feeds are read politely, whatever their servers do."""

import gzip
import multiprocessing
import os
import signal
import threading
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from positivesocials.bench import kills
from positivesocials.core.fetching import Why
from positivesocials.core.jobs import is_chore
from positivesocials.core.refusals import Refused
from positivesocials.core.tests.servers import Answer
from positivesocials.gathering import polling, services
from positivesocials.gathering.models import Entry, Feed, FeedState, Host, Trouble
from positivesocials.gathering.tests.factories import item, make_feed, rss

pytestmark = pytest.mark.django_db


def poll(feed, after=timedelta(0)):
    with time_machine.travel(timezone.now() + after, tick=True):
        Feed.objects.filter(pk=feed.pk).update(next_at=timezone.now())
        polling.poll(feed.pk)
    feed.refresh_from_db()
    return feed


def wait_of(feed):
    return feed.next_at - feed.checked_at


def test_what_is_due_is_read_and_its_entries_wait(feed, site):
    polling.poll_due()

    feed.refresh_from_db()
    assert Entry.objects.count() == 2
    assert (feed.title, feed.site_url, feed.trouble) == ("Harbour news", "https://harbour.example/", "")
    assert timedelta(minutes=53) < wait_of(feed) < timedelta(minutes=67)
    assert site.paths() == ["/robots.txt", "/feed"]


def test_what_is_not_due_or_paused_is_not_asked_for(feed, site):
    Feed.objects.update(next_at=timezone.now() + timedelta(minutes=1))
    polling.poll_due()
    Feed.objects.update(next_at=timezone.now(), state=FeedState.PAUSED)
    polling.poll_due()

    assert site.asked == []


def test_reading_is_work_of_the_housekeeping():
    assert is_chore(polling.poll_due)
    assert is_chore(polling.forget_hosts)


def test_only_what_is_new_is_asked_for(feed, site):
    poll(feed)
    site.pages["/feed"] = Answer(status=304)

    poll(feed, after=timedelta(hours=1))

    asked = site.asked[-1][1]
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == ('"one"', "yesterday")
    assert asked["User-Agent"].startswith("PositiveSocials/")
    assert (feed.trouble, feed.etag, feed.title) == ("", '"one"', "Harbour news")


def test_a_server_says_how_long_its_answer_is_good_for(feed, site):
    site.pages["/feed"].headers["Cache-Control"] = "public, max-age=36000"

    assert wait_of(poll(feed)) > timedelta(hours=8)


@pytest.mark.parametrize("words", ["max-age=99999999999", "max-age=-1", "max-age=x", "max-age=999999999"])
def test_a_server_cannot_silence_its_feed(feed, site, words):
    site.pages["/feed"].headers["Cache-Control"] = words

    assert wait_of(poll(feed)) < timedelta(days=4)


def test_what_nobody_foresaw_in_one_feed_stops_no_other(feed, site):
    origin = "https://harbour.example%5b"
    Host.objects.create(origin=origin, robots="", robots_at=timezone.now())
    broken = make_feed(f"{origin}/feed", next_at=timezone.now() - timedelta(days=1))

    polling.poll_due()

    broken.refresh_from_db()
    assert (Entry.objects.count(), broken.next_at > timezone.now()) == (2, True)


def test_robots_are_asked_once_a_day_and_heard(feed, site):
    site.pages["/robots.txt"] = Answer(b"User-agent: PositiveSocials\nDisallow: /feed\n")

    poll(feed)
    poll(feed, after=timedelta(hours=1))

    assert site.paths() == ["/robots.txt"]
    assert (feed.trouble, feed.failures) == (Trouble.FORBIDDEN, 2)
    site.pages["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /other\n")
    assert poll(feed, after=timedelta(hours=25)).trouble == ""


def test_a_server_whose_rules_nobody_can_read_is_left_alone(feed, site):
    site.pages["/robots.txt"] = Answer(status=500)

    assert poll(feed).trouble == Trouble.FORBIDDEN
    site.pages["/robots.txt"] = Answer(status=404)
    assert poll(feed, after=timedelta(minutes=61)).trouble == ""


@pytest.mark.parametrize(
    ("status", "trouble", "state"),
    [
        (404, Trouble.REFUSED, FeedState.ACTIVE),
        (500, Trouble.REFUSED, FeedState.ACTIVE),
        (401, Trouble.REFUSED, FeedState.ACTIVE),
        (503, Trouble.BUSY, FeedState.ACTIVE),
        (410, Trouble.GONE, FeedState.PAUSED),
    ],
)
def test_an_answer_that_is_no_feed_is_named(feed, site, status, trouble, state):
    site.pages["/feed"] = Answer(status=status)

    poll(feed)

    assert (feed.trouble, feed.state, feed.failures) == (trouble, state, 1)


def test_a_feed_in_trouble_is_asked_ever_more_rarely_and_then_no_more(feed, site):
    site.pages["/feed"] = Answer(status=500)
    waits = [wait_of(poll(feed, after=timedelta(hours=hours))) for hours in range(5)]
    Feed.objects.update(failures=20)
    longest = wait_of(poll(feed, after=timedelta(hours=6)))
    Feed.objects.update(failures=polling.GIVES_UP - 1)

    assert waits == sorted(waits)
    assert waits[4] > timedelta(hours=14)
    assert timedelta(days=2) < longest < timedelta(days=4)
    assert poll(feed, after=timedelta(hours=7)).state == FeedState.PAUSED


def test_a_feed_that_works_again_is_forgiven(feed, site):
    good, site.pages["/feed"] = site.pages["/feed"], Answer(status=500)
    poll(feed)
    site.pages["/feed"] = good

    assert poll(feed, after=timedelta(hours=1)).failures == 0


def test_a_server_that_asks_for_patience_gets_it_for_all_of_its_feeds(feed, site):
    other = make_feed(site.at("/other"))
    site.pages["/feed"] = Answer(status=429, headers={"Retry-After": "36000"})

    assert wait_of(poll(feed)) > timedelta(hours=9)
    poll(other, after=timedelta(hours=1))

    assert "/other" not in site.paths()
    assert other.failures == 0


@pytest.mark.parametrize(
    ("text", "hours"), [("3600", 1), ("9" * 30, 168), ("-5", 0), ("soon", 0), ("", 0), ("²", 0)]
)
def test_patience_has_limits(text, hours):
    assert polling.patience_in(text) == timedelta(hours=hours)


def test_patience_can_be_a_date():
    with time_machine.travel("2026-11-20T10:00:00+00:00", tick=False):
        assert polling.patience_in("Fri, 20 Nov 2026 12:00:00 GMT") == timedelta(hours=2)
        assert polling.patience_in("Fri, 20 Nov 2020 12:00:00 GMT") == timedelta(0)


def test_feeds_added_together_are_not_read_together_for_ever():
    assert len({polling.spread(timedelta(hours=1)) for _ in range(9)}) == 9


def huge(asked):
    asked.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    for _each in range(60):
        asked.wfile.write(b"x" * 100_000)


def no_http(asked):
    asked.wfile.write(b"220 ready\r\n" * 9)


HOSTILE = {
    "huge": (Answer(huge), Trouble.TOO_LARGE),
    "gzip bomb": (
        Answer(gzip.compress(b"<a>" * 4_000_000), headers={"Content-Encoding": "gzip"}),
        Trouble.TOO_LARGE,
    ),
    "xml bomb": (
        Answer(b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel/></rss>'),
        Trouble.NO_FEED,
    ),
    "files of ours": (
        Answer(b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel/></rss>'),
        Trouble.NO_FEED,
    ),
    "circle": (Answer(status=302, headers={"Location": "/feed"}), Trouble.REDIRECTS),
    "metadata": (
        Answer(status=302, headers={"Location": "http://169.254.169.254/latest/"}),
        Trouble.NOT_PUBLIC,
    ),
    "private": (Answer(status=301, headers={"Location": "http://10.0.0.1/feed"}), Trouble.NOT_PUBLIC),
    "not a web address": (Answer(status=301, headers={"Location": "gopher://a.example/"}), Trouble.ADDRESS),
    "a page": (Answer(b"<html><body>words</body></html>"), Trouble.NO_FEED),
    "nothing": (Answer(b""), Trouble.NO_FEED),
    "half": (Answer(b"<rss>", headers={"Content-Length": "99"}), Trouble.NO_ANSWER),
    "no http": (Answer(no_http), Trouble.NO_ANSWER),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_server_is_named_and_nothing_is_kept(feed, site, kind):
    site.pages["/feed"], trouble = HOSTILE[kind]

    poll(feed)

    assert (feed.trouble, feed.failures, Entry.objects.count()) == (trouble, 1, 0)


def test_every_reason_has_its_words():
    assert {why.value for why in Why} <= set(Trouble.values)


def test_an_encoding_that_is_declared_wrongly_is_seen_through(feed, site):
    data = rss(item("Müsli café")).decode().encode("windows-1252")
    site.pages["/feed"] = Answer(data, headers={"Content-Type": "application/rss+xml; charset=utf-8"})

    poll(feed)

    assert Entry.objects.get().title == "Müsli café"


def test_a_feed_that_moved_for_good_is_asked_at_its_new_address(feed, site):
    site.pages["/new"], site.pages["/feed"] = (
        site.pages["/feed"],
        Answer(status=301, headers={"Location": "/new"}),
    )

    assert poll(feed).address == site.at("/new")


def test_a_feed_that_moved_to_one_on_the_list_stays_as_it_is(feed, site):
    make_feed(site.at("/new"))
    site.pages["/new"], site.pages["/feed"] = (
        site.pages["/feed"],
        Answer(status=301, headers={"Location": "/new"}),
    )

    assert poll(feed).address == site.at("/feed")


def test_what_stops_one_feed_stops_no_other(feed, site):
    make_feed("http://127.0.0.1:1/feed", next_at=timezone.now() - timedelta(hours=1))

    polling.poll_due()

    assert Entry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_server_is_asked_one_thing_at_a_time(site):
    site.delay = 0.05
    feeds = [make_feed(site.at(f"/{number}")) for number in range(4)]
    for number in range(4):
        site.pages[f"/{number}"] = Answer(rss(item()))

    def read(pk):
        polling.poll(pk)
        connection.close()

    reading = [threading.Thread(target=read, args=[feed.pk]) for feed in feeds]
    for thread in reading:
        thread.start()
    for thread in reading:
        thread.join()

    assert site.most_at_once == 1
    assert Feed.objects.filter(checked_at=None, failures=0, trouble="").count() == 3


def test_who_was_killed_while_asking_lets_go_after_a_while(feed, site):
    """The row is all that a killed process leaves: held, the feed due, maybe some of its entries there."""
    poll(feed)
    Entry.objects.earliest("arrived_at").delete()
    Host.objects.update(busy_until=timezone.now() + polling.LEASE)

    poll(feed)
    assert Entry.objects.count() == 1
    poll(feed, after=polling.LEASE)

    assert Entry.objects.count() == 2
    assert feed.failures == 0


def test_servers_that_nobody_asks_any_more_are_forgotten(feed):
    poll(feed)
    polling.forget_hosts()
    assert Host.objects.count() == 1

    with time_machine.travel(timezone.now() + Host.KEEP + timedelta(hours=1)):
        polling.forget_hosts()

    assert Host.objects.count() == 0


def test_an_editor_may_have_it_read_now_but_not_all_the_time(feed):
    poll(feed)

    with pytest.raises(Refused):
        services.poll_now(feed)

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        services.poll_now(feed)
        assert Feed.objects.get().next_at <= timezone.now()


def test_a_resumed_feed_starts_afresh(feed):
    services.pause(feed)
    Feed.objects.update(failures=9, trouble=Trouble.BUSY, next_at=timezone.now() + timedelta(days=2))

    services.resume(feed)

    feed.refresh_from_db()
    assert (feed.state, feed.failures, feed.trouble) == (FeedState.ACTIVE, 0, "")
    assert feed.next_at <= timezone.now()


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_while_it_reads_stops_nobody(site):
    """Killed for real, in the middle of the answer: the feed stays due and is read after the lease."""
    data, feed = rss(item(), item()), make_feed(site.at("/feed"))
    site.pages["/feed"] = Answer(data, drip=0.05)
    kills.forget_connections()
    reader = multiprocessing.get_context("fork").Process(target=polling.poll, args=[feed.pk])
    reader.start()
    while "/feed" not in site.paths():
        time.sleep(0.01)
    assert reader.pid
    os.kill(reader.pid, signal.SIGKILL)
    reader.join()
    site.pages["/feed"] = Answer(data)

    polling.poll(feed.pk)
    assert (site.paths().count("/feed"), Entry.objects.count()) == (1, 0)
    with time_machine.travel(timezone.now() + polling.LEASE, tick=True):
        polling.poll(feed.pk)

    assert Entry.objects.count() == 2
