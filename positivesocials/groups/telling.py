"""A reply below a post became public: who follows the post is told."""

from uuid import UUID

from positivesocials.groups import following, selectors
from positivesocials.notifications.notices import notify

TO_AUTHOR, TO_OTHERS = "reply", "followed"


def tell_followers(thread_id: UUID, by: tuple[UUID, ...], already: set[UUID]) -> None:
    post = selectors.post_of_thread(thread_id)
    if post is None:
        return
    told = following.readers(post) - already
    notify(told & {post.author_id}, TO_AUTHOR, target=post.pk, by=by)
    notify(told - {post.author_id}, TO_OTHERS, target=post.pk, by=by)
