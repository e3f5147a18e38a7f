from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, SITE, Until, coded, keeps, members, sealed, secret
from positivesocials.core.models import Row
from positivesocials.notifications.registry import NOTHING
from positivesocials.vault.fields import SealedJSON, SealedText

SENT = Until("mail", "it is delivered", by="notifications.services.deliver")
UNSENT = Until(
    "mail_undelivered",
    "after it was written, if it could not be delivered",
    after="notifications.services.KEEP_UNDELIVERED",
    by="notifications.services.forget_old_mail",
)
NOTICED = Until(
    "notices",
    "after it was made",
    after="notifications.notices.KEEP",
    by="notifications.notices.forget_old",
    what=_("Notices, seen or not"),
)
PUSHED = Until("push_addresses", "its owner takes the consent back", by="notifications.devices.forget_all_of")
WANTED_AGAIN = Until("never_again", "mail is wanted again", by="notifications.services.resume_mail")


@keeps(
    sealed("address", "subject", "body", "html", "leave", why="the mail itself"),
    coded("kind", "language", why="which mail it is"),
    members("queued_at", "sent_at", "next_try_at", "tries", why="tries again when a mail server was down"),
    until=(SENT, UNSENT),
)
class OutgoingMail(Row):
    """A mail in the outbox, sealed under a key of its own that is shredded once it is delivered."""

    kind = models.CharField(max_length=20)
    address = SealedText()
    subject = SealedText()
    body = SealedText()
    # Written beside the text where a mail is more than paragraphs; otherwise made from the text.
    html = SealedText(null=True)
    # The link that ends mails of this kind by one click, told to the mail program too (RFC 8058).
    leave = SealedText(null=True)
    language = models.CharField(max_length=10, default="")
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


@keeps(
    coded("kind", why="which of the fixed sentences it says"),
    members("account", "target", "made_at", "seen_at", why="whom it tells, where it leads, what is new"),
    members("is_shown", why="whether it stands on the page, as its reader chose"),
    until=(NOTICED, ACCOUNT),
)
class Notice(Row):
    """One thing an account is told. While it is unseen, more of the same kind about the same is the same one.

    Holds ids only: nobody's words, and not whose doing it was.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20)
    target = models.UUIDField(default=NOTHING)
    # False for what its reader wants by other ways only: it stands on no page.
    is_shown = models.BooleanField(default=True)
    made_at = models.DateTimeField(db_index=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "kind", "target"],
                condition=models.Q(seen_at=None),
                name="notifications_notice_one_unseen",
            )
        ]
        indexes = [models.Index(fields=["account", "-made_at"])]


@keeps(
    sealed("choice", why="what is told by which way, how often by mail, and when not at all"),
    members("account", "mail_at", "mailed_at", why="whose it is, and when the next mail is due"),
    until=ACCOUNT,
)
class Chosen(Row):
    """What an account chose about being told (choices.Choice). Without a row it is the default."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="chosen")
    choice = SealedJSON(owner="account")
    mail_at = models.DateTimeField(null=True, db_index=True)
    mailed_at = models.DateTimeField(null=True)


@keeps(
    sealed("endpoint", "keys", why="where its browser's maker takes the word, and how it is sealed for it"),
    secret("index", why="knows the address again, so that it stands here once"),
    members("account", "made_at", "due_at", "tries", why="whose device, and when it is told next"),
    until=(PUSHED, ACCOUNT),
)
class PushAddress(Row):
    """A device that its owner wants told, by web push. Kept under a consent of its own."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_addresses"
    )
    index = models.CharField(max_length=64, unique=True)
    endpoint = SealedText(owner="account")
    keys = SealedJSON(owner="account")
    made_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(null=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)


@keeps(
    sealed("private", why="signs what is pushed, so that browsers know this site again (RFC 8292)"),
    members("only", why="there is one"),
    until=SITE,
)
class PushKey(Row):
    """The site's own key towards push services, made once. A P-256 scalar as 64 hex digits."""

    only = models.PositiveSmallIntegerField(default=1, unique=True)
    private = SealedText()
