"""Telling people what was decided about them in a group, in neutral words, and putting it on record."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from positivesocials.accounts.models import Account
from positivesocials.audit import services as audit
from positivesocials.audit.models import TENDING, Verb
from positivesocials.groups.models import Group, Membership
from positivesocials.notifications.notices import notify

# The target of the first is the membership: its page says what changed. Of the second it is the group.
STANDING, ASKING = "group", "group-asking"


@dataclass(frozen=True)
class _Tending:
    """Whoever looks after a group, on record as that and not in a role of the site."""

    pk: UUID
    role: str = TENDING


def tell(memberships: QuerySet[Membership]) -> None:
    for pk, account_id in memberships.values_list("pk", "account_id"):
        notify([account_id], STANDING, target=pk)


def tell_who_tends(group: Group) -> None:
    tending = Membership.objects.filter(group=group).tending()
    notify(tending.values_list("account_id", flat=True), ASKING, target=group.pk)


def on_record(
    actor: Account, verb: Verb, about: UUID | None, item: tuple[str, UUID], reason: str = ""
) -> None:
    """Whom it is about reads it, and nobody who looks after the group. Call it last in a transaction."""
    audit.record(_Tending(actor.pk), verb=verb, about=[about] if about else [], item=item, reason=reason)
