from django.db import models

from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedText


class Subscriber(Row):
    """An address that asked for the letter. Gets it only once confirmed; found by a blind index of its own."""

    index = models.CharField(max_length=64, unique=True)
    address = SealedText()
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
