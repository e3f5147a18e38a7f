from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedJSON, SealedText


class Outcome(models.TextChoices):
    APPROVED = "approved", _("Approved")
    REMOVED = "removed", _("Removed")
    NO_ACTION = "no-action", _("No action")


class Decided(Row):
    """What waits in the queue until one moderator decides it, once."""

    kind = models.CharField(max_length=20)
    item_id = models.UUIDField()
    opened_at = models.DateTimeField(auto_now_add=True, db_index=True)
    decided_at = models.DateTimeField(null=True, db_index=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = SealedText(null=True)

    class Meta:
        abstract = True


class Hold(Decided):
    """An item that nobody but its writer sees until a moderator has read it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "item_id"],
                condition=models.Q(decided_at=None),
                name="moderation_hold_one_open",
            )
        ]


class WrittenBy(Row):
    """Whose item a case is about: they never decide it, and neither does anyone they have blocked."""

    kind = models.CharField(max_length=20)
    item_id = models.UUIDField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "account"], name="moderation_writtenby_once")
        ]


class Trusted(Row):
    """A moderator has read something by this account and let it stand: what it writes is not held again."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since_at = models.DateTimeField(auto_now_add=True)


class Why(models.TextChoices):
    HARASSMENT = "harassment", _("Harassment or threats")
    HATE = "hate", _("Hate or shaming")
    NAMING = "naming", _("Names or exposes someone")
    HARMFUL = "harmful", _("Dangerous advice")
    MONEY = "money", _("Asks for money, or a scam")
    UNDER_18 = "under-18", _("Someone under 18")
    SELF_HARM = "self-harm", _("Someone may be in danger")
    SPAM = "spam", _("Spam or advertising")
    SOMETHING_ELSE = "something-else", _("Something else")


class Report(Decided):
    """One person's report of one item, with a sealed copy of what was reported, taken at once."""

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports_made"
    )
    why = models.CharField(max_length=20, choices=Why.choices)
    note = SealedText(null=True)
    evidence = SealedJSON()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "item_id", "reporter"],
                condition=models.Q(decided_at=None),
                name="moderation_report_one_open_each",
            )
        ]
