from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, coded, keeps, members
from positivesocials.core.models import Row
from positivesocials.privacy import texts


class Purpose(models.TextChoices):
    RECORD = texts.RECORD, _("Health record")
    CIRCLES = texts.CIRCLES, _("Circles")
    LETTER = texts.LETTER, _("The letter")
    PUSH = texts.PUSH, _("Notices on this device")
    LEARNING = texts.LEARNING, _("An order that learns")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None, replaced_at=None)


@keeps(
    members(
        "account",
        "purpose",
        "given_at",
        "withdrawn_at",
        "replaced_at",
        why="shows who agreed to what, and when",
    ),
    coded("text_version", "wording", why="in which wording"),
    until=ACCOUNT,
)
class Consent(Row):
    """A receipt: who agreed to what, in which wording, when, and when it was taken back.

    The wording is kept as it was read, in its language. A yes to a newer wording replaces the older one.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    text_version = models.CharField(max_length=10)
    wording = models.TextField()
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "purpose"],
                condition=models.Q(withdrawn_at=None, replaced_at=None),
                name="privacy_consent_one_in_force",
            )
        ]

    @property
    def is_in_force(self) -> bool:
        return self.withdrawn_at is None and self.replaced_at is None
