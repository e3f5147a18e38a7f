from django.conf import settings
from django.db import models

from positivesocials.core.keeping import ACCOUNT, Until, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedText

LEFT = Until("hosting", "they no longer want to be a host", by="hosts.services.stop")
DECIDED = Until("why_a_host", "it is decided", by="hosts.services.make_host")


class HostQuerySet(models.QuerySet["Host"]):
    def standing(self) -> "HostQuerySet":
        """Those who are hosts now."""
        return self.filter(made_at__isnull=False)

    def asking(self) -> "HostQuerySet":
        """Those who know the pages and wait for the team."""
        return self.filter(made_at=None, passed_at__isnull=False, asked_at__isnull=False)


@keeps(
    sealed("why", why="what they say to the team who asks to be a host", until=(DECIDED, LEFT, ACCOUNT)),
    members("account", "passed_at", "asked_at", "made_at", why="who is a host, and since when"),
    until=(LEFT, ACCOUNT),
)
class Host(Row):
    """A member on the way to be a host, or one. First the pages and the quiz, then asking, then the team."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hosting")
    passed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    why = SealedText(owner="account", null=True)
    made_at = models.DateTimeField(null=True)

    objects = HostQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="hosts_host_made_at")]
        constraints = [
            # Nobody is made a host who has not passed.
            models.CheckConstraint(
                condition=models.Q(made_at=None) | models.Q(passed_at__isnull=False), name="hosts_host_passed"
            )
        ]
