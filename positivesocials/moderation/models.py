from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, Until, coded, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedJSON, SealedText

DECIDED = Until(
    "moderation_cases",
    "after the decision",
    after="moderation.services.KEEP_DECIDED",
    by="moderation.services.forget_decided",
    what=_("Reports and what was decided, with the evidence"),
)
TAKEN_BACK = Until("holds", "its author takes the item back", by="moderation.services.release")
NO_CASE = Until(
    "case_authors", "the last case about the item is forgotten", by="moderation.services.forget_decided"
)
# What waits in the queue is the same for held and for reported items.
CASE = (
    coded("kind", why="which item it is about"),
    members("item_id", "opened_at", "decided_at", "outcome", why="the queue, and what was decided"),
    members("decided_by", why="who decided"),
    sealed("reason", why="the author reads why"),
)


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


@keeps(*CASE, until=(TAKEN_BACK, DECIDED))
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
        indexes = [models.Index(fields=["item_id"])]


@keeps(
    coded("kind", why="nobody decides about what they wrote"),
    members("item_id", "account", why="nobody decides about what they wrote"),
    until=(NO_CASE, ACCOUNT),
)
class WrittenBy(Row):
    """Whose item a case is about: they never decide it, and neither does anyone they have blocked."""

    kind = models.CharField(max_length=20)
    item_id = models.UUIDField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "item_id", "account"], name="moderation_writtenby_once")
        ]


@keeps(members("account", "since_at", why="what this account writes is not held again"), until=ACCOUNT)
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


@keeps(
    *CASE,
    members("reporter", why="one report each, and the reporter can see it"),
    sealed("why", why="what the reporter thinks is wrong with the item"),
    sealed("note", why="the reporter's own words"),
    sealed("evidence", why="what was reported, as it was at that moment"),
    until=DECIDED,
)
class Report(Decided):
    """One person's report of one item, with a sealed copy of what was reported, taken at once."""

    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="reports_made"
    )
    # Sealed, because it can say something of the health of whoever wrote the item.
    why = SealedText()
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
        indexes = [models.Index(fields=["item_id"])]

    @property
    def accused_of(self) -> Why:
        return Why(self.why) if self.why in Why.values else Why.SOMETHING_ELSE
