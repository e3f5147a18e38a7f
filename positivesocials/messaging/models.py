from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, AUTHOR, SITE, Until, coded, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.messaging.opener_models import Opener
from positivesocials.profiles.models import Persona, Profile
from positivesocials.vault.fields import SealedJSON, SealedText
from positivesocials.vault.services import KeyOwner

# Found by Django here; it stands in a file of its own.
__all__ = ["Conversation", "Message", "Opener", "Participant", "RemovedBy"]

TAKEN_BACK = Until("messages", "its author takes it back", by="messaging.services.take_back")
REACTION_BACK = Until("reactions", "it is taken back", by="messaging.reactions.take_back")
SENT = Until("drafts", "it is sent or emptied", by="messaging.drafts.forget_sent")
MARKS_OFF = Until("read_marks", "they are switched off", by="messaging.marks.switch_off")
TALK = Until("conversations", "its conversation is removed", goes_with="messaging.Conversation")


@keeps(
    members("opened_at", "last_at", "closed_at", why="the order in the list, and whether one can write"),
    until=SITE,
)
class Conversation(Row):
    """A private exchange between profiles. It does not know why it was opened."""

    opened_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)


@keeps(
    members("account", "profile", "persona", why="who sits there, under which name", until=ACCOUNT),
    members("conversation", "side", "is_second", "left_at", why="a seat, which others' messages still need"),
    members("read_up_to_at", why="counts what is unread"),
    members("muted_at", "archived_up_to_at", why="whether it tells of news, and stands in the list"),
    until=TALK,
)
class Participant(Row):
    """One account's seat in a conversation: on which side, under which persona, read up to when.

    A seat outlives its account, so that what others keep still shows where someone sat.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    profile = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="+")
    persona = models.ForeignKey(Persona, null=True, on_delete=models.SET_NULL, related_name="+")
    side = models.PositiveSmallIntegerField()
    is_second = models.BooleanField(default=False)
    read_up_to_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    muted_at = models.DateTimeField(null=True)
    archived_up_to_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "account"], name="messaging_participant_once"),
            models.UniqueConstraint(
                fields=["conversation", "side", "is_second"], name="messaging_participant_seat"
            ),
            models.CheckConstraint(condition=models.Q(side__in=[0, 1]), name="messaging_participant_sides"),
        ]

    @property
    def is_taken(self) -> bool:
        return self.account_id is not None and self.left_at is None

    @property
    def is_archived(self) -> bool:
        """Until something is written: then the conversation is newer than what was put away."""
        return self.archived_up_to_at is not None and self.archived_up_to_at >= self.conversation.last_at


@keeps(
    sealed("text", why="what somebody began to write", until=(SENT, ACCOUNT)),
    members("participant", "account", why="whose it is, and where"),
    members("version", why="keeps an older page from overwriting a newer"),
    until=(ACCOUNT, TALK),
)
class Draft(Row):
    """What one seat began to write and has not sent. The row outlives its text, so that `version` goes on."""

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="draft")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = SealedText(owner="account", null=True)
    version = models.PositiveIntegerField(default=0)


@keeps(
    members("account", "on_at", why="shows what was read to those who show it too"),
    until=(MARKS_OFF, ACCOUNT),
)
class ReadMarks(Row):
    """An account that lets others see what it has read, and sees the same of them. No row: off."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    on_at = models.DateTimeField()


class RemovedBy(models.TextChoices):
    AUTHOR = "author", _("Removed by its author.")
    MODERATOR = "moderator", _("Removed by a moderator.")


@keeps(
    sealed("envelope", why="the message", until=(TAKEN_BACK, AUTHOR)),
    members("conversation", "participant", "sent_at", why="where the message stands"),
    members("author_id", why="names the key of the message"),
    coded("client_key", why="the same form sent twice is one message"),
    members("removed_at", "removed_by", why="says why the words are gone"),
    members("edited_at", why="marks it as edited"),
    members("version", why="two changes at once are not mixed up"),
    until=TALK,
)
class Message(Row):
    """One message. `envelope` is opaque to everything but the composer and the reader: see envelope.py.

    Sealed under its author's key, whose owner is kept as a plain id: erasing the author shreds it everywhere.
    Within a conversation `sent_at` grows strictly, in the order of commits: reading on from a message
    misses nothing.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="messages")
    author_id = models.UUIDField()
    envelope = SealedJSON(owner="key_owner", null=True)
    client_key = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.CharField(max_length=10, choices=RemovedBy.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "client_key"], name="messaging_message_once"),
            models.UniqueConstraint(fields=["conversation", "sent_at"], name="messaging_message_moment"),
        ]

    @property
    def why_gone(self) -> str:
        """Words for where the text was: an erased account's messages no longer open either."""
        return str(RemovedBy(self.removed_by or RemovedBy.AUTHOR).label)

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.author_id)


@keeps(
    sealed("sign", why="the reaction", until=(REACTION_BACK, AUTHOR)),
    members("message", "participant", why="who reacted to which message"),
    members("author_id", why="names the key of the reaction"),
    until=TALK,
)
class Reaction(Row):
    """One person's sign below one message, one of signs.py. The disk tells that there is one, not which."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="reactions")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="+")
    author_id = models.UUIDField()
    sign = SealedText(owner="key_owner", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "participant"], name="messaging_reaction_once")
        ]

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.author_id)


PHOTO_ENDS = Until(
    "sent_photos", "its author takes it back, its time is over or a block", by="messaging.photo_bytes.drop"
)


@keeps(
    members("message", "width", "height", why="shows it in its conversation"),
    members("author_id", why="names the key of its files"),
    members("ends_at", why="when it is to go"),
    until=(PHOTO_ENDS, TALK),
)
class SentPhoto(Row):
    """A photo in a conversation. Its bytes are sealed files under its author's key; see photo_bytes.py."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="photo")
    author_id = models.UUIDField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    ends_at = models.DateTimeField(null=True, db_index=True)

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.author_id)
