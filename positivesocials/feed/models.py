from django.conf import settings
from django.db import models

from positivesocials.core.keeping import ACCOUNT, Until, keeps, members, sealed
from positivesocials.core.models import Row
from positivesocials.groups.models import Group, Post
from positivesocials.profiles.models import Persona
from positivesocials.vault.fields import SealedText

UNFOLLOWED = Until("follows", "whoever follows stops", by="feed.services.unfollow")
SHOWN_AGAIN = Until("mutes", "whoever muted shows it again", by="feed.services.show_writer")
GROUP_SHOWN = Until("group_mutes", "whoever muted shows it again", by="feed.services.show_group")
TAKEN_BACK = Until("week_questions", "its asker takes it back", by="feed.weekly.take_back")


@keeps(
    members("account", "persona", "made_at", why="whose posts come to the feed"), until=(UNFOLLOWED, ACCOUNT)
)
class Follow(Row):
    """A member reads what somebody writes under their name. An alias is never followed. Nobody is told."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "persona"], name="feed_follow_once")]


@keeps(
    members("account", "persona", "made_at", why="whose posts are not in the feed, and folded elsewhere"),
    sealed("shown_as", why="the name in the reader's own list"),
    until=(SHOWN_AGAIN, ACCOUNT),
)
class MutedWriter(Row):
    """A name, or the alias of one post, that stays away or is folded: never whoever else the account is."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    persona = models.ForeignKey(Persona, on_delete=models.CASCADE, related_name="+")
    shown_as = SealedText(owner="account", null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "persona"], name="feed_writer_muted_once")]


@keeps(
    members("account", "group", "made_at", why="which posts stay away from the feed"),
    until=(GROUP_SHOWN, ACCOUNT),
)
class MutedGroup(Row):
    """A group whose posts stay away. Whoever mutes it still belongs to it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "group"], name="feed_group_muted_once")]


@keeps(
    sealed("words", why="what everybody is asked in one week"),
    members("week", "asker", "post", "made_at", why="when it is asked, by whom, and where all answer"),
    until=(TAKEN_BACK, ACCOUNT),
)
class WeekQuestion(Row):
    """What everybody is asked in one week: a post in the Welcome group, under its asker's name."""

    # The Monday it begins on.
    week = models.DateField(unique=True)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = SealedText(owner="asker")
    post = models.OneToOneField(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
