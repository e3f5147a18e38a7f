"""Who is told of replies below a post: its author from the start, others by choice, until they stop."""

from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.groups import selectors
from positivesocials.groups.models import Group, Membership, Post
from positivesocials.groups.post_models import FollowedPost
from positivesocials.notifications import selectors as notifications
from positivesocials.notifications.notices import forget_for, notify
from positivesocials.replies import judging
from positivesocials.replies.models import Reply, Thread

TO_AUTHOR, TO_OTHERS = "reply", "followed"


def follow(actor: Account, post: Post) -> None:
    """The same twice is once."""
    FollowedPost.objects.bulk_create([FollowedPost(account=actor, post=post)], ignore_conflicts=True)


def stop(actor: Account, post: Post) -> None:
    FollowedPost.objects.filter(account=actor, post=post).delete()


def follows(viewer: Account | None, post: Post) -> bool:
    return viewer is not None and FollowedPost.objects.filter(account=viewer, post=post).exists()


def forget(actor: Account, group: Group) -> None:
    """Who left a group is told of nothing there any more, and of what they were told no notice stays."""
    FollowedPost.objects.filter(account=actor, post__group=group).delete()
    judging.stop_telling(actor, Thread.objects.filter(post__group=group))
    told = notifications.targets_of(actor)
    posts = Post.objects.filter(group=group, pk__in=told).values_list("pk", flat=True)
    replies = Reply.objects.filter(thread__post__group=group, pk__in=told).values_list("pk", flat=True)
    forget_for(actor.pk, [*posts, *replies])


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
