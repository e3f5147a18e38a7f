from django.db import models

from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedText


class OutgoingMail(Row):
    """A mail in the outbox, sealed under a key of its own that is shredded once it is delivered."""

    kind = models.CharField(max_length=20)
    address = SealedText()
    subject = SealedText()
    body = SealedText()
    queued_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(auto_now_add=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["sent_at", "next_try_at"])]


class NeverAgain(Row):
    """An address that asked for no more mails it did not start itself. Kept as a blind index only."""

    index = models.CharField(max_length=64, unique=True)
    since_on = models.DateField(auto_now_add=True)
