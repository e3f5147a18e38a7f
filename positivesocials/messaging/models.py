from django.conf import settings
from django.db import models

from positivesocials.core.models import Row
from positivesocials.profiles.models import Persona, Profile
from positivesocials.vault.fields import SealedJSON
from positivesocials.vault.services import KeyOwner


class Conversation(Row):
    """A private exchange between profiles. It does not know why it was opened."""

    opened_at = models.DateTimeField(auto_now_add=True)
    last_at = models.DateTimeField(auto_now_add=True, db_index=True)
    closed_at = models.DateTimeField(null=True)


class Participant(Row):
    """One account's seat in a conversation: for which profile, under which persona, read up to when."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="participants")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    profile = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="+")
    persona = models.ForeignKey(Persona, null=True, on_delete=models.SET_NULL, related_name="+")
    read_up_to_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "account"], name="messaging_participant_once")
        ]


class Message(Row):
    """One message. `envelope` is opaque to everything but the composer and the reader: {"type", "text"}.

    Sealed under its author's key, whose owner is kept as a plain id: erasing the author shreds it everywhere.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="messages")
    author_id = models.UUIDField()
    envelope = SealedJSON(owner="key_owner", null=True)
    client_key = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "client_key"], name="messaging_message_sent_once")
        ]
        indexes = [models.Index(fields=["conversation", "sent_at"])]

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.author_id)
