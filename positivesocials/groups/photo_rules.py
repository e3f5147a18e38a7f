"""Who sees the photos of posts and replies: those who belong to the group, and of those who read the text."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.groups import access
from positivesocials.groups.models import Membership, Post
from positivesocials.groups.post_models import PostPhoto
from positivesocials.replies import access as replies


def groups_with_photos_for(viewer: Account | None, group_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these groups whose photos the viewer may see, in one query. Guests see none, of open groups
    neither, nor does anybody who does not belong.
    """
    if viewer is None:
        return set()
    own = Membership.objects.belonging().filter(account=viewer, group__in=set(group_ids))
    return set(own.values_list("group_id", flat=True))


def get_photo_for(viewer: Account, slug: str, pk: UUID) -> PostPhoto:
    """A photo of something that this viewer reads in a group they belong to; or their own, wherever it is."""
    here = PostPhoto.objects.filter(Q(post__group__slug=slug) | Q(draft__group__slug=slug))
    photo = here.select_related("post__group").filter(pk=pk).first()
    if photo is None:
        raise NotThere
    if photo.account_id != viewer.pk:
        _must_read(viewer, photo)
    return photo


def get_own_photo(actor: Account, slug: str, pk: UUID) -> PostPhoto:
    """A photo of the actor's own that stands in a post or a reply."""
    photo = PostPhoto.objects.filter(account=actor, pk=pk, post__group__slug=slug).first()
    if photo is None:
        raise NotThere
    return photo


def _must_read(viewer: Account, photo: PostPhoto) -> None:
    post = photo.post
    if post is None or not access.is_member(viewer, post.group):
        raise NotThere
    if photo.reply_id is None:
        if not Post.objects.listed_for(viewer).filter(pk=post.pk).exists():
            raise NotThere
    else:
        access.get_post_for(viewer, post.group.slug, post.pk)
        replies.get_reply_for(viewer, photo.reply_id)
