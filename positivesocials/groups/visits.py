"""Where an account was last: a page marks what is new since, and leads back. Kept for who belongs to the
group.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every
from positivesocials.groups import access
from positivesocials.groups.models import Group, Post
from positivesocials.groups.post_models import Visit

# Pages that are opened within this time are one visit: what was new stays marked.
PAUSE = timedelta(minutes=30)
# A visit that goes on is written again no sooner than this, so that reading seldom writes.
STEP = timedelta(minutes=1)
KEEP = timedelta(days=90)


@dataclass(frozen=True)
class Before:
    """When the visit before this one ended, if there was one, and on which page of the replies one was."""

    seen_at: datetime | None = None
    page: int = 1


def arrive(viewer: Account | None, group: Group, post: Post | None = None) -> Before:
    """What is known of earlier visits: nothing at the first, and of who does not belong to the group."""
    if viewer is None or not access.is_member(viewer, group):
        return Before()
    now = timezone.now()
    found = Visit.objects.filter(account=viewer, group=group, post=post).first()
    if found is None:
        row = Visit(account=viewer, group=group, post=post, seen_at=now)
        Visit.objects.bulk_create([row], ignore_conflicts=True)
        return Before()
    same = Visit.objects.filter(pk=found.pk, seen_at=found.seen_at)
    if now - found.seen_at > PAUSE:
        same.update(before_at=found.seen_at, seen_at=now)
        return Before(found.seen_at, found.page)
    if now - found.seen_at > STEP:
        same.update(seen_at=now)
    return Before(found.before_at, found.page)


def turn_to(viewer: Account | None, post: Post, page: int, before: Before) -> None:
    """Another page was opened: the next time a link leads back to it."""
    if viewer is not None and page != before.page:
        Visit.objects.filter(account=viewer, post=post).update(page=page)


def forget(actor: Account, group: Group) -> None:
    Visit.objects.filter(account=actor, group=group).delete()


@every(seconds=3600)
def forget_old() -> None:
    Visit.objects.filter(seen_at__lt=timezone.now() - KEEP).delete()
