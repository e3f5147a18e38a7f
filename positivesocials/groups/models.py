from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.core.keeping import ACCOUNT, AUTHOR, SITE, Until, coded, keeps, members, public, sealed
from positivesocials.core.models import Row
from positivesocials.groups import post_models as post_models  # Found by Django here.
from positivesocials.groups.tending_models import CLOSED, Invitation, Removal
from positivesocials.profiles.models import Persona
from positivesocials.replies.models import State, Thread
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import SealedJSON, SealedText
from positivesocials.vault.services import KeyOwner

__all__ = ["Group", "Invitation", "Membership", "Post", "Removal"]
# A group opens when so many belong to it, its founder included.
ASKERS = 5
# As which moderators know of groups.
GROUP_KIND = "group"
LEFT = Until("memberships", "the member leaves the group", by="groups.services.leave_group")
ANSWERED = Until("answers_to_groups", "it is decided whether they are let in", by="groups.tending.let_in")
REMOVED = Until("posts", "its author removes it", by="groups.services.erase_post")
GROUP = Until("post_lines", "its group is removed", goes_with="groups.Group")


# A member's post never waits for a mailed link.
STATES = [(state.value, state.label) for state in State if state != State.UNPROVEN]


class Openness(models.TextChoices):
    OPEN = "open", _("Open: anyone can read")
    MEMBERS = "members", _("Members only: other members see its name, who joins can read")
    INVITED = "invited", _("Invited: only who is asked in knows of it")


class Kind(models.TextChoices):
    """What brings people together here. `subject` says which one."""

    TOPIC = "topic", _("A topic")
    CIRCLE = "circle", _("A circle")
    PLACE = "place", _("A place")
    LANGUAGE = "language", _("A language")
    COUPLES = "couples", _("Couples")
    PARTNERS = "partners", _("Partners of somebody")


class GroupState(models.TextChoices):
    """Whether a group is there for others. Of one that is closed only those who tended it still know."""

    HELD = "held", _("Awaiting moderation")
    THERE = "there", _("There")
    CLOSED = "closed", _("Closed by who looked after it")
    REMOVED = "removed", _("Closed by a moderator")


class Standing(models.TextChoices):
    """How an account stands to a group. The last three belong to it."""

    PUT_OUT = "out", pgettext_lazy("standing", "Put out")
    DECLINED = "declined", _("Not let in")
    INVITED = "invited", _("Invited")
    ASKING = "asking", _("Asks to join")
    MEMBER = "member", _("Member")
    MODERATOR = "moderator", _("Moderator of this group")
    FOUNDER = "founder", _("Founder")


TENDING = (Standing.MODERATOR, Standing.FOUNDER)
BELONGING = (Standing.MEMBER, *TENDING)


class SeenAs(models.TextChoices):
    """As what somebody stands in the lists of who tends the group. Whoever was put out by a post under an
    alias looks there as before: a name that goes would tell who was behind the alias.
    """

    ITSELF = "", _("As they stand")
    MEMBER = "member", _("As a member")
    NOBODY = "nobody", _("Not at all")


class GroupQuerySet(models.QuerySet["Group"]):
    def readable_by(self, viewer: Account | None) -> "GroupQuerySet":
        """Groups whose posts this viewer may read."""
        readable = models.Q(openness=Openness.OPEN)
        if viewer:
            readable |= models.Q(pk__in=Membership.objects.belonging().filter(account=viewer).values("group"))
        return self.filter(readable, opened_at__isnull=False, state=GroupState.THERE)

    def known_to(self, viewer: Account | None) -> "GroupQuerySet":
        """Groups of which this viewer may learn that they exist. Who was put out still knows an open one."""
        there = models.Q(state=GroupState.THERE)
        if viewer is None:
            return self.filter(there, openness=Openness.OPEN, opened_at__isnull=False)
        own = Membership.objects.filter(account=viewer)
        out = own.filter(standing=Standing.PUT_OUT).values("group")
        inside = own.exclude(standing=Standing.PUT_OUT).values("group")
        by_openness = models.Q(openness=Openness.OPEN) | (
            models.Q(openness=Openness.MEMBERS) & ~models.Q(pk__in=out)
        )
        known = there & (by_openness | models.Q(pk__in=inside))
        return self.filter(known | models.Q(pk__in=own.tending().values("group")))


@keeps(
    sealed("name", "about", "rules", "questions", "greeting", why="what the group is for, in its own words"),
    sealed("subject", why="which circle, town or language it is about, and so who belongs to it"),
    public("slug", "openness", "kind", "made_at", "opened_at", why="what sort of group it is"),
    public("state", "reworded_at", "closed_at", why="whether it is there, and when its words were changed"),
    until=(CLOSED, SITE),
)
class Group(Row):
    """A community space. What an open one says of itself is public; others are shown to who may know them."""

    slug = models.SlugField(unique=True)
    name = SealedText(null=True)
    about = SealedText(null=True)
    rules = SealedText(null=True)
    # One on each line. Where there are any, newcomers wait for somebody who tends the group.
    questions = SealedText(null=True)
    # What newcomers read first.
    greeting = SealedText(null=True)
    openness = models.CharField(max_length=12, choices=Openness.choices, default=Openness.OPEN)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.TOPIC)
    # The slug of a circle, the code of a language or the id of a town; nothing for the other kinds. Who
    # belongs to the group is plain: beside it this would say who is of which circle and lives in which town.
    subject = SealedText(null=True)
    state = models.CharField(max_length=8, choices=GroupState.choices, default=GroupState.THERE)
    made_at = models.DateTimeField(auto_now_add=True)
    # None as long as too few have asked for it.
    opened_at = models.DateTimeField(null=True, blank=True)
    reworded_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, db_index=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["openness", "opened_at"])]

    @property
    def name_here(self) -> str:
        """In the reader's language, if it is the name that came with the software."""
        return gettext(self.name) if self.name else ""

    @property
    def about_here(self) -> str:
        return gettext(self.about) if self.about else ""

    @property
    def rule_lines(self) -> list[str]:
        return [gettext(rule) for rule in (self.rules or "").splitlines()]

    @property
    def greeting_here(self) -> str:
        return gettext(self.greeting) if self.greeting else ""

    @property
    def question_lines(self) -> list[str]:
        return (self.questions or "").splitlines()

    @property
    def is_there(self) -> bool:
        return self.state == GroupState.THERE

    @property
    def is_public(self) -> bool:
        return self.openness == Openness.OPEN and self.opened_at is not None and self.is_there


class MembershipQuerySet(models.QuerySet["Membership"]):
    def belonging(self) -> "MembershipQuerySet":
        return self.filter(standing__in=BELONGING)

    def tending(self) -> "MembershipQuerySet":
        return self.filter(standing__in=TENDING)

    def listed(self) -> "MembershipQuerySet":
        """Who stands in the list of members, whoever of them was put out behind an alias."""
        veiled = models.Q(standing=Standing.PUT_OUT, seen_as=SeenAs.MEMBER)
        return self.filter(models.Q(standing__in=BELONGING) | veiled)


@keeps(
    members("group", "account", "joined_at", why="who belongs to the group"),
    coded("standing", "seen_as", why="whether they belong to it, tend it, or wait"),
    sealed(
        "answers",
        why="what they answered to its questions, for those who tend it",
        until=(ANSWERED, LEFT, ACCOUNT),
    ),
    sealed("note", why="why they were put out, for them to read"),
    members("asked_to_tend_at", why="whether they were asked to look after it too"),
    members("lets_write_at", why="other members who allow it too may write to them first"),
    until=(LEFT, ACCOUNT),
)
class Membership(Row):
    """How an account stands to a group; never listed to outsiders."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    standing = models.CharField(max_length=12, choices=Standing.choices, default=Standing.MEMBER)
    seen_as = models.CharField(max_length=8, choices=SeenAs.choices, default=SeenAs.ITSELF, blank=True)
    answers = SealedJSON(owner="account", null=True)
    note = SealedText(owner="account", null=True)
    asked_to_tend_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    lets_write_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "account"], name="groups_membership_once"),
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(standing="founder"), name="groups_one_founder"
            ),
        ]
        indexes = [models.Index(fields=["account", "standing"])]


class PostQuerySet(models.QuerySet["Post"]):
    def listed_for(self, viewer: Account | None) -> "PostQuerySet":
        """Public posts that the viewer may read, and their own that wait or were removed by a moderator."""
        own = models.Q(author=viewer, state__in=[State.HELD, State.REMOVED])
        listed = models.Q(state=State.PUBLIC) | own if viewer else models.Q(state=State.PUBLIC)
        return self.readable_by(viewer).filter(listed).apart_from_blocked(viewer)

    def standing_for(self, viewer: Account | None) -> "PostQuerySet":
        """Posts whose page there is: of one that was taken away a line stays, and the replies."""
        standing = ~models.Q(state=State.HELD)
        if viewer:
            standing |= models.Q(author=viewer)
        return self.readable_by(viewer).filter(standing).apart_from_blocked(viewer)

    def readable_by(self, viewer: Account | None) -> "PostQuerySet":
        """Posts of groups that the viewer may read, as `Group.objects.readable_by` says.

        It asks each post for its group: a list of all open groups, made first, would grow with them.
        """
        readable = models.Q(group__openness=Openness.OPEN)
        if viewer:
            own = Membership.objects.belonging().filter(account=viewer)
            readable |= models.Q(group__in=own.values("group"))
        return self.filter(readable, group__opened_at__isnull=False, group__state=GroupState.THERE)

    def apart_from_blocked(self, viewer: Account | None) -> "PostQuerySet":
        # Not exclude(author__in=...): that would drop posts whose author has left.
        return self.exclude(author__isnull=False, author_id__in=safety.hidden_from(viewer))


@keeps(
    sealed("title", "note", "text", why="the post, public once it is approved", until=(REMOVED, AUTHOR)),
    members("author", "persona", why="whose post it is", until=ACCOUNT),
    public(
        *("group", "thread", "state", "written_at", "edited_at", "pinned_at"),
        why="where the post stands, and since when",
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
    # The index below begins with it.
    persona = models.ForeignKey(
        Persona, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    title = SealedText(owner="key_owner", null=True)
    # One line before a post that may be hard to read: its text is folded until somebody opens it.
    note = SealedText(owner="key_owner", null=True)
    text = SealedText(owner="key_owner", null=True)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="post")
    state = models.CharField(max_length=8, choices=STATES, default=State.HELD)
    written_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)
    client_key = models.CharField(max_length=64, unique=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["group", "state", "-written_at"]),
            models.Index(fields=["state", "-written_at"]),
            models.Index(fields=["persona", "state", "-written_at"]),
            models.Index(
                fields=["group", "state", "-pinned_at"],
                condition=models.Q(pinned_at__isnull=False),
                name="groups_post_pinned",
            ),
        ]

    @property
    def key_owner(self) -> KeyOwner:
        return KeyOwner("accounts.Account", self.key_id)
