"""Who is told of replies below a post: its author from the start, others by choice, until they stop."""

from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.groups import selectors
from positivesocials.groups.models import Group, Membership, Openness, Post
from positivesocials.groups.post_models import FollowedPost
from positivesocials.notifications.notices import notify

TO_AUTHOR, TO_OTHERS = "reply", "followed"


def follow(actor: Account, post: Post) -> None:
    """The same twice is once."""
    FollowedPost.objects.bulk_create([FollowedPost(account=actor, post=post)], ignore_conflicts=True)


def stop(actor: Account, post: Post) -> None:
    FollowedPost.objects.filter(account=actor, post=post).delete()


def follows(viewer: Account | None, post: Post) -> bool:
    return viewer is not None and FollowedPost.objects.filter(account=viewer, post=post).exists()


def forget(actor: Account, group: Group) -> None:
    """Who left a group that is not open reads nothing there any more."""
    if group.openness != Openness.OPEN:
        FollowedPost.objects.filter(account=actor, post__group=group).delete()


def readers(post: Post) -> set[UUID]:
    """Who follows it and may read it still."""
    following = set(post.followers.values_list("account_id", flat=True))
    if post.group.is_public:
        return following
    rows = Membership.objects.belonging().filter(group=post.group_id, account__in=following)
    return set(rows.values_list("account_id", flat=True)) if post.group.is_there else set()


def tell(thread_id: UUID, by: tuple[UUID, ...], already: set[UUID]) -> None:
    """A reply below a post became public: who follows it is told, once of each thing."""
    post = selectors.post_of_thread(thread_id)
    if post is None:
        return
    told = readers(post) - already
    notify(told & {post.author_id}, TO_AUTHOR, target=post.pk, by=by)
    notify(told - {post.author_id}, TO_OTHERS, target=post.pk, by=by)
