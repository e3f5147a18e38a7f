"""A group ends: by whoever founded it, or by a moderator of the site."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every, job
from positivesocials.core.refusals import NotThere
from positivesocials.groups import access
from positivesocials.groups.models import GROUP_KIND, Group, GroupState, Membership, Post, Standing
from positivesocials.groups.telling import tell
from positivesocials.moderation import services as moderation
from positivesocials.replies import judging
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

# As long a moderator can still look at it; then everything in it is removed.
KEEP_CLOSED = timedelta(days=30)
AT_ONE_GO = 200


def close_group(actor: Account, group: Group) -> None:
    """For good. Nobody reads it from now on, and its posts are removed with it after a while."""
    if access.standing_of(actor, group) != Standing.FOUNDER:
        raise NotThere
    _close(group.pk, GroupState.CLOSED, but=actor.pk)
    moderation.release(GROUP_KIND, group.pk)


def approve(group_id: UUID) -> None:
    """A moderator has read what a new group says of itself, and others see it from now on."""
    held = Group.objects.filter(pk=group_id, state=GroupState.HELD)
    if held.update(state=GroupState.THERE):
        tell(Membership.objects.filter(group=group_id).tending())


def remove(group_id: UUID) -> None:
    """A moderator's decision. Those who tended the group read why."""
    _close(group_id, GroupState.REMOVED)


def close_deserted(group_id: UUID) -> None:
    """A group to which nobody belongs any more ends as a closed one does, unless anybody can read it."""
    group = Group.objects.filter(pk=group_id).first()
    if group is None or group.is_public or group.memberships.belonging().exists():
        return
    _close(group_id, GroupState.CLOSED)
    moderation.release(GROUP_KIND, group_id)


@transaction.atomic
def _close(group_id: UUID, state: GroupState, *, but: UUID | None = None) -> None:
    standing = Group.objects.filter(pk=group_id, closed_at=None)
    if not standing.update(state=state, closed_at=timezone.now()):
        return
    # Saved once more, because the search hears of it by that.
    Group.objects.get(pk=group_id).save(update_fields=["closed_at"])
    transaction.on_commit(partial(tell_members.enqueue, str(group_id), str(but or "")))


@job
def tell_members(group_id: str, but: str) -> None:
    """Everybody who belonged to it, but whoever closed it. May run twice."""
    belonging = Membership.objects.filter(group=UUID(group_id)).belonging()
    tell(belonging.exclude(account=UUID(but)) if but else belonging)


@every(seconds=3600)
def remove_closed() -> None:
    """Posts first, then the group: so many at one go, so that a large group is removed over some hours."""
    for group in Group.objects.filter(closed_at__lte=timezone.now() - KEEP_CLOSED)[:20]:
        _remove_posts(group)
        if not group.posts.exists():
            key = KeyOwner(Group._meta.label, group.pk)
            group.delete()
            vault.shred(key)


def _remove_posts(group: Group) -> None:
    for post in Post.objects.filter(group=group).select_related("thread")[:AT_ONE_GO]:
        with transaction.atomic():
            moderation.release("post", post.pk)
            post.delete()
            judging.drop(post.thread)
