"""What those who look after a group decide, and whom they ask in."""

from typing import Any

from django.conf import settings
from django.db import models

from positivesocials.core.keeping import ACCOUNT, Until, keeps, members, sealed, secret
from positivesocials.core.models import Row
from positivesocials.replies.models import Reply
from positivesocials.vault.fields import SealedText

CLOSED = Until(
    "closed_groups",
    "after they were closed",
    after="groups.closing.KEEP_CLOSED",
    by="groups.closing.remove_closed",
)
ENDED = Until(
    "invitations_to_groups",
    "after they were made, if nobody used them",
    after="groups.inviting.KEEP",
    by="groups.inviting.forget_ended",
)
GROUP = Until("removals_in_groups", "its group is removed", goes_with="groups.Group")


@keeps(
    members("group", "made_by", "made_at", "ends_at", why="who may come in, and until when"),
    secret("code_hash", why="knows the link again"),
    until=(ENDED, ACCOUNT),
)
class Invitation(Row):
    """A link that lets one account into a group. It is shown once and works once: then its row is gone."""

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="invitations")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ends_at = models.DateTimeField(db_index=True)


@keeps(
    members("group", "post", "reply", why="which post, or which reply below it"),
    members("made_at", "appealed_at", why="when, and whether its author disagreed"),
    members("by", why="who decided"),
    members("puts_out", why="whether whoever wrote it under an alias was put out with it"),
    sealed("reason", why="the author reads why"),
    until=GROUP,
)
class Removal(Row):
    """Who tends a group took a post or a reply away, without seeing whose it is. Its author may ask the
    moderators of the site to look at it.
    """

    group = models.ForeignKey("groups.Group", on_delete=models.CASCADE, related_name="removals")
    # Of a reply it is the post that it stands below.
    post = models.ForeignKey("groups.Post", on_delete=models.CASCADE, related_name="removals")
    reply = models.OneToOneField(Reply, null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = SealedText(owner="group", null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    puts_out = models.BooleanField(default=False)
    appealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=models.Q(reply=None), name="groups_removal_once"
            )
        ]

    @property
    def item(self) -> Any:
        """What was taken away: a reply or a post."""
        return self.reply or self.post
