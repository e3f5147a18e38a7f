"""Where an account was last, so that a page can mark what is new since. Kept for who belongs to the group."""

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


def arrive(viewer: Account | None, group: Group, post: Post | None = None) -> datetime | None:
    """When the visit before this one ended; None at the first, and for who does not belong to the group."""
    if viewer is None or not access.is_member(viewer, group):
        return None
    now = timezone.now()
    found = Visit.objects.filter(account=viewer, group=group, post=post).first()
    if found is None:
        row = Visit(account=viewer, group=group, post=post, seen_at=now)
        Visit.objects.bulk_create([row], ignore_conflicts=True)
        return None
    same = Visit.objects.filter(pk=found.pk, seen_at=found.seen_at)
    if now - found.seen_at > PAUSE:
        same.update(before_at=found.seen_at, seen_at=now)
        return found.seen_at
    if now - found.seen_at > STEP:
        same.update(seen_at=now)
    return found.before_at


def forget(actor: Account, group: Group) -> None:
    Visit.objects.filter(account=actor, group=group).delete()


@every(seconds=3600)
def forget_old() -> None:
    Visit.objects.filter(seen_at__lt=timezone.now() - KEEP).delete()
