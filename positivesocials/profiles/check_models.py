"""Rows of person checks: what was asked, the picture that waits, and what others say of having met."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.keeping import ACCOUNT, Until, coded, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.vault.fields import SealedJSON, SealedText

PASSED = Until(
    "person_checks",
    "after a yes",
    after="profiles.check_models.HOLDS",
    by="profiles.checks.forget_old_checks",
    what=_("That a person was checked"),
)
ANSWERED = Until(
    "person_checks_answered",
    "after it was answered without a yes",
    after="profiles.checks.KEEP_ANSWERED",
    by="profiles.checks.forget_old_checks",
    what=_("A person check that was no yes, with its reason"),
)
UNANSWERED = Until(
    "person_checks_unanswered",
    "after it was asked for, if nobody answered",
    after="profiles.checks.WAITS",
    by="profiles.checks.close_unanswered",
    what=_("A person check that nobody has answered"),
)
UNJUDGED = Until(
    "person_check_pictures",
    "after it was sent, if nobody decided",
    after="profiles.checks.PICTURE_WAITS",
    by="profiles.checks.close_unanswered",
    what=_("The picture of a person check that nobody has judged"),
)
JUDGED = Until("person_checks_judged", "a moderator decides", by="profiles.checks.pass_check")
TAKEN_BACK = Until("person_checks_taken_back", "its owner takes it back", by="profiles.checks.take_back")
PARTED = Until("vouches", "the two part, or one blocks the other", by="profiles.vouching.withdraw_between")

POSE_HOLDS = timedelta(minutes=30)
HOLDS = timedelta(days=730)


class Way(models.TextChoices):
    PICTURE = "picture", _("A picture")
    CALL = "call", _("A live call")
    VOUCHED = "vouched", _("People who have met you")


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    ANOTHER = "another", _("Another pose, please")
    NOBODY = "nobody", _("Nobody could look in time")


class PersonCheckQuerySet(models.QuerySet["PersonCheck"]):
    def of(self, account: Account) -> "PersonCheckQuerySet":
        return self.filter(account=account)

    def waiting(self) -> "PersonCheckQuerySet":
        return self.filter(answer="")

    def in_force(self) -> "PersonCheckQuerySet":
        return self.filter(answer=Answer.YES, answered_at__gt=timezone.now() - HOLDS)

    def waiting_for_staff(self) -> "PersonCheckQuerySet":
        """Pictures that were sent, and calls."""
        sent = models.Q(way=Way.PICTURE, sent_at__isnull=False)
        return self.waiting().filter(sent | models.Q(way=Way.CALL)).order_by("asked_at")


@keeps(
    members("account", "persona", "asked_at", why="who asked to be checked, and under which name"),
    coded("way", "pose", why="how, and in which pose"),
    members("sent_at", why="the picture was sent in time, and waits"),
    members("taken_by", "answer", "answered_at", "answered_by", why="who decides, and what was decided"),
    sealed(
        "times",
        "arranged",
        why="when and where the two of a call meet",
        until=(JUDGED, TAKEN_BACK, UNANSWERED, ACCOUNT),
    ),
    sealed("reason", why="whoever was checked reads why", until=(ANSWERED, ACCOUNT)),
    until=(PASSED, ANSWERED, UNANSWERED, TAKEN_BACK, ACCOUNT),
)
class PersonCheck(Row):
    """One account asked whether a human would see that it is one living person, and what came of it.

    At most one waits and at most one is a yes. `answer` is empty while it waits.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    persona = models.ForeignKey("profiles.Persona", on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=7, choices=Way.choices)
    pose = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField(max_length=7, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    times = SealedText(null=True)
    arranged = SealedJSON(null=True)
    reason = SealedText(null=True)

    objects = PersonCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(answer=""), name="profiles_personcheck_one_waits"
            ),
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(answer="yes"), name="profiles_personcheck_one_yes"
            ),
        ]

    @property
    def is_unsent(self) -> bool:
        """A pose was drawn and no picture sent: nothing is lost with it."""
        return self.way == Way.PICTURE and self.sent_at is None

    @property
    def is_posing(self) -> bool:
        """There is still time to send the picture."""
        return self.is_unsent and self.pose_ends_at > timezone.now()

    @property
    def is_no_yes(self) -> bool:
        return self.answer not in {"", Answer.YES}

    @property
    def pose_ends_at(self) -> datetime:
        return self.asked_at + POSE_HOLDS

    @property
    def ends_at(self) -> datetime:
        """When a yes is too old to be shown."""
        return (self.answered_at or self.asked_at) + HOLDS


@keeps(
    members(
        "person_check", "sent_at", why="the picture of this check waits on the disk, under a key of its own"
    ),
    until=(JUDGED, UNJUDGED, TAKEN_BACK, ACCOUNT),
)
class Selfie(Row):
    """A picture waits for a moderator. Its row is gone with the decision, its key and bytes right after."""

    person_check = models.OneToOneField(PersonCheck, on_delete=models.CASCADE, related_name="selfie")
    sent_at = models.DateTimeField(default=timezone.now)


class VouchQuerySet(models.QuerySet["Vouch"]):
    def unused(self) -> "VouchQuerySet":
        """Of checks that still wait: what has made one pass stays with it."""
        return self.filter(person_check__answer="")

    def between(self, one: UUID, other: UUID) -> "VouchQuerySet":
        """Asked by one of these two profiles of the other."""
        return self.filter(models.Q(asking=one, asked=other) | models.Q(asking=other, asked=one))


@keeps(
    members("person_check", "asking", "asked", "account", "asked_at", why="who was asked, and by which face"),
    members("said_at", why="two who have met someone make a check pass"),
    until=(PARTED, PASSED, UNANSWERED, TAKEN_BACK, ACCOUNT),
)
class Vouch(Row):
    """One of a match was asked to say "I have met this person". Says so, or nothing: there is no no."""

    person_check = models.ForeignKey(PersonCheck, on_delete=models.CASCADE, related_name="vouches")
    asking = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="+")
    asked = models.ForeignKey("profiles.Profile", on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    said_at = models.DateTimeField(null=True)

    objects = VouchQuerySet.as_manager()

    class Meta:
        constraints = [
            # Not of check and account: one human may be known under two names that nobody may tie.
            models.UniqueConstraint(
                fields=["person_check", "asked", "account"], name="profiles_vouch_once_a_name"
            )
        ]


@keeps(
    members("person_check", "account", why="who knows someone does not judge them"),
    until=(ANSWERED, PASSED, UNANSWERED, TAKEN_BACK, ACCOUNT),
)
class Recusal(Row):
    """A moderator knows whoever this check is about, and is not given it any more."""

    person_check = models.ForeignKey(PersonCheck, on_delete=models.CASCADE, related_name="recusals")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_check", "account"], name="profiles_recusal_once")
        ]
