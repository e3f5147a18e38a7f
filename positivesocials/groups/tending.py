"""What those who look after a group decide about people and posts. They never learn whose an alias is."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.audit.models import Verb
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access, founding, tending_access
from positivesocials.groups.models import (
    GROUP_KIND,
    TENDING,
    Group,
    Membership,
    Post,
    Removal,
    SeenAs,
    Standing,
)
from positivesocials.groups.telling import on_record, tell
from positivesocials.moderation import services as moderation
from positivesocials.replies import judging
from positivesocials.replies.models import Reply, State
from positivesocials.replies.services import KIND as REPLY

POST = "post"


@transaction.atomic
def let_in(actor: Account, asker: Membership) -> None:
    """They belong to the group from now on. What they answered is read and erased."""
    _must_tend(actor, asker.group)
    _decide(asker, Standing.MEMBER)
    if asker.group.opened_at is None:
        founding.open_if_asked(asker.group)


@transaction.atomic
def decline(actor: Account, asker: Membership) -> None:
    """Not this time. They are told so kindly, and may ask again."""
    _must_tend(actor, asker.group)
    _decide(asker, Standing.DECLINED)


def _decide(asker: Membership, standing: Standing) -> None:
    # The condition is the lock: of two decisions at once, one changes no row.
    row = Membership.objects.filter(pk=asker.pk, standing=Standing.ASKING)
    if not row.update(standing=standing, answers=None):
        raise Refused(_("This was already decided."))
    tell(Membership.objects.filter(pk=asker.pk))


@transaction.atomic
def put_out(actor: Account, member: Membership, *, reason: str) -> None:
    """By name, from the list of members. They read why, and cannot join again unless somebody lets them."""
    _must_tend(actor, member.group)
    member = Membership.objects.get(pk=member.pk)
    if member.standing == Standing.FOUNDER:
        raise NotThere
    _keep_out(member, SeenAs.ITSELF, reason)
    on_record(actor, Verb.PUT_OUT, member.account_id, (GROUP_KIND, member.group_id), reason)


def _keep_out(row: Membership, seen_as: SeenAs, reason: str | None) -> None:
    row.standing, row.seen_as, row.note = Standing.PUT_OUT, seen_as, reason
    row.asked_to_tend_at = row.asked_to_tend_at if seen_as == SeenAs.MEMBER else None
    row.lets_write_at = None
    row.save(update_fields=["standing", "seen_as", "note", "asked_to_tend_at", "lets_write_at"])
    tell(Membership.objects.filter(pk=row.pk))


@transaction.atomic
def let_back(actor: Account, row: Membership) -> None:
    """Whoever was put out by name belongs to the group again, unless an alias of theirs was put out too."""
    _must_tend(actor, row.group)
    row = Membership.objects.get(pk=row.pk)
    if row.standing != Standing.PUT_OUT or row.seen_as != SeenAs.ITSELF:
        return
    if _is_out_behind_an_alias(row):
        Membership.objects.filter(pk=row.pk).update(seen_as=SeenAs.MEMBER)
    else:
        _bring_back(actor, row)


@transaction.atomic
def let_author_back(actor: Account, removal: Removal) -> None:
    """Whoever was put out with this post, without anybody learning who that is."""
    _must_tend(actor, removal.group)
    Removal.objects.filter(pk=removal.pk).update(puts_out=False)
    out = Membership.objects.filter(group=removal.group_id, account=removal.item.author_id)
    row = out.filter(standing=Standing.PUT_OUT).exclude(seen_as=SeenAs.ITSELF).first()
    if row is not None and not _is_out_behind_an_alias(row):
        _bring_back(actor, row)


def _is_out_behind_an_alias(row: Membership) -> bool:
    by_them = tending_access.by_author(row.account_id)
    return Removal.objects.filter(by_them, group=row.group_id, puts_out=True).exists()


def _bring_back(actor: Account, row: Membership) -> None:
    # Who did not belong when they were put out may join again, and does not appear in the list by this.
    standing = Standing.DECLINED if row.seen_as == SeenAs.NOBODY else Standing.MEMBER
    back = Membership.objects.filter(pk=row.pk, standing=Standing.PUT_OUT)
    if back.update(standing=standing, seen_as=SeenAs.ITSELF, note=None):
        tell(Membership.objects.filter(pk=row.pk))
        on_record(actor, Verb.LET_BACK, row.account_id, (GROUP_KIND, row.group_id))


@transaction.atomic
def ask_to_tend(actor: Account, member: Membership) -> None:
    """The founder asks a member to look after the group too. It is theirs to say yes."""
    _must_be_founder(actor, member.group)
    asked = Membership.objects.filter(pk=member.pk, asked_to_tend_at=None)
    asked.exclude(standing__in=TENDING).update(asked_to_tend_at=timezone.now())
    tell(Membership.objects.filter(pk=member.pk, standing=Standing.MEMBER))


def ask_author_to_tend(actor: Account, post: Post) -> None:
    """The same for whoever wrote this under their name, if they belong to the group."""
    if not tending_access.may_ask_author(post):
        raise NotThere
    for member in Membership.objects.filter(group=post.group, account=post.author).listed():
        ask_to_tend(actor, member)


def agree_to_tend(actor: Account, own: Membership) -> None:
    _must_be_own(actor, own)
    asked = Membership.objects.filter(pk=own.pk, standing=Standing.MEMBER, asked_to_tend_at__isnull=False)
    if not asked.update(standing=Standing.MODERATOR, asked_to_tend_at=None):
        raise NotThere


def refuse_to_tend(actor: Account, own: Membership) -> None:
    """Nobody is told: the founder sees an answer that has not come."""
    _must_be_own(actor, own)
    Membership.objects.filter(pk=own.pk).update(asked_to_tend_at=None)


@transaction.atomic
def take_back(actor: Account, member: Membership) -> None:
    """A moderator of the group is a member like others again, and who was asked is not asked any more."""
    _must_be_founder(actor, member.group)
    Membership.objects.filter(pk=member.pk).update(asked_to_tend_at=None)
    tending = Membership.objects.filter(pk=member.pk, standing=Standing.MODERATOR)
    if tending.update(standing=Standing.MEMBER):
        tell(Membership.objects.filter(pk=member.pk))


@transaction.atomic
def remove_post(actor: Account, post: Post, *, reason: str, puts_out: bool = False) -> None:
    """Take a post from everyone's sight, and put out whoever wrote it if wished. The author reads why.

    Once a moderator of the site has let it stand, only they decide about it.
    """
    _must_tend(actor, post.group)
    _must_be_first(Removal.objects.filter(post=post, reply=None))
    if not Post.objects.filter(pk=post.pk, state=State.PUBLIC).update(state=State.REMOVED, pinned_at=None):
        raise Refused(_("This was already decided."))
    _note(actor, Removal(group=post.group, post=post, by=actor, reason=reason), puts_out=puts_out)


@transaction.atomic
def remove_reply(actor: Account, post: Post, reply: Reply, *, reason: str, puts_out: bool = False) -> None:
    """The same for a reply below a post of the group."""
    _must_tend(actor, post.group)
    _must_be_first(Removal.objects.filter(reply=reply))
    if not judging.take_down(reply.pk):
        raise Refused(_("This was already decided."))
    removal = Removal(group=post.group, post=post, reply=reply, by=actor, reason=reason)
    _note(actor, removal, puts_out=puts_out)


def _must_be_first(earlier: QuerySet[Removal]) -> None:
    if earlier.exists():
        raise Refused(_("The moderators of this site let it stand. Report it, if something has changed."))


def _note(actor: Account, removal: Removal, *, puts_out: bool) -> None:
    item, reason = removal.item, removal.reason or ""
    is_out = puts_out and _put_out_author(removal)
    # It stays unsaid who that is, also whether they were put out at all: who tends the group is not.
    removal.puts_out = puts_out and item.author is not None and _is_veiled(removal)
    removal.save(force_insert=True)
    tell(Membership.objects.filter(group=removal.group, account=item.author_id))
    on_record(actor, Verb.REMOVE, item.author_id, (REPLY if removal.reply_id else POST, item.pk), reason)
    if is_out:
        on_record(actor, Verb.PUT_OUT, item.author_id, (GROUP_KIND, removal.group_id), reason)


def _put_out_author(removal: Removal) -> bool:
    """Whether it did. Whoever tends the group is not put out by this."""
    group, author, is_veiled = removal.group, removal.item.author, _is_veiled(removal)
    if author is None:
        return False
    row = Membership.objects.filter(group=group, account=author).first()
    if row is None:
        row = Membership.objects.create(group=group, account=author, standing=Standing.DECLINED)
    if row.standing in TENDING or (row.standing == Standing.PUT_OUT and is_veiled):
        return False
    _keep_out(row, _seen_as(row) if is_veiled else SeenAs.ITSELF, removal.reason)
    return True


def _is_veiled(removal: Removal) -> bool:
    return bool(removal.item.persona and removal.item.persona.is_alias)


def _seen_as(row: Membership) -> SeenAs:
    return SeenAs.MEMBER if row.standing == Standing.MEMBER else SeenAs.NOBODY


@transaction.atomic
def appeal(actor: Account, removal: Removal) -> None:
    """The author asks the moderators of the site to look at it, once. It waits as a held post."""
    if removal.item.author_id != actor.pk:
        raise NotThere
    asked = Removal.objects.filter(pk=removal.pk, appealed_at=None)
    if not asked.update(appealed_at=timezone.now()) or not _have_looked_at(removal):
        raise Refused(_("You asked for this before."))


def _have_looked_at(removal: Removal) -> bool:
    if removal.reply_id:
        return judging.have_looked_at(removal.reply_id)
    if not Post.objects.filter(pk=removal.post_id, state=State.REMOVED).update(state=State.HELD):
        return False
    moderation.hold(POST, removal.post_id)
    return True


def _must_tend(actor: Account, group: Group) -> None:
    if not access.may_tend(actor, group) or group.closed_at is not None:
        raise NotThere


def _must_be_founder(actor: Account, group: Group) -> None:
    if access.standing_of(actor, group) != Standing.FOUNDER:
        raise NotThere


def _must_be_own(actor: Account, own: Membership) -> None:
    if own.account_id != actor.pk:
        raise NotThere
