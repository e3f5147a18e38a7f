"""Read marks: off until an account switches them on, and only between accounts that both did.

They begin with what is written once both are on, so that switching on tells nothing of earlier days.
"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.core import live
from positivesocials.messaging.models import Participant, ReadMarks

Span = tuple[datetime, datetime]


def are_on(account: Account) -> bool:
    return ReadMarks.objects.filter(account=account).exists()


def switch_on(actor: Account) -> None:
    ReadMarks.objects.get_or_create(account=actor, defaults={"on_at": timezone.now()})


def switch_off(actor: Account) -> None:
    """From now on nobody sees marks of the actor, nor the actor anybody's, old ones included."""
    ReadMarks.objects.filter(account=actor).delete()


def seen_spans(own: Participant) -> list[Span]:
    """Between which moments what this seat wrote was seen: one span for each who reads with marks.

    Of a couple, either partner who switched marks on counts as the two of them.
    """
    mine = ReadMarks.objects.filter(account=own.account_id).values_list("on_at", flat=True).first()
    if mine is None:
        return []
    theirs = Participant.objects.filter(conversation=own.conversation_id, account__isnull=False)
    read = dict(theirs.exclude(side=own.side).values_list("account_id", "read_up_to_at"))
    on = ReadMarks.objects.filter(account__in=list(read)).values_list("account_id", "on_at")
    return [(max(mine, since), read[other]) for other, since in on]


def is_seen(spans: list[Span], sent_at: datetime) -> bool:
    return any(since < sent_at <= up_to for since, up_to in spans)


def tell(reader: Participant) -> None:
    """Open pages of those who may see it hear that something was read, and ask what."""
    # Asked first: most have none, and each page that is read comes by here.
    if not ReadMarks.objects.filter(account=reader.account_id).exists():
        return
    others = Participant.objects.filter(conversation=reader.conversation_id, left_at=None)
    ids = others.exclude(side=reader.side).values("account")
    on = ReadMarks.objects.filter(account__in=ids).values_list("account_id", flat=True)
    told = {"type": "live.event", "kind": "seen", "conversation": str(reader.conversation_id)}
    for other in on:
        transaction.on_commit(partial(live.push, f"account-{other.hex}", told))
