"""The newest posts for one reader, in a fixed number of questions that an index answers each.

A reader may belong to hundreds of groups with a million posts. The newest posts of all come from as many
groups at most, and those are the ones in which somebody wrote last; none of them gives more than a page. So
first each group is asked for its last post, then the few that count for where a page of theirs ends, and
only then for posts. The same goes for the people they follow.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from positivesocials.accounts.models import Account
from positivesocials.core import keyset
from positivesocials.core.keyset import Place
from positivesocials.feed.models import Follow, MutedGroup, MutedWriter
from positivesocials.groups.models import GroupState, Membership, Post, PostQuerySet
from positivesocials.replies.models import State
from positivesocials.safety import selectors as safety

Stand = tuple[datetime, UUID]
FEW = 50
# What a group says of itself on its own page.
UNUSED = ("about", "rules", "questions", "greeting")


def newest_posts(viewer: Account, *, below: Place | None, limit: int) -> list[Post]:
    """Posts of the reader's groups and of people they follow there or in open groups, newest first."""
    shown = _shown(viewer, below)
    # As ids: for most there are none, and nothing is asked of posts.
    muted = list(MutedGroup.objects.filter(account=viewer).values_list("group_id", flat=True))
    belongs = Membership.objects.belonging().filter(
        account=viewer, group__opened_at__isnull=False, group__state=GroupState.THERE
    )
    groups = belongs.exclude(group__in=muted)
    by_followed = shown.readable_by(viewer).exclude(group__in=muted)
    found = _stands(groups, "group", shown, limit) | _of_followed(viewer, by_followed, limit)
    newest = [pk for _written_at, pk in sorted(found, reverse=True)[:limit]]
    posts = Post.objects.filter(pk__in=newest).select_related("persona", "group")
    return list(posts.defer(*(f"group__{name}" for name in UNUSED)).order_by(*keyset.ORDER))


def _shown(viewer: Account, below: Place | None) -> PostQuerySet:
    """What stays away is what is under muted names, and all of blocked accounts."""
    shown = Post.objects.filter(below.below() if below else Q(), state=State.PUBLIC)
    muted = set(MutedWriter.objects.filter(account=viewer).values_list("persona_id", flat=True))
    if muted:
        shown = shown.exclude(persona__in=muted)
    if blocked := safety.hidden_from(viewer):
        shown = shown.exclude(author__in=blocked)
    return shown


def _of_followed(viewer: Account, shown: PostQuerySet, limit: int) -> set[Stand]:
    follows = Follow.objects.filter(account=viewer)
    people = list(follows.values_list("persona", flat=True)[: FEW + 1])
    if len(people) > FEW:
        return _stands(follows, "persona", shown, limit)
    # What a few people wrote is soon read through, unlike what stands in a few groups.
    newest = shown.filter(persona__in=people).order_by(*keyset.ORDER).values_list("written_at", "pk")
    return set(newest[:limit]) if people else set()


def _stands(sources: QuerySet[Any], by: str, shown: PostQuerySet, limit: int) -> set[Stand]:
    """Where the newest posts stand of all that these groups (or people) have: no fewer than `limit`."""
    firsts = _written(sources, by, shown, number=1).order_by(F("written").desc(nulls_last=True))
    last = {pk: written for pk, written in firsts[:limit] if written is not None}
    if not last:
        return set()
    ends = _written(sources.filter(**{f"{by}__in": list(last)}), by, shown, number=limit)
    # So many posts stand at or above each of these moments, so the newest do as well.
    enough = [written for _pk, written in ends if written is not None]
    if len(last) == limit:
        enough.append(min(last.values()))
    here = shown.filter(**{f"{by}__in": list(last)})
    if enough:
        here = here.filter(written_at__gte=max(enough))
    return set(here.order_by().values_list("written_at", "pk"))


def _written(sources: QuerySet[Any], by: str, shown: PostQuerySet, *, number: int) -> QuerySet[Any]:
    """When the post of this number was written, counted from the newest, beside each source."""
    of_each = shown.filter(**{by: OuterRef(by)}).order_by("-written_at").values("written_at")
    stand = Subquery(of_each[number - 1 : number])
    stands: QuerySet[Any] = sources.order_by().annotate(written=stand).values_list(by, "written")
    return stands
