from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import SITE, Until, coded, keeps, members, public, sealed, secret
from positivesocials.core.models import Row
from positivesocials.privacy import texts
from positivesocials.vault.fields import SealedJSON, SealedText

LEFT = Until("letter_address", "the reader leaves", by="newsletter.services.leave")
UNANSWERED = Until(
    "letter_address_unconfirmed",
    "after the question, without a yes",
    after=".ANSWER_WITHIN",
    by="newsletter.services.forget_unanswered",
    what=_("An address without a yes to the letter"),
)

DROPPED = Until("letter_issues", "an editor deletes the draft", by="newsletter.issues.drop")
HANDED = Until(
    "letter_deliveries",
    "after it was handed to the mail server",
    after="newsletter.sending.KEEP_DELIVERIES",
    by="newsletter.sending.forget_deliveries",
    what=_("Which address a letter was sent to"),
)
GONE = Until(
    "letter_reader", "the reader leaves, or their letters come back", goes_with="newsletter.Subscriber"
)


def todays_version() -> str:
    return texts.version(texts.LETTER)


def todays_wording() -> str:
    return texts.current(texts.LETTER)


@keeps(
    sealed("address", why="where the letter goes to"),
    secret("index", why="one yes an address"),
    coded("text_version", "wording", why="the receipt of the consent: which wording"),
    members("asked_at", "confirmed_at", why="the receipt of the consent: when"),
    sealed("left_out", why="which topics it does not want"),
    members("returns", "returned_at", why="ends what keeps coming back"),
    until=(LEFT, UNANSWERED),
)
class Subscriber(Row):
    """An address that asked for the letter, sealed under a key of its own, with the receipt of its consent.

    Each request is a row, so that asking is the same work for every address; only one row of an address
    is ever confirmed, and only that one is written to.
    """

    ANSWER_WITHIN = timedelta(hours=24)

    index = models.CharField(max_length=64, db_index=True)
    address = SealedText()
    text_version = models.CharField(max_length=10, default=todays_version)
    wording = models.TextField(default=todays_wording)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    # Ids of topics; none at first, so that a new topic reaches everybody.
    left_out = SealedJSON(null=True)
    # How often in a row a letter came back for a reason that may pass.
    returns = models.PositiveSmallIntegerField(default=0)
    returned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["index"],
                condition=models.Q(confirmed_at__isnull=False),
                name="newsletter_subscriber_confirmed_once",
            )
        ]


@keeps(
    public("name", "is_open", "made_at", why="what a letter can be about, and readers leave out"), until=SITE
)
class Topic(Row):
    """What an issue can be about. Readers get all topics but those they leave out."""

    name = models.CharField(max_length=60, unique=True)
    is_open = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["made_at", "id"]


class IssueState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SCHEDULED = "scheduled", _("Scheduled")
    SENDING = "sending", _("On its way")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")


@keeps(
    public("subject", "intro", "topic", why="the letter itself"),
    public("begun_at", "done_at", why="when it was sent"),
    members("state", "made_at", "changed_at", "due_at", why="how far it is, and when it is to be sent"),
    members("sent", "unsure", "failed", why="what became of it: numbers without addresses"),
    until=DROPPED,
)
class Issue(Row):
    """One letter: a subject, words of the editors in Markdown, and articles in the order they chose."""

    subject = models.CharField(max_length=100, blank=True)
    intro = models.TextField(blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=IssueState.choices, default=IssueState.DRAFT)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, db_index=True)
    begun_at = models.DateTimeField(null=True, db_index=True)
    done_at = models.DateTimeField(null=True)
    sent = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["state", "-begun_at", "id"])]

    @property
    def may_change(self) -> bool:
        return self.state == IssueState.DRAFT

    @property
    def is_public(self) -> bool:
        return self.state in {IssueState.SENDING, IssueState.SENT}


@keeps(
    public(
        "issue",
        "place",
        "page_key",
        "kind",
        "language",
        "title",
        "summary",
        "path",
        why="what a letter leads to",
    ),
    until=DROPPED,
)
class Item(Row):
    """An article in an issue, as it stood when the issue was sent; until then its page is asked."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveSmallIntegerField()
    page_key = models.CharField(max_length=50)
    kind = models.CharField(max_length=10)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    summary = models.TextField()
    path = models.CharField(max_length=300)

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["issue", "page_key"], name="newsletter_item_once")]


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    HANDED = "handed", _("Being handed over")
    SENT = "sent", _("Sent")
    UNSURE = "unsure", _("Unsure")
    RETURNED = "returned", _("Came back")
    FAILED = "failed", _("Not delivered")
    LEFT_OUT = "left out", _("Not wanted")


@keeps(
    members("issue", "subscriber", "state", why="one letter to one address, once"),
    members("next_try_at", "handed_at", "tries", why="tries again when a mail server was busy"),
    until=(HANDED, GONE),
)
class Delivery(Row):
    """One issue to one address. Claimed before it is handed to the mail server: never handed twice."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    next_try_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "subscriber"], name="newsletter_delivery_once")
        ]
        indexes = [models.Index(fields=["issue", "state", "id"]), models.Index(fields=["handed_at"])]
