"""What a reader's feed shows, and what they chose for it."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.keyset import Place
from positivesocials.feed import access, newest, weekly
from positivesocials.feed.models import Follow, MutedGroup, MutedWriter, WeekQuestion
from positivesocials.groups import selectors as groups
from positivesocials.groups.models import Group, Post
from positivesocials.groups.selectors import PostView
from positivesocials.safety import hidden_words
from positivesocials.vault.fields import warm

A_PAGE = 12


@dataclass(frozen=True)
class Entry:
    """A post with the name of its group."""

    post: PostView
    group_name: str


@dataclass(frozen=True)
class Asked:
    """The question of this week, and the post in which all answer."""

    words: str
    slug: str
    post_id: UUID


@dataclass(frozen=True)
class FeedPage:
    """`older` is where the next page begins, as it goes into an address; empty at the end."""

    entries: tuple[Entry, ...]
    older: str
    is_first: bool
    asked: Asked | None

    @property
    def since(self) -> datetime | None:
        """When the oldest post was written that there is to see."""
        return self.entries[-1].post.written_at if self.entries and not self.older else None


@dataclass(frozen=True)
class Choice:
    """Somebody, or a group, under the name that this reader knows. `id` is that of the choice."""

    id: UUID
    name: str
    salt: str = ""
    is_alias: bool = False


@dataclass(frozen=True)
class Choices:
    followed: tuple[Choice, ...]
    muted: tuple[Choice, ...]
    groups: tuple[Choice, ...]


@dataclass(frozen=True)
class Ways:
    """What a reader may choose beside one post: ids of choices that stand, None where they do not."""

    post_id: UUID
    name: str
    may_follow: bool
    followed: UUID | None
    muted: UUID | None


def page_for(viewer: Account, *, before: str | None = None) -> FeedPage:
    place = Place.read(before)
    found = newest.newest_posts(viewer, below=place, limit=A_PAGE + 1)
    posts, asked = found[:A_PAGE], None if place else weekly.row_of_this_week(viewer)
    asides = hidden_words.asides_of(viewer)
    # All keys of the page in one question.
    rows = [*asides.rows, *filter(None, [asked])]
    warm(posts, [post.persona for post in posts if post.persona], [post.group for post in posts], rows)
    shown = zip(posts, groups.excerpts_of(posts, viewer, asides), strict=True)
    return FeedPage(
        # What is pinned in its group has no other place here.
        entries=tuple(Entry(replace(view, is_pinned=False), post.group.name_here) for post, view in shown),
        older=str(Place.of(posts[-1])) if len(found) > A_PAGE else "",
        is_first=place is None,
        asked=_asked(asked),
    )


def _asked(row: WeekQuestion | None) -> Asked | None:
    if row is None or row.post is None or not row.words:
        return None
    return Asked(row.words, row.post.group.slug, row.post.pk)


def choices_of(viewer: Account) -> Choices:
    """What a reader follows and what they muted, newest first."""
    follows = list(Follow.objects.filter(account=viewer).select_related("persona").order_by("-made_at"))
    mutes = list(MutedWriter.objects.filter(account=viewer).select_related("persona").order_by("-made_at"))
    muted_groups = list(MutedGroup.objects.filter(account=viewer).order_by("-made_at"))
    known = Group.objects.known_to(viewer).in_bulk([mute.group_id for mute in muted_groups])
    warm([follow.persona for follow in follows], mutes, known.values())
    return Choices(
        followed=tuple(Choice(row.pk, row.persona.name or "", row.persona.salt) for row in follows),
        muted=tuple(
            Choice(row.pk, row.shown_as or "", row.persona.salt, row.persona.is_alias) for row in mutes
        ),
        groups=tuple(Choice(row.pk, _name_of(known.get(row.group_id))) for row in muted_groups),
    )


def _name_of(group: Group | None) -> str:
    return group.name_here if group else ""


def ways_at(viewer: Account, post: Post) -> Ways | None:
    persona = post.persona
    if persona is None or not access.may_mute(viewer, post):
        return None
    return Ways(
        post_id=post.pk,
        name=groups.shown_name(persona),
        may_follow=access.may_follow(viewer, post),
        followed=Follow.objects.filter(account=viewer, persona=persona).values_list("pk", flat=True).first(),
        muted=MutedWriter.objects.filter(account=viewer, persona=persona)
        .values_list("pk", flat=True)
        .first(),
    )


def muted_by(viewer: Account) -> list[UUID]:
    """The names, and the aliases of single posts, that a reader muted."""
    return list(MutedWriter.objects.filter(account=viewer).values_list("persona", flat=True))


def mute_of(viewer: Account, group: Group) -> UUID | None:
    return MutedGroup.objects.filter(account=viewer, group=group).values_list("pk", flat=True).first()
