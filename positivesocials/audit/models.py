import hashlib
import json
from datetime import UTC
from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import Until, coded, keeps, members, sealed, secret
from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedText

CHAIN = Until("audit_records", "the operator removes the site: a chain has no gaps")
REASON = Until(
    "audit_reasons",
    "after it was given",
    after="audit.services.KEEP_REASONS",
    by="audit.services.forget_reasons",
    what=_("What the team wrote about why it decided so"),
)


BEGINNING = "0" * 64
# Whoever types commands where the site runs has no account to name.
CONSOLE = "console"
# Whoever looks after a group decides there as that, whatever their account is else.
TENDING = "tending"


class Verb(models.TextChoices):
    """Everything that is recorded. The words are what the member concerned reads."""

    READ_HELD = "read-held", _("Read it, because it waited for approval")
    READ_REPORTED = "read-reported", _("Read it, because it was reported")
    REFUSED = "refused", _("Asked for it and was not shown it")
    PUBLISH = "publish", _("Decided: published")
    REMOVE = "remove", _("Decided: removed")
    LEAVE = "leave", _("Decided: no rule was broken")
    READ_CHECK = "read-check", _("Looked at the person check you asked for")
    TAKE_CALL = "take-call", _("Said where to meet for the person check")
    PASS_CHECK = "pass-check", _("Decided: the person check is a yes")
    FAIL_CHECK = "fail-check", _("Decided: the person check is no yes")
    ANOTHER_POSE = "another-pose", _("Decided: another pose for the person check")
    RECUSE = "recuse", _("Left the person check to others")
    GIVE_ROLE = "give-role", _("Gave this account a role")
    OPEN_SITE = "open-site", _("Opened the site")
    CLOSE_SITE = "close-site", _("Closed the site")
    ADD_FACT = "add-fact", _("Added a fact to the guides")
    CONFIRM_FACT = "confirm-fact", _("Confirmed a fact of the guides")
    CORRECT_FACT = "correct-fact", _("Corrected a fact of the guides")
    WITHDRAW_FACT = "withdraw-fact", _("Withdrew a fact of the guides")
    REVIEW_GUIDE = "review-guide", _("Reviewed a guide")
    SEND_LETTER = "send-letter", _("Sent a letter to all its readers")
    SCHEDULE_LETTER = "schedule-letter", _("Said when a letter goes to all its readers")
    STOP_LETTER = "stop-letter", _("Stopped a letter on its way")
    ADD_LINE = "add-line", _("Added a helpline")
    CHANGE_LINE = "change-line", _("Changed a helpline")
    CHECK_LINE = "check-line", _("Checked a helpline")
    WITHDRAW_LINE = "withdraw-line", _("Withdrew a helpline")
    VERIFY_PROFESSIONAL = "verify-professional", _("Checked who you are, so that you can answer questions")
    END_PROFESSIONAL = "end-professional", _("Decided: you do not answer questions as a professional")
    MAKE_HOST = "make-host", _("Made this account a host")
    END_HOST = "end-host", _("Decided: this account is no host")
    REMOVE_FEED = "remove-feed", _("Removed a feed of another site")
    PUT_OUT = "put-out", _("Decided: put out of a group")
    LET_BACK = "let-back", _("Decided: let back into a group")
    CLOSE_GROUP = "close-group", _("Closed a group")


class CannotChange(Exception):
    """Audit records are appended and stay as they are."""


class AppendOnly(models.QuerySet["AuditRecord"]):
    def update(self, **values: Any) -> NoReturn:
        raise CannotChange

    def delete(self) -> NoReturn:
        raise CannotChange

    def bulk_create(self, *args: Any, **options: Any) -> NoReturn:
        raise CannotChange


@keeps(
    members("only", "number", why="the chain has one end"),
    secret("hash", why="shows that the chain ends where it should"),
    until=CHAIN,
)
class AuditHead(Row):
    """How long the chain is, and its last hash. Updating this one row is what puts writers in line."""

    only = models.PositiveSmallIntegerField(default=1, unique=True, editable=False)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=BEGINNING)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=1), name="audit_audithead_only_one")]


@keeps(
    members(
        "number", "at", "actor_id", "verb", "subject_account_id", "item_id", why="who looked at what, when"
    ),
    coded("actor_role", "item_kind", why="who looked at what, when"),
    sealed("reason", why="the member concerned reads why", until=REASON),
    secret("previous", "hash", why="shows whether a record was changed or taken out"),
    until=CHAIN,
)
class AuditRecord(Row):
    """One act of the staff, or of who looks after a group, that concerned one account or none. Plain ids: an
    erasure changes no record.
    """

    number = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_role = models.CharField(max_length=12)
    verb = models.CharField(max_length=20, choices=Verb.choices)
    subject_account_id = models.UUIDField(null=True)
    item_kind = models.CharField(max_length=20, blank=True)
    item_id = models.UUIDField(null=True)
    reason = SealedText(null=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AppendOnly.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_account_id", "number"], name="audit_record_of_subject"),
            models.Index(
                fields=["number"], condition=models.Q(actor_role=TENDING), name="audit_record_in_groups"
            ),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(verb__in=Verb.values), name="audit_verb")]

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise CannotChange
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise CannotChange

    def sealed_reason(self) -> bytes:
        """The ciphertext, which outlives its key."""
        return bytes(self.__dict__["reason"] or b"")

    def computed_hash(self) -> str:
        """SHA-256 (FIPS 180-4) over a JSON list of all columns as stored, the previous hash among them."""
        plain = [self.actor_role, self.verb, self.item_kind, self.sealed_reason().hex(), self.previous]
        ids = [self.pk, self.actor_id, self.subject_account_id, self.item_id]
        moment = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        columns = [self.number, moment, *(pk and pk.hex for pk in ids), *plain]
        return hashlib.sha256(json.dumps(columns, separators=(",", ":")).encode()).hexdigest()
