from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.models import Row
from positivesocials.profiles.models import Persona
from positivesocials.replies.models import State, Thread
from positivesocials.vault.fields import SealedText
from positivesocials.vault.services import KeyOwner


class Openness(models.TextChoices):
    OPEN = "open", _("Open: anyone can read")


class Group(Row):
    """A community space. Its name and description are public."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    about = models.TextField()
    rules = models.TextField(blank=True)
    openness = models.CharField(max_length=12, choices=Openness.choices, default=Openness.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)


class Membership(Row):
    """An account belongs to a group; never listed to outsiders."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "account"], name="groups_membership_once")]


class Post(Row):
    """A post under its author's own persona or an alias made for it. Sealed under the author's key."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="posts"
    )
    key_id = models.UUIDField()
    persona = models.ForeignKey(Persona, null=True, on_delete=models.SET_NULL, related_name="+")
    title = SealedText(owner="key_owner", null=True)
    text = SealedText(owner="key_owner", null=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="post")
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    written_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["group", "state", "-written_at"])]

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.key_id)
