"""What is open of the groups, for the search. Posts are sealed: opened for each search, kept nowhere."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.urls import reverse

from positivesocials.accounts.models import Account
from positivesocials.core import markdown
from positivesocials.core.public_texts import PublicText
from positivesocials.groups.models import Group, Post
from positivesocials.replies.models import State
from positivesocials.vault.fields import warm

GROUP, POST = "group", "post"
TITLE = 80
OPENED = ("group_id", "key_id", "title", "note", "text", "written_at")


def _groups() -> QuerySet[Group]:
    return Group.objects.readable_by(None)


def group_stamps() -> Mapping[str, str]:
    """The ids of all open groups. A group that opens or closes is told of by its hook."""
    return {str(pk): "" for pk in _groups().values_list("pk", flat=True)}


def group_texts(ids: Iterable[str]) -> Sequence[PublicText]:
    groups = list(_groups().filter(pk__in=list(ids)))
    warm(groups)
    return [_group(group) for group in groups]


def newest_posts(
    viewer: Account | None, *, limit: int, says: Callable[[str], int], most: int
) -> Sequence[PublicText]:
    """Of the newest public posts that this viewer may read, in open groups and in their own, those that say
    most.

    `says` counts what is asked for in a text, `limit` posts are opened, `most` are given.
    """
    listed = Post.objects.listed_for(viewer).filter(state=State.PUBLIC)
    posts = list(listed.only(*OPENED).order_by("-written_at", "id")[:limit])
    groups = Group.objects.in_bulk({post.group_id for post in posts})
    warm(posts, groups.values())
    counted = [(says(f"{post.title or ''} {post.text}"), post) for post in posts if post.text]
    telling = sorted((pair for pair in counted if pair[0]), key=lambda pair: -pair[0])[:most]
    return [_post(post, groups[post.group_id]) for _count, post in telling]


def _group(group: Group) -> PublicText:
    return PublicText(
        id=str(group.pk),
        title=group.name_here,
        url=reverse("groups:show-group", args=[group.slug]),
        summary=group.about_here,
    )


def _post(post: Post, group: Group) -> PublicText:
    # Drawing each post as it is shown would take most of the time of a search.
    # Of a post with a content note only the note is shown: its text is folded where it stands too.
    plain = markdown.plain(post.note or post.text or "")
    return PublicText(
        id=str(post.pk),
        title=post.title or plain[:TITLE],
        url=reverse("groups:show-post", args=[group.slug, post.pk]),
        text=plain,
        category_label=group.name_here,
        dated_on=post.written_at.date(),
    )
