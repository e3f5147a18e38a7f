"""Places on the pages of groups that contexts above fill: groups do not know what they show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.groups.models import Group, Post


@dataclass(frozen=True)
class Filling:
    """A template of the context above, and what it shows: in the template `it`."""

    template: str
    it: Mapping[str, Any]


# Beside the posts of a group that the viewer may read; None where there is nothing to show.
BesideGroup = Callable[[Account | None, Group], Filling | None]
# Below posts: one call for all posts of a page, so that what is asked does not grow with them.
BelowPosts = Callable[[Account | None, Sequence[Post]], Mapping[UUID, Filling]]
# What else belongs to the words of one post, for who decides about a report of it.
SaidBelow = Callable[[UUID], str]
# What can be done at a post, on its own page.
AtPost = Callable[[Account | None, Post], Filling | None]
_beside: list[BesideGroup] = []
_below: list[BelowPosts] = []
_at: list[AtPost] = []
_said: list[SaidBelow] = []


def fill_beside(by: BesideGroup) -> BesideGroup:
    if by not in _beside:
        _beside.append(by)
    return by


def fill_below(by: BelowPosts) -> None:
    if by not in _below:
        _below.append(by)


def say_below(by: SaidBelow) -> None:
    if by not in _said:
        _said.append(by)


def fill_at(by: AtPost) -> None:
    if by not in _at:
        _at.append(by)


def beside(viewer: Account | None, group: Group) -> list[Filling]:
    return [found for by in _beside if (found := by(viewer, group)) is not None]


def below(viewer: Account | None, posts: Sequence[Post]) -> dict[UUID, list[Filling]]:
    """What contexts above show below each of these posts."""
    found = [by(viewer, posts) for by in _below]
    return {post.pk: [fillings[post.pk] for fillings in found if post.pk in fillings] for post in posts}


def said_below(post_id: UUID) -> list[str]:
    """The words that contexts above show below a post: reported with it."""
    return [words for by in _said if (words := by(post_id))]


def at(viewer: Account | None, post: Post) -> list[Filling]:
    return [found for by in _at if (found := by(viewer, post)) is not None]
