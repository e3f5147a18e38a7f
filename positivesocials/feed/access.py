from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.feed.models import WeekQuestion
from positivesocials.groups.models import Post
from positivesocials.hosts import access as hosts
from positivesocials.replies.models import State


def get_mutable_for(actor: Account, post_id: UUID) -> Post:
    """A public post by somebody else who is still here, under a name or an alias."""
    posts = Post.objects.listed_for(actor).filter(pk=post_id, state=State.PUBLIC, persona__isnull=False)
    post = posts.select_related("persona", "group").first()
    if post is None or post.author_id == actor.pk:
        raise NotThere
    return post


def get_followable_for(actor: Account, post_id: UUID) -> Post:
    """One under a name. To follow an alias would tie its posts together."""
    post = get_mutable_for(actor, post_id)
    if not may_follow(actor, post):
        raise NotThere
    return post


def may_follow(viewer: Account, post: Post) -> bool:
    return may_mute(viewer, post) and post.persona is not None and not post.persona.is_alias


def may_mute(viewer: Account, post: Post) -> bool:
    return post.state == State.PUBLIC and post.persona is not None and post.author_id != viewer.pk


def may_ask_the_week(actor: Account) -> bool:
    """Whose questions all are asked: the hosts."""
    return hosts.is_host(actor)


def must_ask_the_week(actor: Account) -> None:
    """Nobody else finds the page of the questions."""
    if not may_ask_the_week(actor):
        raise NotThere


def get_question_for(actor: Account, pk: UUID) -> WeekQuestion:
    """A question that still waits for its week. Whoever may ask may take back what another asked."""
    question = WeekQuestion.objects.filter(pk=pk, post=None).first() if may_ask_the_week(actor) else None
    if question is None:
        raise NotThere
    return question
