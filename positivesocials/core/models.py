"""Technical rows that belong to no context: the shape of every row, this instance, rate limits."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import SITE, Until, keeps, members, public, secret

COUNTED = Until(
    "rate_limit_counts",
    "after the count began",
    after="core.rates.KEEP",
    by="core.rates.forget_old_counts",
    what=_("Counts against misuse"),
)
FIRST_LINK = Until("first_link", "the first operator has used it", by="home.services.become_first_operator")


class Row(models.Model):
    """Every row has a random id before it is inserted: sealed fields are bound to it, and nothing counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)

    class Meta:
        abstract = True


@keeps(
    public("name", "operator", "contact", "address", "country", why="says who runs this site"),
    members("only", "is_demo", why="this is one site, and a demo or not for ever"),
    members("legal_read_at", "mail_tested_at", "opened_at", why="what is left to do before the site opens"),
    secret("first_link_hash", why="the console's link makes the first operator", until=FIRST_LINK),
    until=SITE,
)
class Instance(Row):
    """This installation. One row, made at the first migration of a demo or by the first operator."""

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    name = models.CharField(max_length=60, default="PositiveSocials")
    operator = models.CharField(max_length=120, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    address = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    is_demo = models.BooleanField(default=False)
    first_link_hash = models.CharField(max_length=64, blank=True)
    legal_read_at = models.DateTimeField(null=True, blank=True)
    mail_tested_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=1), name="core_instance_only_one"),
        ]


@keeps(
    secret("key", why="counts tries of one caller, account or address for a day, without naming it"),
    members("window_at", "count", why="how many tries there were"),
    until=COUNTED,
)
class RateCount(Row):
    """How often a keyed subject did something in one window. The key changes daily; it is no address."""

    key = models.CharField(max_length=64)
    window_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_at"], name="core_ratecount_once")]
        indexes = [models.Index(fields=["window_at"])]
