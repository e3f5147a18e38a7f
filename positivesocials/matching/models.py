from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, Until, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.messaging.models import Conversation
from positivesocials.profiles.models import Profile
from positivesocials.vault.fields import SealedJSON
from positivesocials.vault.services import KeyOwner

UNDONE = Until("decisions", "it is undone, or either blocks the other", by="matching.services.undo")
COUPLE_OVER = Until("couple_preferences", "the couple ends", by="matching.services.end_matches_of")
UNLEARNED = Until("learned", "the yes to it is taken back", by="matching.learning.forget_of")
TAKEN_BACK = Until("answers", "it is taken back", by="matching.services.withdraw_answer")
LOOSENED = Until("joint_yes", "both partners let either say yes", by="matching.together.let_either")
WAITED = Until(
    "waiting",
    "after it was asked for",
    after="matching.services.WAIT",
    by="matching.services.tell_who_waits",
)
TOLD = Until("waiting_told", "the list is opened after a notice", by="matching.services.forget_told")


class Mode(models.TextChoices):
    FRIENDS = "friends", _("Friends")
    DATING = "dating", _("Dating")


@keeps(
    sealed("wishes", why="whom the profile looks for, and whether it does"),
    members("profile", "mode", "changed_at", why="whose preferences, in which mode"),
    until=(COUPLE_OVER, ACCOUNT),
)
class Preferences(Row):
    """What a profile looks for in one mode, and whether the mode is on: sealed like the profile's facets."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="preferences")
    mode = models.CharField(max_length=8, choices=Mode.choices)
    wishes = SealedJSON(owner="key_owner", block=512)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["profile", "mode"], name="matching_preferences_once")]

    @property
    def key_owner(self) -> KeyOwner:
        return self.profile.key_owner


@keeps(
    sealed("given", why="what the profile replied to questions, and what it hopes others reply"),
    members("profile", "changed_at", why="whose answers"),
    until=(TAKEN_BACK, COUPLE_OVER, ACCOUNT),
)
class Answers(Row):
    """What a profile answered, all of it sealed in one piece: see matching/answers.py for its shape.

    A couple's answers are the couple's own, under the key of its link. Without an answer there is no row.
    """

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="answers")
    given = SealedJSON(owner="key_owner", block=2048)
    changed_at = models.DateTimeField(auto_now=True)

    @property
    def key_owner(self) -> KeyOwner:
        return self.profile.key_owner


@keeps(
    sealed(
        "numbers", why="what decisions between people who agreed taught of the profile, for the order only"
    ),
    members("profile", why="whose numbers"),
    until=(UNLEARNED, COUPLE_OVER, ACCOUNT),
)
class Learned(Row):
    """Two small numbers for each mode: `{"dating": [appeal, choosiness]}`, see matching/learning.py.

    Without a yes of everyone behind the profile there is no row. Never shown, and never logged.
    """

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="+")
    numbers = SealedJSON(owner="key_owner")

    @property
    def key_owner(self) -> KeyOwner:
        return self.profile.key_owner


class Said(models.TextChoices):
    LIKE = "like", _("Like")
    NOT_NOW = "not-now", _("Not now")
    LATER = "later", _("Later")
    # One partner of a couple would say yes, and the other has not: nobody outside learns of it.
    HALF = "half", _("Half a yes")


NOT_NOW_FOR = timedelta(days=90)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> "DecisionQuerySet":
        """What still holds: a "not now" is over after 90 days."""
        return self.exclude(said=Said.NOT_NOW, said_at__lt=timezone.now() - NOT_NOW_FOR)


@keeps(
    members("profile", "about", "mode", "said", "said_at", why="two likes are a match; a not now is heeded"),
    members("said_by", why="which partner of a couple said it"),
    until=(UNDONE, COUPLE_OVER, ACCOUNT),
)
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


@keeps(
    members("profile", "asked_by", why="a couple says yes only when both agreed; who would change that"),
    until=(COUPLE_OVER, LOOSENED, ACCOUNT),
)
class JointYes(Row):
    """This couple says yes only when both partners agreed. Without a row, either says it for both.

    `asked_by` is the partner who would let either say it: that takes the other's word too.
    """

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


@keeps(
    sealed("known", why="who fitted already is no news"),
    members("profile", "account", "mode", "asked_at", "told_at", why="tells once that somebody new fits"),
    until=(TOLD, WAITED, ACCOUNT),
)
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


@keeps(
    members("one", "other", "mode", "conversation", why="who may talk with whom"),
    members("made_at", "ended_at", why="since when, and whether still"),
    until=ACCOUNT,
)
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
