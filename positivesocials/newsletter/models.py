from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import Until, coded, keeps, members, sealed, secret
from positivesocials.core.models import Row
from positivesocials.privacy import texts
from positivesocials.vault.fields import SealedText

LEFT = Until("letter_address", "the reader leaves", by="newsletter.services.leave")
UNANSWERED = Until(
    "letter_address_unconfirmed",
    "after the question, without a yes",
    after=".ANSWER_WITHIN",
    by="newsletter.services.forget_unanswered",
    what=_("An address without a yes to the letter"),
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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["index"],
                condition=models.Q(confirmed_at__isnull=False),
                name="newsletter_subscriber_confirmed_once",
            )
        ]
