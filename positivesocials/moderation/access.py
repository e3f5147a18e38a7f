from uuid import UUID

from django.conf import settings

from positivesocials.accounts.models import Account, Role
from positivesocials.core.refusals import NotThere
from positivesocials.moderation import registry
from positivesocials.moderation.models import Report, Trusted, WrittenBy
from positivesocials.moderation.registry import Evidence
from positivesocials.safety import selectors as safety


def needs_hold(account: Account) -> bool:
    """Whether what this account writes waits for a moderator: until enough of it was let stand."""
    if not settings.HELD_AT_FIRST:
        return False
    return not account.holds(Role.MODERATOR) and not Trusted.objects.filter(account=account).exists()


def may_decide(actor: Account, *, kind: str, item_id: UUID) -> bool:
    """A moderator decides neither on their own words nor on those of someone who has blocked them."""
    if not actor.is_moderator:
        return False
    closed_to = safety.blockers_of(actor) | {actor.pk}
    return not WrittenBy.objects.filter(kind=kind, item_id=item_id, account_id__in=closed_to).exists()


def get_item_for(actor: Account, *, kind: str, item_id: UUID) -> Evidence:
    """What this member can see of an item, in order to report it. Nobody reports themselves."""
    evidence = registry.reportable(kind).evidence_for(actor, item_id)
    if actor.pk in evidence.author_ids:
        raise NotThere
    return evidence


def get_report_for(actor: Account, *, kind: str, item_id: UUID) -> Report:
    """The reporter's latest report of an item."""
    reports = Report.objects.filter(reporter=actor, kind=kind, item_id=item_id)
    report = reports.order_by("-opened_at").first()
    if report is None:
        raise NotThere
    return report
