from django.conf import settings
from django.db import models

from positivesocials.core.keeping import ACCOUNT, SITE, coded, keeps, members
from positivesocials.core.models import Row


@keeps(
    coded("key", why="which invented person it is; demos only"),
    members("account", why="which account plays the person; demos only"),
    until=ACCOUNT,
)
class InventedPerson(Row):
    """Which account plays which person of the demo's material. Outlives every change of name."""

    key = models.SlugField(max_length=40, unique=True)
    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")


@keeps(
    coded("name", why="the demo's material is put in once"),
    members("made_at", why="when it was put in"),
    until=SITE,
)
class SeededPart(Row):
    """A part of the community that is complete: written in the transaction that made it."""

    name = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
