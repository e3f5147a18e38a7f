from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.groups import access as groups
from positivesocials.groups.models import Post
from positivesocials.polls.models import Poll
from positivesocials.replies.models import State


def get_post_to_ask_in(actor: Account, slug: str, pk: UUID) -> Post:
    """An own post that others can read. While one waits for a moderator, nothing is added to it."""
    post = groups.get_own_post(actor, slug, pk)
    if post.state != State.PUBLIC or not groups.may_write(actor, post.group):
        raise NotThere
    return post


def get_own_poll(actor: Account, slug: str, pk: UUID) -> Poll:
    post = groups.get_own_post(actor, slug, pk)
    poll = Poll.objects.select_related("post__group").filter(post=post).first()
    if poll is None:
        raise NotThere
    return poll


def get_poll_for(actor: Account, slug: str, pk: UUID) -> Poll:
    """The poll of a post that the actor reads, in a group in which they may write."""
    post = groups.get_post_for(actor, slug, pk)
    poll = Poll.objects.select_related("post__group").filter(post=post).first()
    if poll is None or not may_vote(actor, post):
        raise NotThere
    return poll


def may_vote(actor: Account | None, post: Post) -> bool:
    return actor is not None and post.state == State.PUBLIC and groups.may_write(actor, post.group)
