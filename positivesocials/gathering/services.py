"""Feeds that editors choose, and entries that they let in. The only code that changes these rows."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.articles import services as articles
from positivesocials.articles.models import NewsPage
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.core.fetching import MOST_PORTS, NotFetched, leads_inside, names_odd_port, tidied
from positivesocials.core.refusals import Refused
from positivesocials.core.words import listed
from positivesocials.gathering import reading
from positivesocials.gathering.links import key_of
from positivesocials.gathering.models import Entry, EntryState, Feed, FeedState
from positivesocials.gathering.parsing import Parsed, Whole

BETWEEN_ASKING = timedelta(minutes=5)
MOST_FEEDS = 500


def key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def add_feed(*, address: str, category: str) -> Feed:
    """The feed is read from now on. Its address is judged again each time it is read."""
    try:
        address = tidied(address)
    except NotFetched:
        raise Refused(_("That is not the address of a feed. An example: https://example.org/feed")) from None
    if leads_inside(address):
        raise Refused(_("This address leads into a private network. A feed has to be public for everybody."))
    if names_odd_port(address):
        ports = listed(str(port) for port in sorted(MOST_PORTS))
        raise Refused(
            _("Feeds are read at the ports of the web alone: %s. This address names another.") % ports
        )
    if Feed.objects.count() >= MOST_FEEDS:
        raise Refused(_("There are %d feeds already. Remove one first.") % MOST_FEEDS)
    try:
        with transaction.atomic():
            return Feed.objects.create(address=address, address_key=key(key_of(address)), category=category)
    except IntegrityError:
        raise Refused(_("This feed is on the list already.")) from None


def pause(feed: Feed) -> None:
    Feed.objects.filter(pk=feed.pk, state=FeedState.ACTIVE).update(state=FeedState.PAUSED)


def resume(feed: Feed) -> None:
    """It is read again soon, and counts as never having failed."""
    fresh = {"state": FeedState.ACTIVE, "failures": 0, "trouble": "", "next_at": timezone.now()}
    Feed.objects.filter(pk=feed.pk, state=FeedState.PAUSED).update(**fresh)


def poll_now(feed: Feed) -> None:
    """It is the next to be read, but no server is asked twice within a few minutes for it."""
    now = timezone.now()
    if feed.checked_at and feed.checked_at > now - BETWEEN_ASKING:
        raise Refused(_("This feed was read a moment ago. Ask again in a few minutes."))
    Feed.objects.filter(pk=feed.pk, state=FeedState.ACTIVE).update(next_at=now)


@transaction.atomic
def remove_feed(feed: Feed, *, by: Account | None) -> None:
    """The feed and the entries that came with it are gone; what was let in stays."""
    _count, gone = Feed.objects.filter(pk=feed.pk).delete()
    if gone.get(Feed._meta.label):
        audit.record(by, verb=Verb.REMOVE_FEED, item=("feed", feed.pk), reason=feed.address)


@transaction.atomic
def keep(feed: Feed, whole: Whole) -> int:
    """What is new waits for an editor; what is known by its id, its address or its words does not.

    Says how many are new. Safe to repeat.
    """
    rows = [_row(feed, each) for each in whole.entries]
    Entry.objects.bulk_create(rows, ignore_conflicts=True)
    return Entry.objects.filter(pk__in=[row.pk for row in rows]).count()


def _row(feed: Feed, each: Parsed) -> Entry:
    url_key = key(key_of(each.url)) if each.url else ""
    return Entry(
        feed=feed,
        guid_key=key(each.guid) if each.guid else url_key or each.fingerprint,
        url_key=url_key,
        fingerprint=each.fingerprint,
        title=each.title,
        url=each.url,
        html=each.html,
        byline=each.byline,
        published_at=_moment(each.published_at),
    )


def _moment(text: str) -> datetime | None:
    """When it was published, if that can be: nothing comes out of the future."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.year > 1990 and moment <= timezone.now() else None


def import_file(path: Path, *, category: str) -> int:
    """The entries of a feed on disk wait for an editor; says how many are new. Raises `NoFeed`."""
    whole = reading.read_file(path)
    named = key(f"file {whole.title} {whole.url}")
    about = {"address": whole.url or path.name, "title": whole.title or path.name, "site_url": whole.url}
    feed, _is_new = Feed.objects.get_or_create(
        address_key=named, defaults={**about, "category": category, "state": FeedState.FILE}
    )
    return keep(feed, whole)


def publish(entry: Entry, *, title: str, category: str, standfirst: str, content_note: str) -> NewsPage:
    """Publish an excerpt that says where it is from and leads there. Once, whoever else presses too."""
    return _let_in(entry, articles.publish_from_elsewhere, title, category, standfirst, content_note)


def make_draft(entry: Entry, *, title: str, category: str, standfirst: str, content_note: str) -> NewsPage:
    """Lay it on the desk as a draft, for words of one's own around it. Once, whoever else presses too."""
    return _let_in(entry, articles.draft_from_elsewhere, title, category, standfirst, content_note)


@transaction.atomic
def _let_in(
    entry: Entry,
    make: Callable[[articles.Elsewhere], NewsPage],
    title: str,
    category: str,
    standfirst: str,
    content_note: str,
) -> NewsPage:
    if not entry.url:
        raise Refused(_("This entry has no address to lead to, so it cannot be let in."))
    _decide(entry.pk, EntryState.LET_IN)
    news = make(
        articles.Elsewhere(
            title=title,
            category=category,
            standfirst=standfirst,
            content_note=content_note,
            url=entry.url,
            source_line=entry.feed.name,
            byline=entry.byline,
            published_on=_day(entry),
            fingerprint=entry.fingerprint,
        )
    )
    Entry.objects.filter(pk=entry.pk).update(news=news)
    return news


def _day(entry: Entry) -> date:
    return timezone.localdate(entry.published_at or entry.arrived_at)


def _decide(pk: UUID, state: EntryState) -> None:
    """One conditional update: of two editors one is first, and the other is told."""
    waiting = Entry.objects.filter(pk=pk, state=EntryState.WAITING)
    if not waiting.update(state=state, decided_at=timezone.now()):
        raise Refused(_("Somebody has decided about this entry already."))


def set_aside(entry: Entry) -> None:
    """It waits no more, and does not come back by itself."""
    _decide(entry.pk, EntryState.ASIDE)


def take_up(entry: Entry) -> None:
    """What was set aside waits again."""
    Entry.objects.filter(pk=entry.pk, state=EntryState.ASIDE).update(
        state=EntryState.WAITING, decided_at=None
    )
