"""Who may decide what in a group they tend, and about whom. Nobody here learns whose an alias is."""

import hashlib
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.groups import access
from positivesocials.groups.models import (
    TENDING,
    Group,
    GroupState,
    Invitation,
    Membership,
    Openness,
    Post,
    Removal,
    SeenAs,
    Standing,
)
from positivesocials.replies.models import Reply, State
from positivesocials.safety import selectors as safety


def get_tended_group_for(actor: Account, slug: str) -> Group:
    """A group that the actor looks after, also before it opens; none that is closed."""
    group = access.get_group_for(actor, slug)
    if not access.may_tend(actor, group) or group.state in {GroupState.CLOSED, GroupState.REMOVED}:
        raise NotThere
    return group


def get_founded_group_for(actor: Account, slug: str) -> Group:
    """A group that the actor founded, or that was passed on to them."""
    group = get_tended_group_for(actor, slug)
    if access.standing_of(actor, group) != Standing.FOUNDER:
        raise NotThere
    return group


def has_list(group: Group) -> bool:
    """Whether who tends the group sees who belongs to it. In an open one anybody joins by writing, also under
    an alias: a new name in a list would tell whose it is.
    """
    return group.openness != Openness.OPEN


def askers(group: Group) -> QuerySet[Membership]:
    """A block hides nobody in the lists of who tends a group: a name that goes when one blocks an alias would
    tell whose it is.
    """
    return Membership.objects.filter(group=group, standing=Standing.ASKING)


def members(group: Group) -> QuerySet[Membership]:
    """Who stands in the list of members: of a group without a list only who tends it or is asked to."""
    rows = Membership.objects.filter(group=group).listed()
    tending = Q(standing__in=TENDING) | Q(asked_to_tend_at__isnull=False)
    return rows if has_list(group) else rows.filter(tending)


def put_outs(group: Group) -> QuerySet[Membership]:
    """Who was put out by name. Those who were put out behind an alias stand in the removals."""
    return Membership.objects.filter(group=group, standing=Standing.PUT_OUT, seen_as=SeenAs.ITSELF)


def get_asker_for(actor: Account, slug: str, pk: UUID) -> Membership:
    return _one(askers(get_tended_group_for(actor, slug)), pk)


def get_member_for(actor: Account, slug: str, pk: UUID) -> Membership:
    """A member whom the actor may put out: nobody puts out themselves or the founder, and moderators of the
    group are the founder's to judge.
    """
    group = get_tended_group_for(actor, slug)
    rows = members(group).exclude(account=actor).exclude(standing=Standing.FOUNDER)
    if access.standing_of(actor, group) != Standing.FOUNDER:
        rows = rows.exclude(standing=Standing.MODERATOR)
    return _one(rows, pk)


def get_helper_for(actor: Account, slug: str, pk: UUID) -> Membership:
    """A member whom the founder may ask to look after the group too, or who does."""
    group = get_founded_group_for(actor, slug)
    return _one(members(group).exclude(standing=Standing.FOUNDER), pk)


def get_put_out_for(actor: Account, slug: str, pk: UUID) -> Membership:
    return _one(put_outs(get_tended_group_for(actor, slug)), pk)


def get_own_membership(actor: Account, pk: UUID) -> Membership:
    return _one(Membership.objects.filter(account=actor), pk)


def get_membership_in(actor: Account, group: Group) -> Membership:
    """How the actor stands to a group, where they have anything to do with it."""
    found = Membership.objects.filter(account=actor, group=group).first()
    if found is None:
        raise NotThere
    return found


def own_removals(own: Membership) -> QuerySet[Removal]:
    """What of this account was taken away in the group, and neither erased nor let stand since."""
    kept = [State.REMOVED, State.HELD]
    stands = Q(reply=None, post__state__in=kept) | Q(reply__state__in=kept)
    return _removals().filter(by_author(own.account_id), stands, group=own.group_id)


def put_out_by_post(group: Group) -> QuerySet[Removal]:
    """Removals that put out somebody whom nobody names."""
    return _removals().filter(group=group, puts_out=True)


def _one(rows: QuerySet[Membership], pk: UUID) -> Membership:
    found = rows.select_related("group").filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def get_removable_post_for(actor: Account, slug: str, pk: UUID) -> Post:
    """A post of others that stands in a group which the actor tends."""
    group = get_tended_group_for(actor, slug)
    post = access.get_post_for(actor, group.slug, pk)
    if post.author_id == actor.pk or post.state != State.PUBLIC:
        raise NotThere
    return post


def get_tended_post_for(actor: Account, slug: str, pk: UUID) -> Post:
    """A post in a group that the actor tends, with the replies below it."""
    get_tended_group_for(actor, slug)
    return access.get_post_for(actor, slug, pk)


def removable_replies(actor: Account, post: Post) -> QuerySet[Reply]:
    """What others say below a post, of those whom the actor meets."""
    said = Reply.objects.filter(thread=post.thread_id, state=State.PUBLIC).select_related("persona")
    hidden = safety.hidden_from(actor) | {actor.pk}
    return said.exclude(author__isnull=False, author_id__in=hidden)


def get_removable_reply_for(actor: Account, slug: str, pk: UUID, reply_id: UUID) -> tuple[Post, Reply]:
    post = get_tended_post_for(actor, slug, pk)
    reply = removable_replies(actor, post).filter(pk=reply_id).first()
    if reply is None:
        raise NotThere
    return post, reply


def get_named_post_for(actor: Account, slug: str, pk: UUID) -> Post:
    """A post that others wrote under their name where the actor is the founder: its author may be asked for
    help.
    """
    get_founded_group_for(actor, slug)
    post = get_removable_post_for(actor, slug, pk)
    if not may_ask_author(post):
        raise NotThere
    return post


def may_ask_author(post: Post) -> bool:
    return post.persona is not None and not post.persona.is_alias


def get_removal_for(actor: Account, slug: str, pk: UUID) -> Removal:
    """A removal that put out somebody whom nobody names."""
    group = get_tended_group_for(actor, slug)
    found = _removals().filter(group=group, puts_out=True, pk=pk).first()
    if found is None:
        raise NotThere
    return found


def get_own_removal(actor: Account, slug: str, pk: UUID) -> Removal:
    """Why something of the actor's own was taken away by who tends the group."""
    found = _removals().filter(by_author(actor.pk), group__slug=slug, pk=pk).first()
    if found is None or found.item.state == State.ERASED:
        raise NotThere
    return found


def removals(post_ids: list[UUID]) -> QuerySet[Removal]:
    """Of the posts themselves."""
    return _removals().filter(post__in=post_ids, reply=None)


def by_author(account_id: UUID | None) -> Q:
    """Removals of what this account wrote."""
    return Q(reply=None, post__author=account_id) | Q(reply__author=account_id)


def _removals() -> QuerySet[Removal]:
    return Removal.objects.select_related("post__persona", "reply__persona", "group")


def may_appeal(removal: Removal) -> bool:
    return removal.appealed_at is None and removal.item.state == State.REMOVED


def get_invitation_made_for(actor: Account, slug: str, pk: UUID) -> Invitation:
    found = invitations(get_tended_group_for(actor, slug)).filter(pk=pk).first()
    if found is None:
        raise NotThere
    return found


def invitations(group: Group) -> QuerySet[Invitation]:
    return Invitation.objects.filter(group=group, ends_at__gt=timezone.now())


def get_invitation_for(actor: Account, code: str) -> Invitation:
    """An invitation that still lets somebody in. Whoever was put out is not let in by a link either."""
    live = Q(ends_at__gt=timezone.now(), group__state=GroupState.THERE)
    found = Invitation.objects.filter(live, code_hash=hashed(code)).select_related("group").first()
    if found is None or access.standing_of(actor, found.group) == Standing.PUT_OUT:
        raise NotThere
    return found


def hashed(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
