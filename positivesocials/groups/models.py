from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.keeping import ACCOUNT, AUTHOR, SITE, Until, coded, keeps, members, public, sealed
from positivesocials.core.models import Row
from positivesocials.profiles.models import Persona
from positivesocials.replies.models import State, Thread
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import SealedText
from positivesocials.vault.services import KeyOwner

LEFT = Until("memberships", "the member leaves the group", by="groups.services.leave_group")
REMOVED = Until("posts", "its author removes it", by="groups.services.erase_post")
GROUP = Until("post_lines", "its group is removed", goes_with="groups.Group")


# A member's post never waits for a mailed link.
STATES = [(state.value, state.label) for state in State if state != State.UNPROVEN]


class Openness(models.TextChoices):
    OPEN = "open", _("Open: anyone can read")


@keeps(
    public("slug", "name", "about", "rules", "openness", "made_at", why="what the group is for"), until=SITE
)
class Group(Row):
    """A community space. Its name and description are public."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)
    about = models.TextField()
    rules = models.TextField(blank=True)
    openness = models.CharField(max_length=12, choices=Openness.choices, default=Openness.OPEN)
    made_at = models.DateTimeField(auto_now_add=True)

    @property
    def about_here(self) -> str:
        """In the reader's language, if it is the description that came with the software."""
        return gettext(self.about)

    @property
    def rule_lines(self) -> list[str]:
        return [gettext(rule) for rule in self.rules.splitlines()]


@keeps(
    members("group", "account", "joined_at", why="who belongs to the group"),
    members("lets_write_at", why="other members who allow it too may write to them first"),
    until=(LEFT, ACCOUNT),
)
class Membership(Row):
    """An account belongs to a group; never listed to outsiders."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    lets_write_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "account"], name="groups_membership_once")]


class PostQuerySet(models.QuerySet["Post"]):
    def listed_for(self, viewer: Account | None) -> "PostQuerySet":
        """Public posts, and the viewer's own that wait or were removed by a moderator."""
        own = models.Q(author=viewer, state__in=[State.HELD, State.REMOVED])
        listed = models.Q(state=State.PUBLIC) | own if viewer else models.Q(state=State.PUBLIC)
        return self.filter(listed).apart_from_blocked(viewer)

    def standing_for(self, viewer: Account | None) -> "PostQuerySet":
        """Posts whose page there is: of one that was taken away a line stays, and the replies."""
        standing = ~models.Q(state=State.HELD)
        if viewer:
            standing |= models.Q(author=viewer)
        return self.filter(standing).apart_from_blocked(viewer)

    def apart_from_blocked(self, viewer: Account | None) -> "PostQuerySet":
        # Not exclude(author__in=...): that would drop posts whose author has left.
        return self.exclude(author__isnull=False, author_id__in=safety.hidden_from(viewer))


@keeps(
    sealed("title", "text", why="the post, public once it is approved", until=(REMOVED, AUTHOR)),
    members("author", "persona", why="whose post it is", until=ACCOUNT),
    public(
        "group", "thread", "state", "written_at", "pinned_at", why="where the post stands, and since when"
    ),
    members("key_id", why="names the key of the text"),
    coded("client_key", why="the same form sent twice is one post"),
    until=GROUP,
)
class Post(Row):
    """A post under its author's own persona or an alias made for it. Sealed under the author's key."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="posts"
    )
    key_id = models.UUIDField()
    persona = models.ForeignKey(Persona, null=True, on_delete=models.SET_NULL, related_name="+")
    title = SealedText(owner="key_owner", null=True)
    text = SealedText(owner="key_owner", null=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="post")
    state = models.CharField(max_length=8, choices=STATES, default=State.HELD)
    written_at = models.DateTimeField(auto_now_add=True)
    pinned_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=64, unique=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["group", "state", "-written_at"]),
            models.Index(fields=["state", "-written_at"]),
        ]

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.key_id)
