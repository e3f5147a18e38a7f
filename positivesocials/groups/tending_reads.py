"""What who tends a group reads: who asks, who belongs, who was put out. Names only, never accounts."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.groups import access, tending_access
from positivesocials.groups.models import (
    GROUP_KIND,
    TENDING,
    Group,
    Invitation,
    Membership,
    Removal,
    Standing,
)
from positivesocials.moderation import selectors as moderation
from positivesocials.profiles.models import Persona, Profile
from positivesocials.replies.models import State
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
class OwnRemoved:
    """A post of one's own that who tends the group took away. `id` is the post's."""

    id: UUID
    text: str
    why: str
    may_appeal: bool
    is_looked_at: bool


def page_of(actor: Account, group: Group, *, number: str | int) -> TendingPage:
    """One page of the members; ids are random, so their order says nothing of who came when."""
    asking = tending_access.askers(actor, group).order_by("joined_at", "id")
    page = Paginator(tending_access.members(actor, group).order_by("id"), A_PAGE).get_page(number)
    out = tending_access.put_outs(actor, group).order_by("id")[:MOST]
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
    rows = Removal.objects.filter(group=group, puts_out=True).select_related("post__persona", "group")
    removals = list(rows.order_by("-made_at", "id")[:MOST])
    warm(removals, [each.post.persona for each in removals if each.post.persona])
    return tuple(
        Veiled(
            id=each.pk,
            name=(each.post.persona and each.post.persona.name) or _("Someone who left"),
            salt=each.post.persona.salt if each.post.persona else "",
            note=each.reason or "",
        )
        for each in removals
    )


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
    rows = list(tending_access.own_removals(own).select_related("post", "group").order_by("-made_at")[:MOST])
    warm(rows, [row.post for row in rows])
    later = moderation.reasons("post", [row.post_id for row in rows]) if rows else {}
    return tuple(
        OwnRemoved(
            id=row.post_id,
            text=row.post.title or Truncator(row.post.text or "").chars(120),
            why=later.get(row.post_id) or row.reason or "",
            may_appeal=tending_access.may_appeal(row),
            is_looked_at=row.post.state == State.HELD,
        )
        for row in rows
    )
