"""Who welcomes here, and who asks to, as pages show them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from positivesocials.accounts.models import Account
from positivesocials.hosts.models import Host, HostQuerySet
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.badges import Badge
from positivesocials.profiles.models import Profile
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import warm

MOST = 12


@dataclass(frozen=True)
class Welcoming:
    """A host under the name people know."""

    name: str
    salt: str
    since: datetime


@dataclass(frozen=True)
class Asking:
    """Somebody who asks to be a host or is one, as the team sees them."""

    id: UUID
    name: str
    why: str
    passed_at: datetime
    asked_at: datetime
    made_at: datetime | None


def badges(account_ids: Collection[UUID]) -> Mapping[UUID, Badge]:
    rows = Host.objects.standing().filter(account__in=account_ids).values_list("account_id", "made_at")
    return {account_id: Badge(_("Host"), "sun", made_at) for account_id, made_at in rows if made_at}


def hosts_for(viewer: Account) -> list[Welcoming]:
    """Whom newcomers can turn to; those first who have been hosts longest. Nobody who is kept apart."""
    rows = Host.objects.standing().exclude(account__in=safety.hidden_from(viewer)).order_by("made_at", "id")
    named = _named(rows[:MOST])
    return [
        Welcoming(profile.persona.name or "", profile.persona.salt, row.made_at)
        for row, profile in named
        if profile.persona and row.made_at
    ]


def own(actor: Account) -> Host | None:
    return Host.objects.filter(account=actor).first()


def waiting(actor: Account) -> tuple[list[Asking], list[Asking]]:
    """Who asks to be a host, the longest wait first, and who is one. Without who is kept apart."""
    apart = safety.hidden_from(actor) | {actor.pk}
    rows = Host.objects.filter(asked_at__isnull=False).exclude(account__in=apart).order_by("asked_at", "id")
    asking = [_asking(row, profiles.name_of(profile)) for row, profile in _named(rows)]
    return [one for one in asking if not one.made_at], [one for one in asking if one.made_at]


def _named(rows: HostQuerySet) -> list[tuple[Host, Profile]]:
    hosts = list(rows)
    faces = Profile.objects.with_faces().filter(account__in=[row.account_id for row in hosts])
    by_account = {profile.account_id: profile for profile in faces}
    warm(hosts, [profile.persona for profile in by_account.values() if profile.persona])
    return [(row, by_account[row.account_id]) for row in hosts if row.account_id in by_account]


def _asking(row: Host, name: str) -> Asking:
    assert row.passed_at is not None
    assert row.asked_at is not None
    return Asking(row.pk, name, row.why or "", row.passed_at, row.asked_at, row.made_at)
