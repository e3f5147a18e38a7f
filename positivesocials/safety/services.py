from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from positivesocials.accounts.models import Account
from positivesocials.safety.models import Block


@transaction.atomic
def block(actor: Account, account_ids: Iterable[UUID]) -> None:
    """From now on neither side meets the other anywhere. Blocking a couple blocks both. Nobody is told."""
    for account_id in account_ids:
        if account_id != actor.pk:
            Block.objects.get_or_create(blocker=actor, blocked_id=account_id)


def unblock(actor: Account, account_ids: Iterable[UUID]) -> None:
    Block.objects.filter(blocker=actor, blocked_id__in=list(account_ids)).delete()
