from collections.abc import Collection
from uuid import UUID

from positivesocials.accounts.models import Account, Role
from positivesocials.core.refusals import NotThere
from positivesocials.hosts import training
from positivesocials.hosts.models import Host
from positivesocials.hosts.training import Page
from positivesocials.safety import selectors as safety


def is_host(account: Account | None) -> bool:
    return account is not None and Host.objects.standing().filter(account=account).exists()


def hosts_among(account_ids: Collection[UUID]) -> set[UUID]:
    """Which of these accounts are hosts."""
    rows = Host.objects.standing().filter(account__in=account_ids)
    return set(rows.values_list("account_id", flat=True)) if account_ids else set()


def get_page(slug: str) -> Page:
    page = next((each for each in training.PAGES if each.slug == slug), None)
    if page is None:
        raise NotThere
    return page


def get_host_for(actor: Account, pk: UUID) -> Host:
    """Somebody who asks to be a host or is one, for the team. Not oneself, nor who is kept apart from one."""
    if not actor.acts_as(Role.MODERATOR):
        raise NotThere
    apart = safety.hidden_from(actor) | {actor.pk}
    found = Host.objects.filter(pk=pk, asked_at__isnull=False).exclude(account__in=apart).first()
    if found is None:
        raise NotThere
    return found
