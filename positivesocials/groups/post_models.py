"""What stands around posts: earlier wordings, drafts, photos, who follows, where one was, signs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from positivesocials.core.keeping import ACCOUNT, AUTHOR, Until, coded, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.profiles.models import Persona
from positivesocials.replies.models import Reply
from positivesocials.vault.fields import SealedText
from positivesocials.vault.services import KeyOwner

POST = Until("around_posts", "its post is removed with its group", goes_with="groups.Post")
REWORDED = Until("earlier_posts", "the author removes the post", by="groups.services.erase_post")
SENT = Until("post_drafts", "it is posted or emptied", by="groups.drafts.forget")
UNTOUCHED = Until(
    "old_post_drafts",
    "after it was last changed",
    after="groups.drafts.KEEP",
    by="groups.drafts.forget_old",
    what=_("Drafts of posts and replies that were never sent"),
)
UNFOLLOWED = Until("followed_posts", "one stops to follow it", by="groups.following.stop")
GONE = Until("visits", "one leaves the group", by="groups.visits.forget")
UNVISITED = Until(
    "old_visits",
    "after the last visit",
    after="groups.visits.KEEP",
    by="groups.visits.forget_old",
    what=_("Where you were last in groups and talks, so that they mark what is new"),
)
PHOTO_TAKEN = Until(
    "post_photos",
    "its author takes it away, or removes what it stands in",
    by="groups.photo_bytes.drop",
)
ASKED_TO_ERASE = Until(
    "aliases_to_erase",
    "after one asked to erase it, at the latest",
    after="groups.services.ALIASES_STAY",
    by="groups.services.erase_due",
)
TAKEN_BACK = Until("support", "it is taken back", by="groups.reactions.take_back")


@keeps(
    sealed("text", why="what the post said before, for moderators of its case", until=(REWORDED, AUTHOR)),
    members("post", "until_at", why="of which post, until when"),
    members("key_id", why="names the key of the text"),
    until=POST,
)
class EarlierPost(Row):
    """What a post said before it was changed. No member reads it, its author neither."""

    post = models.ForeignKey("groups.Post", on_delete=models.CASCADE, related_name="earlier")
    key_id = models.UUIDField()
    text = SealedText(owner="key_owner", null=True)
    until_at = models.DateTimeField()

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.key_id)


@keeps(
    sealed("title", "note", "text", why="what somebody began to write", until=(SENT, UNTOUCHED, ACCOUNT)),
    members("account", "group", "post", why="whose it is, and for which place", until=(ACCOUNT, UNTOUCHED)),
    members("version", "kept_at", why="an older page does not overwrite a newer; ends what is forgotten"),
    until=(ACCOUNT, UNTOUCHED),
)
class Draft(Row):
    """What an account began to write in a group, or below one post of it. One for each place."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    # None: a post that is to be.
    post = models.ForeignKey("groups.Post", null=True, on_delete=models.CASCADE, related_name="+")
    title = SealedText(owner="account", null=True)
    note = SealedText(owner="account", null=True)
    text = SealedText(owner="account", null=True)
    version = models.PositiveIntegerField(default=0)
    kept_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "group"], condition=models.Q(post=None), name="groups_draft_of_a_post"
            ),
            models.UniqueConstraint(fields=["account", "post"], name="groups_draft_of_a_reply"),
        ]


@keeps(
    members("account", "post", why="who is told of replies below a post"),
    until=(UNFOLLOWED, ACCOUNT, POST),
)
class FollowedPost(Row):
    """An account is told of replies below a post: its author from the start, others by choice."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    post = models.ForeignKey("groups.Post", on_delete=models.CASCADE, related_name="followers")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "post"], name="groups_followed_once")]


@keeps(
    members("account", "group", "post", why="whose place it is, and where"),
    members("seen_at", "before_at", why="marks what is new since the visit before this one"),
    members("page", why="leads back to the page of the replies that was read last"),
    until=(GONE, UNVISITED, ACCOUNT),
)
class Visit(Row):
    """When an account was last in a group, or below one post of it; and when the visit before that ended."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    # None: the list of posts.
    post = models.ForeignKey("groups.Post", null=True, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)
    before_at = models.DateTimeField(null=True)
    # Of the replies below the post.
    page = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "group"], condition=models.Q(post=None), name="groups_visit_of_a_group"
            ),
            models.UniqueConstraint(fields=["account", "post"], name="groups_visit_of_a_post"),
        ]


@keeps(
    sealed("sign", why="the sign of support", until=(TAKEN_BACK, ACCOUNT)),
    members("post", "reply", "account", why="who gave it, and below what"),
    until=(TAKEN_BACK, ACCOUNT, POST),
)
class Support(Row):
    """One account's sign for a post or a reply below it. The disk tells that there is one, not which."""

    post = models.ForeignKey("groups.Post", on_delete=models.CASCADE, related_name="support")
    # None: the post itself.
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    sign = SealedText(owner="account", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "post"], condition=models.Q(reply=None), name="groups_support_of_a_post"
            ),
            models.UniqueConstraint(fields=["account", "reply"], name="groups_support_of_a_reply"),
        ]


@keeps(
    sealed("words", why="what is in a photo, for who cannot see it", until=(PHOTO_TAKEN, UNTOUCHED, ACCOUNT)),
    members("account", "draft", "post", "reply", why="whose photo it is, and where it stands"),
    members("place", "width", "height", why="shows it in its place"),
    coded("sent_key", why="the same form sent twice is one photo"),
    until=(PHOTO_TAKEN, UNTOUCHED, ACCOUNT, POST),
)
class PostPhoto(Row):
    """A photo of a draft, and later of the post or reply that it became. Its bytes are sealed files under its
    author's key; see photo_bytes.py.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    draft = models.ForeignKey(Draft, null=True, on_delete=models.CASCADE, related_name="photos")
    post = models.ForeignKey("groups.Post", null=True, on_delete=models.CASCADE, related_name="photos")
    # None: of the post itself.
    reply = models.ForeignKey(Reply, null=True, on_delete=models.CASCADE, related_name="+")
    words = SealedText(owner="account")
    place = models.PositiveSmallIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sent_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "sent_key"], name="groups_photo_sent_once"),
            models.CheckConstraint(
                condition=models.Q(draft=None) ^ models.Q(post=None), name="groups_photo_of_draft_or_post"
            ),
        ]

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.account_id)


@keeps(
    members("group", "persona", "asked_at", "due_at", why="what is erased under which alias, and when"),
    until=(ASKED_TO_ERASE, ACCOUNT),
)
class AliasToErase(Row):
    """What its owner wrote in a group under one alias goes at a moment that is drawn for it alone: words that
    go together tell that they belong together.
    """

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="+")
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="+")
    # What is written later stays.
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "persona"], name="groups_alias_to_erase_once"),
        ]
