from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.core.models import Row
from positivesocials.messaging.models import Conversation
from positivesocials.profiles.models import Profile
from positivesocials.vault.fields import SealedJSON
from positivesocials.vault.services import KeyOwner


class Mode(models.TextChoices):
    FRIENDS = "friends", _("Friends")
    DATING = "dating", _("Dating")


class Preferences(Row):
    """What a profile looks for in one mode, and whether the mode is on: sealed like the profile's facets."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="preferences")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    wishes = SealedJSON(owner="key_owner")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "mode"], name="matching_preferences_once")]

    @property
    def key_owner(self) -> KeyOwner:
        return self.profile.key_owner


class Said(models.TextChoices):
    LIKE = "like", _("Like")
    NOT_NOW = "not-now", _("Not now")
    LATER = "later", _("Later")


NOT_NOW_FOR = timedelta(days=90)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> "DecisionQuerySet":
        """What still holds: a "not now" is over after 90 days."""
        return self.exclude(said=Said.NOT_NOW, said_at__lt=timezone.now() - NOT_NOW_FOR)


class Decision(Row):
    """What one profile said of another in one mode; `said_by` is the partner of a couple who tapped."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="decisions_made")
    about = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="decisions_received")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    said = models.CharField(max_length=8, choices=Said.choices)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    said_at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "about", "mode"], name="matching_decision_once"),
            models.CheckConstraint(
                condition=~models.Q(profile=models.F("about")), name="matching_decision_not_oneself"
            ),
        ]


class Waiting(Row):
    """An account asked to be told once when somebody new fits one of its profiles. Ends after 90 days."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    # Ids of those who fitted when it was asked: they are no news.
    known = SealedJSON(owner="account")
    asked_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "account", "mode"], name="matching_waiting_once")
        ]


class Match(Row):
    """Two likes in one mode. `one` is the profile with the smaller id, so that a pair has one row."""

    one = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other", "mode"], name="matching_match_once")]
