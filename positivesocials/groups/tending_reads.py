"""What who tends a group reads: who asks, who belongs, who was put out. Names only, never accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.audit import selectors as audit
from positivesocials.audit.models import AuditRecord
from positivesocials.core import markdown
from positivesocials.groups import access, tending_access
from positivesocials.groups.models import (
    GROUP_KIND,
    TENDING,
    Group,
    Invitation,
    Membership,
    Openness,
    Post,
    Removal,
    Standing,
)
from positivesocials.groups.selectors import shown_name
from positivesocials.moderation import registry as moderators
from positivesocials.moderation import selectors as moderation
from positivesocials.profiles.models import Persona, Profile
from positivesocials.replies.models import Reply, State
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import warm

A_PAGE, MOST = 50, 100


@dataclass(frozen=True)
class Person:
    """Somebody by the name people know them by. `id` is the membership's."""

    id: UUID
    name: str
    salt: str
    standing: str
    is_own: bool
    is_asked_to_tend: bool
    said: tuple[tuple[str, str], ...] = ()
    note: str = ""

    @property
    def tends(self) -> bool:
        return self.standing in TENDING


@dataclass(frozen=True)
class Veiled:
    """Somebody who was put out by a post under an alias: that alias, and no more."""

    id: UUID
    name: str
    salt: str
    note: str


@dataclass(frozen=True)
class Said:
    """A reply of somebody else, as its name has it."""

    id: UUID
    name: str
    salt: str
    is_alias: bool
    text: SafeString
    written_at: datetime


@dataclass(frozen=True)
class TendingPage:
    askers: tuple[Person, ...]
    more_askers: int
    members: tuple[Person, ...]
    page: "Page[Membership]"
    put_outs: tuple[Person, ...]
    veiled: tuple[Veiled, ...]
    invitations: tuple[Invitation, ...]
    is_founder: bool
    has_list: bool


@dataclass(frozen=True)
class OwnStanding:
    """What an account reads of how it stands to a group, and why."""

    id: UUID
    group: Group
    standing: str
    why: str
    is_asked_to_tend: bool
    removed: tuple["OwnRemoved", ...] = ()


@dataclass(frozen=True)
class Decided:
    """One decision of somebody who looks after a group, as the moderators of the site see it."""

    at: datetime
    what: str
    thing: str | Promise
    by: str
    group: str


@dataclass(frozen=True)
class OwnRemoved:
    """A post or a reply of one's own that who tends the group took away. `id` is the removal's."""

    id: UUID
    is_reply: bool
    item_id: UUID
    text: str
    why: str
    may_appeal: bool
    is_looked_at: bool


def page_of(actor: Account, group: Group, *, number: str | int) -> TendingPage:
    """One page of the members; ids are random, so their order says nothing of who came when."""
    asking = tending_access.askers(group).order_by("joined_at", "id")
    page = Paginator(tending_access.members(group).order_by("id"), A_PAGE).get_page(number)
    out = tending_access.put_outs(group).order_by("id")[:MOST]
    shown = [list(asking[:A_PAGE]), list(page.object_list), list(out)]
    named = _named([row for rows in shown for row in rows])
    askers, members, put_outs = (
        tuple(_person(row, named.get(row.account_id), actor, group) for row in rows) for rows in shown
    )
    return TendingPage(
        askers=askers,
        more_askers=max(0, asking.count() - len(askers)) if len(askers) == A_PAGE else 0,
        members=members,
        page=page,
        put_outs=put_outs,
        veiled=_veiled(group),
        invitations=tuple(tending_access.invitations(group).order_by("ends_at")),
        is_founder=access.standing_of(actor, group) == Standing.FOUNDER,
        has_list=tending_access.has_list(group),
    )


def person_of(row: Membership, actor: Account) -> Person:
    return _person(row, _named([row]).get(row.account_id), actor, row.group)


def _named(rows: list[Membership]) -> dict[UUID | None, Persona]:
    profiles = Profile.objects.select_related("persona").filter(account__in=[row.account_id for row in rows])
    named = {profile.account_id: profile.persona for profile in profiles if profile.persona}
    warm(rows, named.values())
    return named


def _person(row: Membership, persona: Persona | None, actor: Account, group: Group) -> Person:
    veiled = row.standing == Standing.PUT_OUT and bool(row.seen_as)
    return Person(
        id=row.pk,
        name=(persona and persona.name) or _("Somebody without a name yet"),
        salt=persona.salt if persona else "",
        standing=Standing.MEMBER if veiled else row.standing,
        is_own=row.account_id == actor.pk,
        is_asked_to_tend=row.asked_to_tend_at is not None,
        said=tuple(zip(group.question_lines, row.answers or (), strict=False)),
        note="" if veiled else row.note or "",
    )


def _veiled(group: Group) -> tuple[Veiled, ...]:
    removals = list(tending_access.put_out_by_post(group).order_by("-made_at", "id")[:MOST])
    warm(removals, [each.item.persona for each in removals if each.item.persona])
    return tuple(
        Veiled(
            id=each.pk,
            name=shown_name(each.item.persona),
            salt=each.item.persona.salt if each.item.persona else "",
            note=each.reason or "",
        )
        for each in removals
    )


def said_below(actor: Account, post: Post, *, number: str | int) -> "Page[Said]":
    """What others say below a post, oldest first."""
    rows = tending_access.removable_replies(actor, post).order_by("written_at", "id")
    page = Paginator(rows, A_PAGE).get_page(number)
    replies = list(page.object_list)
    warm(replies, [reply.persona for reply in replies if reply.persona])
    shown: Any = page
    shown.object_list = [said(reply) for reply in replies]
    return cast("Page[Said]", shown)


def said(reply: Reply) -> Said:
    return Said(
        id=reply.pk,
        name=shown_name(reply.persona),
        salt=reply.persona.salt if reply.persona else "",
        is_alias=bool(reply.persona and reply.persona.is_alias),
        text=markdown.render(reply.text or ""),
        written_at=reply.written_at,
    )


def decided_for(moderator: Account) -> list[Decided]:
    """For the moderators of the site: no words, and nobody about whom it was decided."""
    hidden = safety.blockers_of(moderator) | {moderator.pk}
    records = audit.decided_in_groups(hidden=hidden - {None})
    names = _names({row.actor_id for row in records})
    groups = _groups_of(records)
    return [
        Decided(
            at=row.at,
            what=row.get_verb_display(),
            thing=moderators.kinds().get(row.item_kind, ""),
            by=names.get(row.actor_id, ""),
            group=groups.get(row.item_id, ""),
        )
        for row in records
    ]


def _names(account_ids: set[UUID | None]) -> dict[UUID | None, str]:
    profiles = Profile.objects.select_related("persona").filter(account__in=account_ids - {None})
    named = {profile.account_id: profile.persona for profile in profiles if profile.persona}
    warm(named.values())
    return {pk: persona.name or "" for pk, persona in named.items()}


def _groups_of(records: list[AuditRecord]) -> dict[UUID | None, str]:
    """By the id of what was decided about. Of groups of the invited nobody learns by this."""
    ids = {row.item_id for row in records if row.item_id}
    posts = Post.objects.filter(pk__in=ids).values_list("pk", "group")
    replies = Reply.objects.filter(pk__in=ids, thread__post__isnull=False)
    within = {**dict(posts), **dict(replies.values_list("pk", "thread__post__group"))}
    wanted = (ids - within.keys()) | set(within.values())
    groups = list(Group.objects.filter(pk__in=wanted).exclude(openness=Openness.INVITED))
    warm(groups)
    names: dict[UUID | None, str] = {group.pk: group.name_here for group in groups}
    return names | {pk: names[group] for pk, group in within.items() if group in names}


def own_standing(own: Membership) -> OwnStanding:
    closed, why = own.group.closed_at is not None, own.note or ""
    if closed:
        # A moderator's words are for those who looked after the group.
        reasons = moderation.reasons(GROUP_KIND, [own.group_id]) if own.standing in TENDING else {}
        why = reasons.get(own.group_id, "")
    return OwnStanding(
        id=own.pk,
        group=own.group,
        standing="closed" if closed else own.standing,
        why=why,
        is_asked_to_tend=own.asked_to_tend_at is not None and own.standing == Standing.MEMBER,
        removed=_removed(own),
    )


def _removed(own: Membership) -> tuple[OwnRemoved, ...]:
    rows = list(tending_access.own_removals(own).order_by("-made_at")[:MOST])
    warm(rows, [row.item for row in rows])
    later = _decided_later(rows)
    return tuple(
        OwnRemoved(
            id=row.pk,
            is_reply=row.reply_id is not None,
            item_id=row.item.pk,
            text=Truncator(getattr(row.item, "title", None) or row.item.text or "").chars(120),
            why=later.get(row.item.pk) or row.reason or "",
            may_appeal=tending_access.may_appeal(row),
            is_looked_at=row.item.state == State.HELD,
        )
        for row in rows
    )


def _decided_later(rows: list[Removal]) -> dict[UUID, str]:
    """Why the moderators of the site removed it, whom its author asked."""
    asked = [row for row in rows if row.appealed_at is not None]
    posts = [row.post_id for row in asked if row.reply_id is None]
    replies = [row.reply_id for row in asked if row.reply_id is not None]
    found = moderation.reasons("post", posts) if posts else {}
    return found | (moderation.reasons("reply", replies) if replies else {})
