"""The promise in figures: free until 100,000 active members, counted at midnight by a public formula."""

from django.db import transaction
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every
from positivesocials.membership.models import ACTIVE_WITHIN, MemberCount, TermsAccepted


def accept_terms(actor: Account, *, version: str) -> None:
    TermsAccepted.objects.get_or_create(account=actor, version=version)


def active_members() -> int:
    """Members who signed in or joined within the last 30 days. Staff count too: they are members."""
    since = timezone.localdate() - ACTIVE_WITHIN
    return Account.objects.filter(is_active=True, seen_on__gte=since).count()


@every(seconds=600)
def count_members() -> None:
    """Write today's count once; the first run after midnight decides, later ones change nothing."""
    today = timezone.localdate()
    if not MemberCount.objects.filter(counted_on=today).exists():
        with transaction.atomic():
            MemberCount.objects.get_or_create(counted_on=today, defaults={"members": active_members()})
