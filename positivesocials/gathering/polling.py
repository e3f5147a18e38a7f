"""Reading feeds when they are due: politely, one thing at a time of each server, whatever that server does.

Who asks a server holds its row for a while; a process that is killed there lets go by not being heard of.
What was read is kept by unique keys, so that reading it again changes nothing.
"""

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from operator import itemgetter
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from positivesocials.core.fetching import Fetched, Limits, NotFetched, Why, fetch, host_of
from positivesocials.core.jobs import every
from positivesocials.gathering import reading, robots, services
from positivesocials.gathering.links import key_of
from positivesocials.gathering.models import Feed, FeedState, Host, Trouble

log = logging.getLogger(__name__)

OFTEN, RARELY = timedelta(hours=1), timedelta(days=3)
LONGEST_PATIENCE = timedelta(days=7)
ROBOTS_FOR, ROBOTS_IN_TROUBLE = timedelta(hours=24), timedelta(hours=1)
# Longer than all that is done while a server is held: its robots.txt, the feed and its reading.
LEASE = timedelta(seconds=180)
BETWEEN = timedelta(seconds=2)
# So many feeds a round, and of one server among them.
AT_ONCE, OF_ONE_HOST = 50, 3
GIVES_UP = 30
LIMITS = Limits(size=reading.LARGEST, seconds=20, redirects=5)
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9,"
    " application/json;q=0.8, */*;q=0.5"
)


class Busy(NotFetched):
    """Somebody is asking this server just now: later, and nobody has failed."""

    def __init__(self) -> None:
        super().__init__(Why.FORBIDDEN)


@every(seconds=30, takes_long=True)
def poll_due() -> None:
    """Read each feed whose time has come. What stops one stops no other."""
    for pk in _this_round():
        try:
            poll(pk)
        except Exception as error:
            # Its class alone: its text may quote another site.
            log.error(f"A feed could not be read: {type(error).__name__}")
            Feed.objects.filter(pk=pk).update(next_at=timezone.now() + spread(OFTEN))


def _this_round() -> list[UUID]:
    """Each server's turn comes once before any server's second: many feeds of one hold up nobody else's.

    Those that are asked just now, or want to be left alone for a while, have none.
    """
    now = timezone.now()
    due = Feed.objects.filter(state=FeedState.ACTIVE, next_at__lte=now).order_by("next_at")
    resting = Host.objects.filter(Q(busy_until__gt=now) | Q(next_at__gt=now))
    skipped = set(resting.values_list("origin", flat=True))
    turns = Counter[str]()
    chosen: list[tuple[int, UUID]] = []
    for pk, address in due.values_list("pk", "address"):
        # Addresses were tidied when they were kept.
        origin = "/".join(address.split("/", 3)[:3])
        turns[origin] += 1
        if origin not in skipped and turns[origin] <= OF_ONE_HOST:
            chosen.append((turns[origin], pk))
    return [pk for _turn, pk in sorted(chosen, key=itemgetter(0))[:AT_ONCE]]


@every(seconds=3600)
def forget_hosts() -> None:
    Host.objects.filter(asked_at__lt=timezone.now() - Host.KEEP).delete()


def poll(pk: UUID) -> None:
    feed = Feed.objects.filter(pk=pk, state=FeedState.ACTIVE, next_at__lte=timezone.now()).first()
    if feed is None:
        return
    held = _Held()
    try:
        got = fetch(feed.address, headers=_asking(feed), limits=LIMITS, may=held.ask)
    except Busy:
        return
    except NotFetched as no:
        _failed(feed, Trouble(no.why.value))
    else:
        _answered(feed, got)
    finally:
        held.let_go()


class _Held:
    """The servers that one reading has asked so far, held until all is over."""

    def __init__(self) -> None:
        self._origins: list[str] = []

    def ask(self, url: str) -> None:
        """Raises Busy where somebody else is asking that server, NotFetched where it wants no programs."""
        origin = host_of(url)
        if origin not in self._origins:
            _hold(origin)
            self._origins.append(origin)
        if not robots.may_read(_rules_of(origin), url):
            raise NotFetched(Why.FORBIDDEN)

    def let_go(self) -> None:
        now = timezone.now()
        Host.objects.filter(origin__in=self._origins).update(busy_until=now + BETWEEN, asked_at=now)


def _hold(origin: str) -> None:
    now = timezone.now()
    if len(origin) > 300:
        raise NotFetched(Why.ADDRESS)
    Host.objects.bulk_create([Host(origin=origin, busy_until=now, next_at=now)], ignore_conflicts=True)
    free = Host.objects.filter(origin=origin, busy_until__lte=now, next_at__lte=now)
    if not free.update(busy_until=now + LEASE, asked_at=now):
        raise Busy


def _rules_of(origin: str) -> str:
    """The server's robots.txt, asked for once a day."""
    host = Host.objects.get(origin=origin)
    now = timezone.now()
    fresh_for = ROBOTS_IN_TROUBLE if host.robots == robots.NOTHING else ROBOTS_FOR
    if host.robots_at and host.robots_at > now - fresh_for:
        return host.robots
    rules = _ask_for_rules(origin)
    Host.objects.filter(origin=origin).update(robots=rules, robots_at=now)
    return rules


def _ask_for_rules(origin: str) -> str:
    try:
        got = fetch(f"{origin}/robots.txt", limits=Limits(size=robots.LARGEST, seconds=10), may=_on(origin))
    except NotFetched as no:
        # Rules that are too long, or lie with another server, are none.
        return "" if no.why in {Why.TOO_LARGE, Why.REDIRECTS, Why.PACKING} else _raised(no)
    return robots.rules_in(got.status, got.body)


def _raised(no: NotFetched) -> str:
    raise no


def _on(origin: str) -> Callable[[str], None]:
    def may(url: str) -> None:
        if host_of(url) != origin:
            raise NotFetched(Why.REDIRECTS)

    return may


def _asking(feed: Feed) -> dict[str, str]:
    asked = {"Accept": ACCEPT, "If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    return {name: value for name, value in asked.items() if value}


def _answered(feed: Feed, got: Fetched) -> None:
    if got.status == 304:
        _read(feed, got)
    elif got.status == 200:
        _keep(feed, got)
    elif got.status == 410:
        _failed(feed, Trouble.GONE, state=FeedState.PAUSED)
    elif got.status in {429, 503}:
        _failed(feed, Trouble.BUSY, patience=patience_in(got.headers.get("Retry-After", "")))
    else:
        _failed(feed, Trouble.REFUSED)


def _keep(feed: Feed, got: Fetched) -> None:
    kind = got.headers.get("Content-Type", "")
    try:
        whole = reading.read(got.body, base=got.url, content_type=kind)
    except reading.NoFeed:
        _failed(feed, Trouble.NO_FEED)
        return
    with transaction.atomic():
        services.keep(feed, whole)
        _read(
            feed,
            got,
            title=feed.title or whole.title,
            site_url=whole.url,
            etag=_header(got, "ETag", 500),
            last_modified=_header(got, "Last-Modified", 100),
        )
    if got.moved_to:
        _move(feed, got.moved_to)


def _header(got: Fetched, name: str, longest: int) -> str:
    value = got.headers.get(name, "")
    # It is sent back as it came, so only what fits on one line of a request.
    return value if len(value) <= longest and value.isascii() and value.isprintable() else ""


def _move(feed: Feed, address: str) -> None:
    try:
        with transaction.atomic():
            Feed.objects.filter(pk=feed.pk).update(address=address, address_key=services.key(key_of(address)))
    except IntegrityError:
        # The new address is on the list already: this one stays as it is.
        return


def _read(feed: Feed, got: Fetched, **told: str) -> None:
    now = timezone.now()
    wait = min(max(OFTEN, _lives(got)), RARELY)
    Feed.objects.filter(pk=feed.pk).update(
        next_at=now + spread(wait), checked_at=now, failures=0, trouble="", **told
    )


def _lives(got: Fetched) -> timedelta:
    """How long the answer is good for, if its server says so."""
    for part in got.headers.get("Cache-Control", "").split(","):
        name, _is, value = part.strip().partition("=")
        if name.lower() == "max-age" and value.isascii() and value.isdigit() and len(value) < 9:
            return timedelta(seconds=int(value))
    return timedelta(0)


def _failed(
    feed: Feed, trouble: Trouble, *, patience: timedelta = timedelta(0), state: FeedState = FeedState.ACTIVE
) -> None:
    """It is asked again, each time later; after many times only when an editor wants it to be."""
    now, failures = timezone.now(), feed.failures + 1
    wait = max(min(OFTEN * 2 ** min(failures - 1, 10), RARELY), patience)
    Feed.objects.filter(pk=feed.pk, state=FeedState.ACTIVE).update(
        state=FeedState.PAUSED if failures >= GIVES_UP else state,
        failures=failures,
        trouble=trouble,
        checked_at=now,
        next_at=now + max(spread(wait), patience),
    )
    if patience:
        Host.objects.filter(origin=host_of(feed.address)).update(next_at=now + patience)


def patience_in(text: str) -> timedelta:
    """What a server asks for in Retry-After, as seconds or as a date, within reason."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST_PATIENCE)
    try:
        moment: datetime = parsedate_to_datetime(text)
        wait = moment - timezone.now()
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
    return max(timedelta(0), min(wait, LONGEST_PATIENCE))


def spread(wait: timedelta) -> timedelta:
    """A tenth sooner or later, so that feeds added together are not read together for ever."""
    return wait * (0.9 + secrets.randbelow(2001) / 10_000)
