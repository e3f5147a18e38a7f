from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import (
    ACCOUNT,
    AUTHOR,
    SITE,
    Until,
    coded,
    keeps,
    members,
    public,
    sealed,
    secret,
)
from positivesocials.core.models import Row
from positivesocials.profiles.models import Persona
from positivesocials.vault.fields import SealedText
from positivesocials.vault.services import KeyOwner

REMOVED = Until("replies", "its author removes it", by="replies.services.erase")
GUEST_REMOVED = Until("guest_replies", "the guest removes it", by="replies.services.erase_as_guest")
THREAD = Until("reply_lines", "its thread is removed", goes_with="replies.Thread")
ADDRESS = Until(
    "guest_reply_address",
    "after the reply",
    after="replies.services.KEEP_ADDRESS",
    by="replies.services.forget_addresses",
    what=_("The address of a guest who replied"),
)
UNPROVEN = Until(
    "unproven_replies",
    "after it was written, if the mailed link was not used",
    after="replies.services.KEEP_UNPROVEN",
    by="replies.services.forget_unproven",
    what=_("A guest's reply whose mailed link was not used"),
)
SPENT = Until(
    "spent_proofs",
    "after the riddle was asked for",
    after="replies.proofs.KEEP",
    by="replies.proofs.forget_spent",
    what=_("Marks of solved riddles, so that each counts once"),
)

GUEST_KEY = "replies.Reply"


@keeps(public("closed_at", why="whether one can still reply"), until=SITE)
class Thread(Row):
    """A place for replies, owned one-to-one by an article or a post."""

    closed_at = models.DateTimeField(null=True)


class State(models.TextChoices):
    # Written by a guest whose browser solved no riddle: the mailed link says that a person wrote it.
    UNPROVEN = "unproven", _("Waiting for the mailed link")
    HELD = "held", _("Awaiting moderation")
    PUBLIC = "public", _("Public")
    REMOVED = "removed", _("Removed by a moderator")
    ERASED = "erased", _("Removed by its author")


@keeps(
    sealed(
        "text", why="the reply, public once it is approved", until=(REMOVED, GUEST_REMOVED, UNPROVEN, AUTHOR)
    ),
    sealed("guest_name", why="the name a guest chose to show", until=(GUEST_REMOVED, UNPROVEN)),
    members("author", "persona", why="whose reply it is", until=ACCOUNT),
    public(
        "thread", "parent", "state", "written_at", "edited_at", why="where the reply stands, and since when"
    ),
    coded("key_kind", "client_key", why="names the key of the text; the same form sent twice is one reply"),
    members("key_id", why="names the key of the text"),
    members("wants_answers", "told_at", why="whether its writer is told of answers; it is told of once"),
    members("quotes", why="shows a short part of what it answers"),
    until=THREAD,
)
class Reply(Row):
    """One reply. Its text is sealed under its author's key; a guest's under a key of the reply's own."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="replies")
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="replies"
    )
    persona = models.ForeignKey(Persona, null=True, on_delete=models.SET_NULL, related_name="+")
    key_kind = models.CharField(max_length=20)
    key_id = models.UUIDField()
    guest_name = SealedText(owner="key_owner", null=True)
    text = SealedText(owner="key_owner", null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)
    written_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=64, unique=True)
    wants_answers = models.BooleanField(default=True)
    # When others were told that it is there: changed words that are approved again tell nobody again.
    told_at = models.DateTimeField(null=True)
    # The part is drawn from what it answers whenever it is read: there is no copy.
    quotes = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["thread", "state", "written_at"]),
            models.Index(
                fields=["written_at"], condition=models.Q(state="unproven"), name="replies_reply_unproven"
            ),
        ]

    @property
    def key_owner(self) -> KeyOwner:
        """Kept as plain columns, so that the text still names its key when the account is gone."""
        return KeyOwner(self.key_kind, self.key_id)

    @property
    def is_guests(self) -> bool:
        return self.key_kind == GUEST_KEY

    @property
    def writer_ids(self) -> tuple[UUID, ...]:
        return (self.author_id,) if self.author_id else ()


@keeps(
    sealed(
        "text",
        why="what the reply said before, for moderators of its case",
        until=(REMOVED, GUEST_REMOVED, AUTHOR),
    ),
    members("reply", "until_at", why="of which reply, until when"),
    coded("key_kind", why="names the key of the text"),
    members("key_id", why="names the key of the text"),
    until=THREAD,
)
class EarlierReply(Row):
    """What a reply said before it was changed. No member reads it, its writer neither."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="earlier")
    key_kind = models.CharField(max_length=20)
    key_id = models.UUIDField()
    text = SealedText(owner="key_owner", null=True)
    until_at = models.DateTimeField()

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner(self.key_kind, self.key_id)


@keeps(
    members("reply", "persona", why="who was named in a reply, so that they are told of it"),
    until=(THREAD, ACCOUNT),
)
class Mention(Row):
    """A reply names somebody of its thread. The name is drawn from the persona whenever it is read."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="mentions")
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reply", "persona"], name="replies_mention_once")]


@keeps(
    sealed("address", why="where the link was mailed to that edits or removes the reply"),
    secret("token_hash", why="knows that link again"),
    members("reply", "kept_until", why="which reply, and until when"),
    members("proven_at", "due_at", "mailed_at", why="whether the link was used; when answers are told of"),
    coded("language", why="the language of the mails"),
    until=(GUEST_REMOVED, ADDRESS),
)
class GuestContact(Row):
    """A guest's address, to mail the link that edits or deletes the reply, and word of answers to whoever
    used that link and asked for it. Shredded after 30 days.
    """

    reply = models.OneToOneField(Reply, on_delete=models.CASCADE, related_name="contact")
    address = SealedText()
    token_hash = models.CharField(max_length=64, unique=True)
    kept_until = models.DateTimeField(db_index=True)
    # A button behind the mailed link was pressed: the address is the guest's own.
    proven_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, db_index=True)
    mailed_at = models.DateTimeField(null=True)
    language = models.CharField(max_length=10, default="")


@keeps(
    secret("mark", why="knows a riddle again, so that its solution counts once"),
    members("until", why="when the riddle would have expired"),
    until=SPENT,
)
class SpentProof(Row):
    """A solved riddle that let one reply through. Names nobody."""

    mark = models.CharField(max_length=64, unique=True)
    until = models.DateTimeField(db_index=True)
