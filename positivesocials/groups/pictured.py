"""Photos of posts and replies as pages show them: how many, and to who belongs the photos themselves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.groups.models import Group, Post
from positivesocials.groups.photo_bytes import SHELF
from positivesocials.groups.photo_rules import groups_with_photos_for
from positivesocials.groups.post_models import PostPhoto
from positivesocials.vault.fields import warm
from positivesocials.vault.pictures import SMALL

SIDE = 320


@dataclass(frozen=True)
class Shown:
    id: UUID
    slug: str
    words: str
    width: int
    height: int


@dataclass(frozen=True)
class Album:
    """The photos of one post or reply. `shown` is empty in lists, and for who does not belong."""

    count: int
    is_open: bool
    may_remove: bool = False
    shown: tuple[Shown, ...] = ()


def albums_of(posts: Sequence[Post], viewer: Account | None, *, counted: bool) -> dict[UUID, Album]:
    """Of the posts themselves; only how many where they are `counted`."""
    rows = list(PostPhoto.objects.filter(post__in=posts, reply=None).order_by("place", "id"))
    groups = {post.pk: post.group for post in posts}
    by_post: dict[UUID, list[PostPhoto]] = {}
    for row in rows:
        by_post.setdefault(row.post_id, []).append(row)  # type: ignore[arg-type]
    seen = groups_with_photos_for(viewer, (groups[pk].pk for pk in by_post)) if rows else set()
    return {
        pk: _album(photos, groups[pk], viewer, belongs=groups[pk].pk in seen, counted=counted)
        for pk, photos in by_post.items()
    }


def albums_below(post: Post, viewer: Account | None, reply_ids: Collection[UUID]) -> Mapping[UUID, Album]:
    """Of these replies below a post, by reply. One query, however many they are."""
    if not reply_ids:
        return {}
    rows = PostPhoto.objects.filter(post=post, reply__in=reply_ids).order_by("place", "id")
    by_reply: dict[UUID, list[PostPhoto]] = {}
    for row in rows:
        by_reply.setdefault(row.reply_id, []).append(row)  # type: ignore[arg-type]
    belongs = bool(by_reply and groups_with_photos_for(viewer, [post.group_id]))
    return {
        pk: _album(photos, post.group, viewer, belongs=belongs, counted=False)
        for pk, photos in by_reply.items()
    }


def shown(photos: Iterable[PostPhoto], slug: str) -> tuple[Shown, ...]:
    """For who may see them, on a page of the group of this address."""
    rows = list(photos)
    warm(rows)
    return tuple(Shown(row.pk, slug, row.words or "", *_drawn(row)) for row in rows)


def own_album(photos: Iterable[PostPhoto], slug: str) -> Album:
    """What the writer is about to post."""
    rows = shown(photos, slug)
    return Album(len(rows), is_open=True, shown=rows)


def data_of(photo: PostPhoto, size: str) -> bytes:
    """The picture in one size. Who may see it is asked before."""
    data = SHELF.opened(photo.key_owner, photo.pk, size)
    if data is None:
        raise NotThere
    return data


def of_post(post_id: UUID) -> list[PostPhoto]:
    """For whoever decides about the post."""
    return list(_standing().filter(post=post_id, reply=None))


def of_reply(reply_id: UUID) -> list[PostPhoto]:
    return list(_standing().filter(reply=reply_id))


def seen_by(viewer: Account | None, photos: list[PostPhoto]) -> list[PostPhoto]:
    """These photos of one post or reply that the viewer reads, if photos there are for them."""
    post = next((photo.post for photo in photos if photo.post), None)
    return photos if post and groups_with_photos_for(viewer, [post.group_id]) else []


def copies_for_report(photos: Iterable[PostPhoto]) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
    """What was said of each, and each as it stands in lists."""
    rows = list(photos)
    warm(rows)
    pictures = (SHELF.opened(row.key_owner, row.pk, SMALL) for row in rows)
    return tuple(row.words for row in rows if row.words), tuple(each for each in pictures if each)


def _drawn(photo: PostPhoto) -> tuple[int, int]:
    """How large it stands on a page: as large as its blur is."""
    shrinks = min(1, SIDE / max(photo.width, photo.height))
    return max(1, round(photo.width * shrinks)), max(1, round(photo.height * shrinks))


def _standing() -> QuerySet[PostPhoto]:
    return PostPhoto.objects.select_related("post").order_by("place", "id")


def _album(
    photos: list[PostPhoto], group: Group, viewer: Account | None, *, belongs: bool, counted: bool
) -> Album:
    is_own = viewer is not None and photos[0].account_id == viewer.pk
    is_open = belongs or is_own
    return Album(len(photos), is_open, is_own, shown(photos, group.slug) if is_open and not counted else ())
