from django.conf import settings
from django.db import models

from positivesocials.core.models import Row


class InventedPerson(Row):
    """Which account plays which person of the demo's material. Outlives every change of name."""

    key = models.SlugField(max_length=40, unique=True)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")


class SeededPart(Row):
    """A part of the community that is complete: written in the transaction that made it."""

    name = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
