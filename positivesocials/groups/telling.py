"""Telling people what was decided about them in a group: in the same neutral words for everything."""

from django.db.models import QuerySet

from positivesocials.groups.models import Group, Membership
from positivesocials.notifications.notices import notify

# The target of the first is the membership: its page says what changed. Of the second it is the group.
STANDING, ASKING = "group", "group-asking"


def tell(memberships: QuerySet[Membership]) -> None:
    for pk, account_id in memberships.values_list("pk", "account_id"):
        notify([account_id], STANDING, target=pk)


def tell_who_tends(group: Group) -> None:
    tending = Membership.objects.filter(group=group).tending()
    notify(tending.values_list("account_id", flat=True), ASKING, target=group.pk)
