from django.db import models

from positivesocials.core.keeping import Until, coded, keeps, members, sealed, secret
from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedText

SENT = Until("mail", "it is delivered", by="notifications.services.deliver")
UNSENT = Until(
    "mail_undelivered",
    "after it was written, if it could not be delivered",
    after="notifications.services.KEEP_UNDELIVERED",
    by="notifications.services.forget_old_mail",
)
WANTED_AGAIN = Until("never_again", "mail is wanted again", by="notifications.services.resume_mail")


@keeps(
    sealed("address", "subject", "body", why="the mail itself"),
    coded("kind", why="which mail it is"),
    members("queued_at", "sent_at", "next_try_at", "tries", why="tries again when a mail server was down"),
    until=(SENT, UNSENT),
)
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


@keeps(
    secret("index", why="knows the address again, so that nothing more is mailed to it"),
    members("since_on", why="since when"),
    until=WANTED_AGAIN,
)
class NeverAgain(Row):
    """An address that asked for no more mails it did not start itself. Kept as a blind index only."""

    index = models.CharField(max_length=64, unique=True)
    since_on = models.DateField(auto_now_add=True)
