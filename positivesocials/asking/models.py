from django.conf import settings
from django.db import models
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.keeping import ACCOUNT, AUTHOR, Until, coded, keeps, members, public, sealed
from positivesocials.core.models import Row
from positivesocials.replies.models import State
from positivesocials.vault.fields import SealedJSON, SealedText
from positivesocials.vault.services import KeyOwner

ERASED = Until("questions", "its asker erases it", by="asking.services.erase_question")
QUESTION = Until("question_lines", "its question is erased", goes_with="asking.Question")
TAKEN_BACK = Until("answers_to_questions", "who wrote it takes it back", by="asking.services.erase_answer")
ENDED = Until("verified", "the operators end what was verified", by="asking.checks.end")
# What was erased leaves no row.
STATES = [(state.value, state.label) for state in (State.HELD, State.PUBLIC, State.REMOVED)]


class ProfessionalQuerySet(models.QuerySet["Professional"]):
    def verified(self) -> "ProfessionalQuerySet":
        return self.filter(checked_on__isnull=False, ended_at=None, valid_until__gte=timezone.localdate())


@keeps(
    sealed("asked", why="what they ask the operators to check"),
    sealed("name", "profession", "checked", why="who answers, and what was checked about it"),
    members("account", "asked_at", "ended_at", why="whose it is, and since when"),
    public("checked_on", "valid_until", why="how far it may be relied on"),
    public("checked_by", why="who stands behind it"),
    members("checked_by_id", why="which operator stands behind it"),
    until=(ENDED, ACCOUNT),
)
class Professional(Row):
    """Who may answer questions, once the operators have checked what they say of themselves.

    What is asked for stands apart from what was checked: nobody changes the name on their answers alone.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="professional"
    )
    asked = SealedJSON(owner="account", null=True)
    asked_at = models.DateTimeField(null=True)
    name = SealedText(owner="account", null=True)
    profession = SealedText(owner="account", null=True)
    checked = SealedText(owner="account", null=True)
    checked_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    # A name and a plain id: an operator who leaves takes no check along.
    checked_by = models.CharField(max_length=120, blank=True)
    checked_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = ProfessionalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(checked_on__isnull=True, valid_until__isnull=True)
                | models.Q(checked_on__isnull=False, valid_until__isnull=False),
                name="asking_professional_checked_until",
            )
        ]

    @property
    def is_verified(self) -> bool:
        """Whether the check holds today."""
        until = self.valid_until
        return self.ended_at is None and until is not None and until >= timezone.localdate()


class QuestionQuerySet(models.QuerySet["Question"]):
    def answered(self) -> "QuestionQuerySet":
        return self.filter(models.Exists(_answers()))

    def waiting(self) -> "QuestionQuerySet":
        """Those that no answer stands below yet."""
        return self.filter(~models.Exists(_answers()), state=State.PUBLIC)

    def public(self) -> "QuestionQuerySet":
        """Answered ones that anybody may read: the same for everybody, blocked or not.

        There is nobody to meet on these pages. One that somebody misses when they are logged in would tell
        them whose it is.
        """
        return self.answered().filter(state=State.PUBLIC, is_shared=True)

    def readable_by(self, viewer: Account | None) -> "QuestionQuerySet":
        public = self.public().values("pk")
        if viewer is None:
            return self.filter(pk__in=public)
        readable = models.Q(pk__in=public) | models.Q(asker=viewer)
        if Professional.objects.verified().filter(account=viewer).exists():
            readable |= models.Q(state=State.PUBLIC)
        return self.filter(readable)


@keeps(
    sealed("title", "text", why="what somebody asks, without a name", until=(ERASED, AUTHOR)),
    members("asker", why="whose question it is, for nobody to see", until=ACCOUNT),
    public("state", "asked_at", "is_shared", why="where the question stands, and who may read it"),
    coded("client_key", why="the same form sent twice is one question"),
    until=(ERASED, ACCOUNT),
)
class Question(Row):
    """Asked without a name, not even an alias. Sealed under the asker's key, and gone with their account."""

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="questions")
    title = SealedText(owner="asker", null=True)
    text = SealedText(owner="asker", null=True)
    # Whether others than professionals may read it once it is answered.
    is_shared = models.BooleanField()
    state = models.CharField(max_length=8, choices=STATES, default=State.HELD)
    asked_at = models.DateTimeField(auto_now_add=True)
    client_key = models.CharField(max_length=64, unique=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "asked_at"]),
            models.Index(fields=["asker", "-asked_at"]),
        ]


@keeps(
    sealed("text", why="what the asker adds to a question", until=(QUESTION, AUTHOR)),
    members("question", "key_id", why="which question it belongs to"),
    public("written_at", why="when it was added"),
    coded("client_key", why="the same form sent twice is one addition"),
    until=QUESTION,
)
class Addition(Row):
    """What an asker added later. As nameless as the question, and sealed like it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="additions")
    key_id = models.UUIDField()
    text = SealedText(owner="key_owner", null=True)
    written_at = models.DateTimeField(auto_now_add=True)
    client_key = models.CharField(max_length=64, unique=True)

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.key_id)


@keeps(
    sealed("text", why="the answer, read by whoever may read the question", until=(TAKEN_BACK, AUTHOR)),
    members("question", "professional", "key_id", why="whose answer to what it is"),
    public("state", "written_at", "is_accepted", why="where the answer stands"),
    coded("client_key", why="the same form sent twice is one answer"),
    until=(TAKEN_BACK, QUESTION, ACCOUNT),
)
class Answer(Row):
    """Under the name that was verified. Sealed under the key of who wrote it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    professional = models.ForeignKey(Professional, on_delete=models.CASCADE, related_name="answers")
    key_id = models.UUIDField()
    text = SealedText(owner="key_owner", null=True)
    state = models.CharField(max_length=8, choices=STATES, default=State.PUBLIC)
    written_at = models.DateTimeField(auto_now_add=True)
    is_accepted = models.BooleanField(default=False)
    client_key = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=models.Q(is_accepted=True), name="asking_one_accepted"
            )
        ]
        indexes = [models.Index(fields=["question", "state"])]

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.key_id)


def _answers() -> models.QuerySet[Answer]:
    return Answer.objects.filter(question=models.OuterRef("pk"), state=State.PUBLIC)
