"""What operators changed about helplines, and the country whose lines an account wants to be shown."""

from django.conf import settings
from django.db import models

from positivesocials.care.helplines import KINDS
from positivesocials.core import countries
from positivesocials.core.keeping import ACCOUNT, SITE, Until, keeps, members, public, sealed
from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedText

EMPTIED = Until("help_country", "its account chooses none", by="care.services.choose_country")


@keeps(
    public("key", "country", "service", "kind", "phone", "other_ways", "hours", "url", why="who to call"),
    public("checked_on", "is_withdrawn", "version", why="whether it may be relied on, and is shown"),
    public("checked_by", why="who stands behind it"),
    members("checked_by_id", why="which operator stands behind it"),
    until=SITE,
)
class OwnLine(Row):
    """A helpline as the operators of this site wrote it: in place of a shipped one, or beside.

    Nothing deletes it: one that has ended is withdrawn, so that the shipped one does not come back.
    """

    key = models.SlugField(max_length=80, unique=True)
    country = models.CharField(max_length=2)
    service = models.CharField(max_length=120)
    kind = models.CharField(max_length=24)
    phone = models.CharField(max_length=120, blank=True)
    other_ways = models.CharField(max_length=300, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    url = models.URLField(max_length=500)
    # A name and a plain id: an operator who leaves takes no line along.
    checked_by = models.CharField(max_length=120, blank=True)
    checked_by_id = models.UUIDField(null=True)
    checked_on = models.DateField(null=True)
    is_withdrawn = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(KINDS)), name="care_ownline_kind"),
            models.CheckConstraint(
                condition=models.Q(country__in=["ZZ", *sorted(countries.NAMES)]), name="care_ownline_country"
            ),
        ]


@keeps(
    sealed("country", why="the lines of this country are shown first to this account"),
    members("account", why="whose choice it is"),
    until=(EMPTIED, ACCOUNT),
)
class HelpCountry(Row):
    """Where somebody wants to find help, as they chose it themselves: nothing is guessed."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    country = SealedText(owner="account")
