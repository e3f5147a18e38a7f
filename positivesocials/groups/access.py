from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet

from positivesocials.accounts.models import Account
from positivesocials.core import instance
from positivesocials.core.once import once
from positivesocials.core.refusals import NotThere
from positivesocials.groups.models import BELONGING, TENDING, Group, Membership, Post, Standing
from positivesocials.moderation import access as moderators
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import Persona, Profile
from positivesocials.replies import access as replies
from positivesocials.replies.models import Reply, State


def get_group_for(viewer: Account | None, slug: str) -> Group:
    """A group of which this viewer may know; what is written there may still be closed to them."""
    group = Group.objects.known_to(viewer).filter(slug=slug).first()
    if group is None:
        raise NotThere
    return group


def get_readable_group_for(viewer: Account | None, slug: str) -> Group:
    """A group whose posts this viewer may read."""
    group = Group.objects.readable_by(viewer).filter(slug=slug).first()
    if group is None:
        raise NotThere
    return group


def get_writable_group_for(actor: Account, slug: str) -> Group:
    """A group in which the actor may write: one they can read and were not put out of."""
    group = get_readable_group_for(actor, slug)
    if not may_write(actor, group):
        raise NotThere
    return group


def get_post_for(viewer: Account | None, slug: str, pk: UUID) -> Post:
    """A post whose page this viewer may open. Held posts are there for their author alone."""
    posts = Post.objects.standing_for(viewer).select_related("persona", "thread", "group")
    post = posts.filter(group__slug=slug, pk=pk).first()
    if post is None:
        raise NotThere
    return post


def get_own_post(actor: Account, slug: str, pk: UUID) -> Post:
    own = Post.objects.filter(author=actor, group__slug=slug, pk=pk).exclude(state=State.ERASED)
    post = own.select_related("persona", "thread", "group").first()
    if post is None:
        raise NotThere
    return post


def get_editable_post(actor: Account, slug: str, pk: UUID) -> Post:
    """An own post, as long as one may write in its group. What was removed stays as it was."""
    post = get_own_post(actor, slug, pk)
    if not may_write(actor, post.group):
        raise NotThere
    return post


def get_talk_for(actor: Account, slug: str, pk: UUID) -> Post:
    """A post below which the actor may write."""
    post = get_post_for(actor, slug, pk)
    if not may_write(actor, post.group):
        raise NotThere
    return post


def get_supportable(actor: Account, post: Post, reply_id: UUID | None) -> Reply | None:
    """What the actor may give a sign to: the post (None) or a reply that they can read, of somebody else."""
    if not may_write(actor, post.group):
        raise NotThere
    if reply_id is None:
        if post.author_id == actor.pk or post.state != State.PUBLIC:
            raise NotThere
        return None
    reply = replies.get_reply_for(actor, reply_id)
    if reply.thread_id != post.thread_id or reply.author_id == actor.pk:
        raise NotThere
    return reply


def get_mentioned(actor: Account, post: Post, ids: Sequence[UUID]) -> list[Persona]:
    """The people of this thread who wrote these; the id of the post stands for its author.

    Only here, and so never an alias of another thread. Who is not to be seen by the actor is left out.
    """
    found = replies.get_writers(actor, post.thread, ids)
    persona = post.persona
    if post.pk in ids and persona is not None and post.author_id != actor.pk and post.text:
        found.append(persona)
    return list(dict.fromkeys(found))


def get_pinnable_post_for(actor: Account, slug: str, pk: UUID) -> Post:
    post = get_post_for(actor, slug, pk)
    if not may_pin(actor, post.group):
        raise NotThere
    return post


def get_own_voice(actor: Account, post: Post, persona_id: UUID) -> Persona:
    """A persona the actor may reply under here: their name, or an alias they already wear in this post."""
    return replies.get_own_voice(actor, post.thread, persona_id, starter_id=post.persona_id)


@once
def standing_of(account: Account | None, group: Group) -> Standing | None:
    """How an account stands to a group; None where it has nothing to do with it."""
    if account is None:
        return None
    found = Membership.objects.filter(group=group, account=account).values_list("standing", flat=True).first()
    return Standing(found) if found else None


def is_member(account: Account | None, group: Group) -> bool:
    return standing_of(account, group) in BELONGING


def may_tend(account: Account | None, group: Group) -> bool:
    """Whether the account keeps order in this group: its founder, and moderators the founder named."""
    return standing_of(account, group) in TENDING


def may_read(viewer: Account | None, group: Group) -> bool:
    return group.is_public or (group.opened_at is not None and group.is_there and is_member(viewer, group))


def may_write(actor: Account, group: Group) -> bool:
    """Whoever reads an open group may write there, unless they were put out or newcomers are asked first."""
    return _may_write(standing_of(actor, group), group)


def writable_among(actor: Account | None, groups: Iterable[Group]) -> set[UUID]:
    """Of these groups those in which the actor may write, in one query."""
    if actor is None:
        return set()
    each = {group.pk: group for group in groups}
    own = Membership.objects.filter(account=actor, group__in=each).values_list("group", "standing")
    standings = dict(own) if each else {}
    return {pk for pk, group in each.items() if _may_write(standings.get(pk), group)}


def _may_write(standing: str | None, group: Group) -> bool:
    if standing in BELONGING:
        return group.is_there
    return standing != Standing.PUT_OUT and group.is_public and not group.questions


def lets_write(account: Account | None, group: Group) -> bool:
    """Whether this member lets others of the group, who allow it too, write to them first."""
    return account is not None and _who_let_write().filter(group=group, account=account).exists()


def may_write_first(own: Profile, other: Profile) -> bool:
    """Both belong to one group and both allow it there. Not between partners, former ones neither."""
    listed = all(each.hidden_at is None and each.paused_at is None for each in (own, other))
    if own.account_id is None or other.account_id is None or not listed:
        return False
    if other.account_id in profiles.linked_with([own.account_id]):
        return False
    mine = _who_let_write().filter(account=own.account_id).values("group")
    return _who_let_write().filter(account=other.account_id, group__in=mine).exists()


def _who_let_write() -> QuerySet[Membership]:
    return Membership.objects.belonging().filter(lets_write_at__isnull=False)


def may_reply(post: Post) -> bool:
    """A post that is held or removed has no replies to come."""
    return post.state == State.PUBLIC and post.thread.closed_at is None and instance.is_open()


def may_change_reply(actor: Account, post: Post) -> bool:
    """Whoever left the group or was put out of it changes nothing there any more."""
    return is_member(actor, post.group)


def is_held_at_first(actor: Account) -> bool:
    """Whether what the actor writes now waits for a moderator."""
    return moderators.needs_hold(actor)


def may_pin(actor: Account | None, group: Group) -> bool:
    return actor is not None and (actor.is_moderator or may_tend(actor, group))
