from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, coded, keeps, members
from positivesocials.core.models import Row
from positivesocials.privacy import texts


class Purpose(models.TextChoices):
    CIRCLES = "circles", _("Circles")


@keeps(
    members("account", "purpose", "given_at", "withdrawn_at", why="shows who agreed to what, and when"),
    coded("text_version", why="in which wording"),
    until=ACCOUNT,
)
class Consent(Row):
    """A receipt: who agreed to what, in which wording, when, and when it was taken back."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    text_version = models.CharField(max_length=10)
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="privacy_consent_one_live",
            )
        ]

    @property
    def wording(self) -> str:
        return texts.of_version(self.purpose, self.text_version)
