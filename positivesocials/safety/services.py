from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction

from positivesocials.accounts.models import Account
from positivesocials.safety import registry
from positivesocials.safety.models import Block


@transaction.atomic
def block(actor: Account, account_ids: Iterable[UUID], *, shown_as: str = "") -> None:
    """From now on neither side meets the other anywhere. Blocking a couple blocks both. Nobody is told.

    `shown_as` is the name the actor saw; their list of blocked people shows it and nothing else.
    """
    together = uuid4()
    others = [account_id for account_id in dict.fromkeys(account_ids) if account_id != actor.pk]
    for account_id in others:
        Block.objects.get_or_create(
            blocker=actor,
            blocked_id=account_id,
            defaults={"shown_as": shown_as or None, "together": together},
        )
    for react in registry.reactions():
        react(actor, others)


def unblock(actor: Account, account_ids: Iterable[UUID]) -> None:
    Block.objects.filter(blocker=actor, blocked_id__in=list(account_ids)).delete()


def unblock_together(actor: Account, together: UUID) -> None:
    """Lifts what one act blocked: one person, or both of a couple. Lifting it twice is no mistake."""
    Block.objects.filter(blocker=actor, together=together).delete()
