"""Rows of requests: the first words of somebody who has no conversation with the other yet."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, AUTHOR, Until, coded, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.profiles.models import Persona, Profile
from positivesocials.vault.fields import SealedText

FACES = ("persona", "link__first_persona", "link__second_persona")
HOLDS = timedelta(days=30)
LAPSED = Until(
    "openers",
    "after it was written",
    after="messaging.opener_models.HOLDS",
    by="messaging.openers.forget_lapsed",
    what=_("The words of a request to talk"),
)
TAKEN_BACK = Until("openers_taken_back", "its author takes it back", by="messaging.openers.take_back")
ANSWERED = Until("openers_answered", "it becomes a message", by="messaging.openers.accept")
APART = Until("openers_between", "one blocks the other", by="messaging.openers.forget_between")
PARTED = Until("openers_of_couples", "the couple ends", by="messaging.openers.forget_of")


class OpenerQuerySet(models.QuerySet["Opener"]):
    def waiting(self) -> "OpenerQuerySet":
        """Neither answered nor taken back, and younger than 30 days."""
        recent = timezone.now() - HOLDS
        return self.filter(answered_at=None, taken_back_at=None, sent_at__gt=recent)

    def with_faces(self) -> "OpenerQuerySet":
        sides = [f"{side}__{face}" for side in ("sender", "receiver") for face in FACES]
        return self.select_related("author", "persona", *sides)

    def between(self, one: UUID, other: UUID) -> "OpenerQuerySet":
        there = models.Q(sender=one, receiver=other)
        return self.filter(there | models.Q(sender=other, receiver=one))


@keeps(
    sealed("text", why="the first words", until=(LAPSED, TAKEN_BACK, ANSWERED, AUTHOR)),
    members("sender", "receiver", "author", "persona", "sent_at", why="who wrote first to whom, once"),
    members("seen_at", "answered_at", "conversation", why="whether it still waits; its writer never learns"),
    members("taken_back_at", why="says that its author took it back"),
    coded("client_key", why="the same form sent twice is one request"),
    until=(APART, PARTED, ACCOUNT),
)
class Opener(Row):
    """What one profile wrote first to another: one text, once, until the other writes back.

    The row outlives its words, so that nobody is written to twice. `answered_at` stands for yes and no alike;
    with a yes there is a conversation.
    """

    sender = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    receiver = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="+")
    text = SealedText(owner="author", null=True)
    client_key = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_index=True)
    seen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    conversation = models.ForeignKey(
        "messaging.Conversation", null=True, on_delete=models.CASCADE, related_name="+"
    )

    objects = OpenerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "receiver"], name="messaging_opener_once"),
            models.CheckConstraint(
                condition=~models.Q(sender=models.F("receiver")), name="messaging_opener_not_oneself"
            ),
        ]
