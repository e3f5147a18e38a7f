from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.articles.models import NewsPage
from positivesocials.core.keeping import Until, keeps, members, public, secret
from positivesocials.core.models import Row

FEED = Until("feed", "an editor removes the feed", by="gathering.services.remove_feed")
ENTRY = Until("feed_entry", "its feed is removed", goes_with="gathering.Feed")
HOST = Until(
    "gathering_host",
    "after it was last asked",
    after=".KEEP",
    by="gathering.polling.forget_hosts",
    what=_("Servers that feeds are read from"),
)


class Trouble(models.TextChoices):
    """Why a feed was not read the last time: the class of the error, and nothing of its text."""

    NONE = "", _("Nothing")
    ADDRESS = "address", _("Its address leads nowhere that can be read")
    NOT_PUBLIC = "not_public", _("Its address leads into a private network")
    NO_ANSWER = "no_answer", _("Its server does not answer")
    TOO_SLOW = "too_slow", _("Its server takes too long")
    TOO_LARGE = "too_large", _("It is larger than 5 MB")
    REDIRECTS = "redirects", _("Its address leads on and on")
    PACKING = "packing", _("It is packed in a way that cannot be opened")
    FORBIDDEN = "forbidden", _("Its server asks programs to stay away")
    BUSY = "busy", _("Its server asked for patience")
    REFUSED = "refused", _("Its server answered with an error")
    GONE = "gone", _("Its server says that it is gone for good")
    NO_FEED = "no_feed", _("What is there is no feed")


class FeedState(models.TextChoices):
    ACTIVE = "active", _("Read regularly")
    PAUSED = "paused", _("Paused")
    FILE = "file", _("Read from a file")


@keeps(
    public(
        "address", "site_url", "title", "category", why="where news comes from, and what it is filed under"
    ),
    members("state", "next_at", "checked_at", "added_at", why="when it is read"),
    members("failures", "trouble", why="a feed in trouble is asked ever more rarely"),
    secret("address_key", "etag", "last_modified", why="read once only, and only what is new"),
    until=FEED,
)
class Feed(Row):
    """A feed of another site that an editor has chosen."""

    address = models.TextField(max_length=2000)
    address_key = models.CharField(max_length=64, unique=True)
    site_url = models.TextField(max_length=2000, blank=True)
    title = models.CharField(max_length=250, blank=True)
    category = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=FeedState.choices, default=FeedState.ACTIVE)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    next_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=12, choices=Trouble.choices, blank=True, default="")

    class Meta:
        verbose_name = _("feed")
        indexes = [models.Index(fields=["state", "next_at"], name="gathering_feed_due")]

    @property
    def name(self) -> str:
        return self.title or self.address

    @property
    def is_active(self) -> bool:
        return self.state == FeedState.ACTIVE

    @property
    def is_paused(self) -> bool:
        return self.state == FeedState.PAUSED


class EntryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    LET_IN = "let_in", _("Let in")
    ASIDE = "aside", _("Set aside")


@keeps(
    public("feed", "title", "url", "html", "byline", "published_at", why="what another site has published"),
    members("state", "arrived_at", "decided_at", "news", why="what an editor made of it"),
    secret("guid_key", "url_key", "fingerprint", why="the same news waits once"),
    until=ENTRY,
)
class Entry(Row):
    """One piece of news from a feed, cleaned when it was read. An editor decides about it, once."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="entries")
    guid_key = models.CharField(max_length=64)
    url_key = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=250)
    url = models.TextField(max_length=2000, blank=True)
    html = models.TextField(blank=True)
    byline = models.CharField(max_length=120, blank=True)
    published_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.WAITING)
    decided_at = models.DateTimeField(null=True)
    news = models.OneToOneField(NewsPage, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("entry")
        constraints = [
            models.UniqueConstraint(fields=["feed", "guid_key"], name="gathering_entry_guid_once"),
            models.UniqueConstraint(
                fields=["url_key"], condition=~models.Q(url_key=""), name="gathering_entry_url_once"
            ),
        ]
        indexes = [models.Index(fields=["state", "-arrived_at"], name="gathering_entry_waiting")]

    @property
    def is_waiting(self) -> bool:
        return self.state == EntryState.WAITING

    @property
    def is_let_in(self) -> bool:
        return self.state == EntryState.LET_IN


@keeps(
    public("origin", "robots", why="what a server lets programs read"),
    members("robots_at", "busy_until", "next_at", "asked_at", why="a server is asked one thing at a time"),
    until=HOST,
)
class Host(Row):
    """A server that is asked for feeds: its rules for programs, and whether somebody is asking just now."""

    KEEP = timedelta(days=30)

    origin = models.CharField(max_length=300, unique=True)
    robots = models.TextField(blank=True)
    robots_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(default=timezone.now)
    next_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("host")
