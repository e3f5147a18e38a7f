"""What a viewer reads in a group. No id of an account or a persona leaves this module."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import dropwhile
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from positivesocials.accounts.models import Account
from positivesocials.care import selectors as care
from positivesocials.care.crisis import NO_SIGNS, Signs, signs_in
from positivesocials.care.selectors import HelpShown
from positivesocials.core import keyset, markdown
from positivesocials.core.keyset import Place
from positivesocials.groups import access, pictured, slots, subjects, tending_access
from positivesocials.groups.models import (
    ASKERS,
    BELONGING,
    TENDING,
    Group,
    Membership,
    Openness,
    Post,
    PostQuerySet,
    Standing,
)
from positivesocials.groups.pictured import Album
from positivesocials.groups.slots import Filling
from positivesocials.messaging import opener_access as openers
from positivesocials.moderation import selectors as moderation
from positivesocials.profiles import badges
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.badges import Badge
from positivesocials.profiles.models import Persona, Profile
from positivesocials.replies import selectors as replies
from positivesocials.replies.models import Reply, State
from positivesocials.safety import hidden_words
from positivesocials.safety.hidden_words import NOTHING, Asides
from positivesocials.vault import services as vault
from positivesocials.vault.fields import warm
from positivesocials.vault.services import KeyOwner

A_PAGE, MOST_PINNED, MOST_WARMED = 20, 20, 300
# For so long newcomers are greeted.
NEW = timedelta(days=14)
EXCERPT = 700


@dataclass(frozen=True)
class PostView:
    """A post as this viewer may see it."""

    id: UUID
    slug: str
    title: str
    name: str
    salt: str
    is_alias: bool
    is_own: bool
    is_pinned: bool
    state: str
    text: SafeString | None
    is_cut: bool
    reason: str
    replies: int
    written_at: datetime
    below: tuple[Filling, ...] = ()
    badges: tuple[Badge, ...] = ()
    # One line before a text that is folded until somebody opens it.
    note: str = ""
    edited_at: datetime | None = None
    is_new: bool = False
    # By which a removal can be appealed against.
    appeal: UUID | None = None
    is_appealed: bool = False
    # Why it is folded for this viewer, who put it aside.
    aside: str = ""
    # Of the words, for this page alone: help for whoever wrote them, and a word to others who read them.
    signs: Signs = NO_SIGNS
    help: HelpShown | None = None
    album: Album | None = None

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD

    @property
    def is_removed(self) -> bool:
        return self.state == State.REMOVED


@dataclass(frozen=True)
class PostPage:
    """`older` is where the next page begins, as it goes into an address; empty at the end."""

    posts: tuple[PostView, ...]
    older: str
    is_first: bool

    @property
    def first_new(self) -> UUID | None:
        """Where the mark of what is new stands, for whoever was here before."""
        return next((post.id for post in self.posts if post.is_new and not post.is_pinned), None)

    @property
    def first_seen(self) -> UUID | None:
        """Where what is new ends."""
        unpinned = [post for post in self.posts if not post.is_pinned]
        after = dropwhile(lambda post: not post.is_new, unpinned)
        return next((post.id for post in after if not post.is_new and not post.is_own), None)


def stands(viewer: Account | None, group: Group) -> dict[str, Any]:
    """How the viewer stands to the group, for its pages."""
    row = Membership.objects.filter(group=group, account=viewer).first() if viewer else None
    belongs = row is not None and row.standing in BELONGING
    is_newcomer = belongs and row is not None and row.standing != Standing.FOUNDER
    return {
        "standing": row.standing if row else None,
        "own": row,
        "belongs": belongs,
        "may_tend": row is not None and row.standing in TENDING,
        "is_new": is_newcomer and row is not None and row.joined_at > timezone.now() - NEW,
        "subject": subjects.name_of(group),
        "askers": group.memberships.belonging().count() if group.opened_at is None else 0,
        "most_askers": ASKERS,
    }


def open_stands() -> list[tuple[str, datetime | None]]:
    """Where groups stand that anyone can read, and when somebody last wrote there."""
    last = Max("posts__written_at", filter=Q(posts__state=State.PUBLIC))
    open_ones = Group.objects.readable_by(None).annotate(last=last).order_by("made_at", "slug")
    rows = open_ones.values_list("slug", "last")
    return [(reverse("groups:show-group", args=[slug]), written_at) for slug, written_at in rows]


def page_of(
    group: Group, viewer: Account | None, *, before: str | None = None, seen_at: datetime | None = None
) -> PostPage:
    """Pinned posts first, then the newest; what the viewer has waiting is among them.

    For whoever may read the group. Later pages begin below the last post of the one before. What was written
    after `seen_at` is new to the viewer.
    """
    place = Place.read(before)
    here = Post.objects.filter(group=group).apart_from_blocked(viewer).select_related("persona")
    pinned = (
        []
        if place
        else list(
            here.filter(state=State.PUBLIC, pinned_at__isnull=False).order_by("-pinned_at")[:MOST_PINNED]
        )
    )
    newest = _newest(here, viewer, place)
    posts = sorted(pinned, key=lambda post: post.pinned_at or post.written_at, reverse=True)
    posts += [post for post in newest[:A_PAGE] if post not in pinned]
    for post in posts:
        # One row for all of them: its key is asked for once, and its name opened once.
        post.group = group
    older = str(Place.of(newest[A_PAGE - 1])) if len(newest) > A_PAGE else ""
    views = excerpts_of(posts, viewer, asides_in(group, viewer))
    if seen_at:
        views = tuple(replace(view, is_new=view.written_at > seen_at and not view.is_own) for view in views)
    return PostPage(posts=views, older=older, is_first=place is None)


def _newest(here: PostQuerySet, viewer: Account | None, place: Place | None) -> list[Post]:
    """One more than a page. Asked for in two questions: an index answers each, and none answers both."""
    below = here.filter(place.below()) if place else here
    kinds = [below.filter(state=State.PUBLIC)]
    if viewer:
        kinds.append(below.filter(author=viewer, state__in=[State.HELD, State.REMOVED]))
    found = [post for kind in kinds for post in kind.order_by(*keyset.ORDER)[: A_PAGE + 1]]
    return sorted(found, key=lambda post: (post.written_at, post.pk), reverse=True)[: A_PAGE + 1]


def latest_posts(viewer: Account | None, *, limit: int) -> tuple[PostView, ...]:
    """The newest posts of open groups, for a home page."""
    listed = Post.objects.listed_for(viewer).filter(state=State.PUBLIC, group__openness=Openness.OPEN)
    rows = listed.select_related("persona", "group")
    latest = list(rows.order_by("-written_at", "id")[:limit])
    return excerpts_of(latest, viewer, hidden_words.asides_of(viewer))


def asides_in(group: Group, viewer: Account | None) -> Asides:
    """What is folded for this reader. Who keeps order in the group sees everything there."""
    asides = hidden_words.asides_of(viewer)
    return NOTHING if asides != NOTHING and access.may_tend(viewer, group) else asides


def excerpts_of(posts: list[Post], viewer: Account | None, asides: Asides) -> tuple[PostView, ...]:
    """Posts of a list, of which the viewer may see each: long ones are cut."""
    return _views(posts, viewer, asides, excerpts=True)


def view_of(post: Post, viewer: Account | None, asides: Asides = NOTHING) -> PostView:
    return _with_help(_views([post], viewer, asides, excerpts=False)[0], viewer)


def warm_page(post: Post, viewer: Account | None) -> None:
    """All keys of a post's page in one question, before anything on it is opened."""
    answers = Reply.objects.filter(thread=post.thread_id).values_list("key_kind", "key_id")
    owners = {KeyOwner(*owner) for owner in answers[:MOST_WARMED]}
    owners |= {post.key_owner, KeyOwner(Group._meta.label, post.group_id)}
    if viewer:
        owners.add(KeyOwner(Account._meta.label, viewer.pk))
    vault.warm(owners)


def addressee_of(post: Post, viewer: Account | None) -> UUID | None:
    """The profile to which the viewer may write first from here. None behind an alias, whoever it is."""
    persona = post.persona
    if viewer is None or persona is None or persona.is_alias or not post.text:
        return None
    # The viewer's own choice first: where it is off, as it is for most, nothing else is asked.
    own = profiles.profile_of(viewer) if access.lets_write(viewer, post.group) else None
    other = (
        Profile.objects.standing().with_faces().filter(account=persona.account_id).first() if own else None
    )
    if own is None or other is None or not access.may_write_first(own, other):
        return None
    return other.pk if openers.may_be_written_to(viewer, own, other) else None


def preview(
    persona: Persona,
    *,
    alias: str = "",
    salt: str = "",
    title: str,
    text: str,
    note: str = "",
    album: Album | None = None,
) -> PostView:
    """A post as it would look, before it is one; under `alias` if there is one."""
    return PostView(
        id=uuid4(),
        slug="",
        title=title,
        name=alias or persona.name or "",
        salt=salt if alias else persona.salt,
        is_alias=bool(alias),
        is_own=True,
        is_pinned=False,
        state="preview",
        text=markdown.render(text),
        note=note,
        is_cut=False,
        reason="",
        replies=0,
        written_at=timezone.now(),
        album=album,
    )


def voices_in(post: Post, actor: Account) -> list[replies.Voice]:
    """The names the actor may reply under; that of the post first, if it is theirs."""
    return replies.voices_in(post.thread, actor, post.persona if post.author_id == actor.pk else None)


def persona_of(account: Account) -> Persona | None:
    """The name people know the account by; None before it has chosen one."""
    profile = profiles.profile_of(account)
    return profile.persona if profile else None


def post_of_thread(thread_id: UUID) -> Post | None:
    return Post.objects.select_related("group").filter(thread_id=thread_id).first()


def shown_name(persona: Persona | None) -> str:
    return (persona and persona.name) or gettext("Someone who left")


def excerpt(text: str) -> tuple[str, bool]:
    """The beginning of a long text, cut between words; and whether something was cut."""
    if len(text) <= EXCERPT:
        return text, False
    head = text[:EXCERPT]
    paragraph = head.rfind("\n\n")
    if paragraph > EXCERPT // 3:
        return head[:paragraph], True
    return head[: head.rfind(" ") if " " in head else EXCERPT] + "…", True


def _views(
    posts: list[Post], viewer: Account | None, asides: Asides, *, excerpts: bool
) -> tuple[PostView, ...]:
    personas, groups = [post.persona for post in posts if post.persona], [post.group for post in posts]
    warm(posts, personas, groups, asides.rows)
    # A page of its own shows the replies themselves.
    counts = replies.counts([post.thread_id for post in posts], viewer) if excerpts else {}
    judged = _judged([post for post in posts if _is_own(post, viewer)])
    below, given, albums = (
        slots.below(viewer, posts),
        badges.of_all((post.pk, post.persona) for post in posts if post.text),
        pictured.albums_of(posts, viewer, counted=excerpts),
    )
    views = (
        _view(post, viewer, counts.get(post.thread_id, 0), judged.get(post.pk), excerpts) for post in posts
    )
    return tuple(
        replace(
            view,
            below=tuple(below[post.pk]),
            badges=given.get(post.pk, ()),
            album=albums.get(post.pk) if view.text is not None else None,
            aside=aside_of(post, viewer, asides),
        )
        for post, view in zip(posts, views, strict=True)
    )


def aside_of(post: Post, viewer: Account | None, asides: Asides) -> str:
    """Nothing of one's own is folded, nor what cannot be read."""
    if _is_own(post, viewer) or post.state != State.PUBLIC:
        return ""
    return asides.why(post.persona_id, post.title, post.note, post.text)


@dataclass(frozen=True)
class Judged:
    """What was decided about a post of the viewer's own, and whether they may ask the moderators."""

    reason: str
    appeal: UUID | None
    is_appealed: bool


def _judged(own: list[Post]) -> dict[UUID, Judged]:
    ids = [post.pk for post in own if post.state in {State.REMOVED, State.HELD}]
    if not ids:
        return {}
    reasons = moderation.reasons("post", ids)
    removals = {row.post_id: row for row in tending_access.removals(ids)}
    warm(removals.values())
    found = {}
    for pk in reasons.keys() | removals.keys():
        removal = removals.get(pk)
        found[pk] = Judged(
            reason=reasons.get(pk) or (removal and removal.reason) or "",
            appeal=removal.pk if removal and tending_access.may_appeal(removal) else None,
            is_appealed=removal is not None and removal.appealed_at is not None,
        )
    return found


def _view(post: Post, viewer: Account | None, count: int, judged: Judged | None, excerpts: bool) -> PostView:
    is_own = _is_own(post, viewer)
    readable = post.state in {State.PUBLIC, State.HELD} or (post.state == State.REMOVED and is_own)
    text = post.text if readable else None
    shown, is_cut = excerpt(text or "") if excerpts else (text or "", False)
    return PostView(
        id=post.pk,
        slug=post.group.slug,
        title=(post.title or "") if text is not None else "",
        name=shown_name(post.persona) if text is not None else "",
        salt=post.persona.salt if post.persona else "",
        is_alias=bool(post.persona and post.persona.is_alias),
        is_own=is_own,
        is_pinned=post.pinned_at is not None,
        state=post.state,
        text=markdown.render(shown) if text is not None else None,
        is_cut=is_cut,
        reason=judged.reason if judged else "",
        replies=count,
        written_at=post.written_at,
        note=(post.note or "") if text is not None else "",
        edited_at=post.edited_at,
        appeal=judged.appeal if judged else None,
        is_appealed=bool(judged and judged.is_appealed),
        signs=signs_in(f"{post.title or ''}\n{shown}") if text is not None else NO_SIGNS,
    )


def _with_help(view: PostView, viewer: Account | None) -> PostView:
    """For the writer alone, in the country they chose."""
    if not view.is_own or not view.signs:
        return view
    return replace(view, help=care.help_for(view.signs, care.country_of(viewer)))


def _is_own(post: Post, viewer: Account | None) -> bool:
    return viewer is not None and post.author_id == viewer.pk
