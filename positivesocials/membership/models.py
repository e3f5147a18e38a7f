from datetime import timedelta

from django.conf import settings
from django.db import models

from positivesocials.core.keeping import ACCOUNT, SITE, coded, keeps, members, public
from positivesocials.core.models import Row

FREE_UNTIL = 100_000
ACTIVE_WITHIN = timedelta(days=30)
TERMS_VERSION = "2026-11"


@keeps(
    members("account", "accepted_at", why="shows who accepted the terms, and when"),
    coded("version", why="which terms"),
    until=ACCOUNT,
)
class TermsAccepted(Row):
    """Which version of the terms an account accepted, and when."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="terms")
    version = models.CharField(max_length=10)
    accepted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "version"], name="membership_terms_once")]


@keeps(public("counted_on", "members", why="the count to 100,000, in public"), until=SITE)
class MemberCount(Row):
    """Active members as of one midnight (UTC)."""

    counted_on = models.DateField(unique=True)
    members = models.PositiveIntegerField()
