"""The page of all groups: one's own first, then the others by what brings people together."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.groups import subjects
from positivesocials.groups.models import ASKERS, BELONGING, Group, Kind, Membership, Post, Standing
from positivesocials.groups.post_models import Visit
from positivesocials.replies.models import State
from positivesocials.vault.fields import warm

A_PAGE = 20
# So many of one's own stand above the others; all of them have pages of their own.
FIRST_OF_MINE = 8
MINE = "mine"
KINDS: dict[str, str | Promise] = {
    Kind.TOPIC: _("Topics"),
    Kind.CIRCLE: _("Circles"),
    Kind.PLACE: _("Places"),
    Kind.LANGUAGE: _("Languages"),
    Kind.COUPLES: _("For couples"),
    Kind.PARTNERS: _("For partners"),
}


@dataclass(frozen=True)
class Line:
    """A group as it stands in a list.

    `askers`: how many have asked for one that is not open yet. `has_news`: others wrote there since the
    viewer, who belongs to it, was there.
    """

    group: Group
    subject: str
    standing: str
    askers: int = 0
    has_news: bool = False

    @property
    def belongs(self) -> bool:
        return self.standing in BELONGING

    @property
    def most(self) -> int:
        return ASKERS


@dataclass(frozen=True)
class Shelf:
    mine: tuple[Line, ...]
    has_more_of_mine: bool
    others: tuple[Line, ...]
    asked_for: tuple[Line, ...]
    page: "Page[Group]"
    show: str
    kinds: tuple[tuple[str, str], ...]


def shelf_for(viewer: Account | None, *, show: str, number: str | int) -> Shelf:
    """`show` is a kind of group, "mine", or anything else for all. Each part is asked for once."""
    known = Group.objects.known_to(viewer)
    standings = _standings(viewer)
    own = known.filter(pk__in=standings)
    if show in Kind.values:
        known = known.filter(kind=show)
    opened = known.filter(opened_at__isnull=False).order_by("opened_at", "slug")
    wanted = own.order_by("-opened_at", "slug") if show == MINE else opened.exclude(pk__in=standings)
    page = Paginator(wanted, A_PAGE).get_page(number)
    is_first = page.number == 1 and show not in Kind.values and show != MINE
    mine = list(own.order_by("-opened_at", "slug")[: FIRST_OF_MINE + 1]) if is_first else []
    others = list(page.object_list)
    asked = list(_asked_for(known.exclude(pk__in=standings))) if page.number == 1 and show != MINE else []
    warm(mine, others, asked)
    counts = _askers([*mine, *others, *asked])
    news = _with_news(viewer, others if show == MINE else mine)
    return Shelf(
        mine=_lines(mine[:FIRST_OF_MINE], standings, counts, news),
        has_more_of_mine=len(mine) > FIRST_OF_MINE,
        others=_lines(others, standings, counts, news),
        asked_for=_lines(asked, standings, counts),
        page=page,
        show=show if show in {MINE, *Kind.values} else "",
        kinds=tuple((value, str(label)) for value, label in KINDS.items()),
    )


def _standings(viewer: Account | None) -> dict[UUID, str]:
    """How the viewer stands to the groups they have to do with, but for those that put them out."""
    if viewer is None:
        return {}
    rows = Membership.objects.filter(account=viewer)
    inside = rows.exclude(standing__in=[Standing.PUT_OUT, Standing.DECLINED])
    return dict(inside.values_list("group_id", "standing"))


def _asked_for(known: QuerySet[Group]) -> QuerySet[Group]:
    return known.filter(opened_at=None).order_by("-made_at", "slug")[:A_PAGE]


def _askers(groups: list[Group]) -> dict[UUID, int]:
    waiting = [group.pk for group in groups if group.opened_at is None]
    if not waiting:
        return {}
    belonging = Membership.objects.filter(group__in=waiting).belonging().values("group")
    return dict(belonging.annotate(count=Count("pk")).values_list("group", "count"))


def _with_news(viewer: Account | None, groups: list[Group]) -> Set[UUID]:
    """In which of these others wrote since the viewer was there; of a first visit nothing is new."""
    if viewer is None or not groups:
        return frozenset()
    others = Post.objects.filter(state=State.PUBLIC).exclude(author=viewer).apart_from_blocked(viewer)
    since = others.filter(group=OuterRef("group"), written_at__gt=OuterRef("seen_at"))
    seen = Visit.objects.filter(account=viewer, group__in=groups, post=None)
    return set(seen.filter(Exists(since)).values_list("group_id", flat=True))


def _lines(
    groups: list[Group],
    standings: Mapping[UUID, str],
    counts: Mapping[UUID, int],
    news: Set[UUID] = frozenset(),
) -> tuple[Line, ...]:
    return tuple(
        Line(
            group=group,
            subject=subjects.name_of(group),
            standing=standings.get(group.pk, ""),
            askers=counts.get(group.pk, 0),
            has_news=group.pk in news,
        )
        for group in groups
    )
