from datetime import timedelta

from django.db import models

from positivesocials.core.models import Row
from positivesocials.privacy import texts
from positivesocials.vault.fields import SealedText


def todays_version() -> str:
    return texts.version(texts.LETTER)


def todays_wording() -> str:
    return texts.current(texts.LETTER)


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
