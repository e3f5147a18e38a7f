"""What the contexts decide that own a thread: about single replies, and that all of them go."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from positivesocials.accounts.models import Account
from positivesocials.moderation import services as moderation
from positivesocials.replies.models import Reply, State, Thread
from positivesocials.replies.services import KIND


def take_down(reply_id: UUID) -> bool:
    """Out of everyone's sight but its author's. False where it did not stand any more."""
    return bool(Reply.objects.filter(pk=reply_id, state=State.PUBLIC).update(state=State.REMOVED))


@transaction.atomic
def have_looked_at(reply_id: UUID) -> bool:
    """What was taken down waits for the moderators of the site, as what is held does."""
    if not Reply.objects.filter(pk=reply_id, state=State.REMOVED).update(state=State.HELD):
        return False
    moderation.hold(KIND, reply_id)
    return True


def stop_telling(actor: Account, threads: QuerySet[Thread]) -> None:
    """Nothing the actor wrote in these threads has its answers told to them any more."""
    Reply.objects.filter(thread__in=threads, author=actor, wants_answers=True).update(wants_answers=False)


@transaction.atomic
def drop(thread: Thread) -> None:
    """With all its replies. None of them waits for a moderator any longer; reports keep their copies."""
    held = Reply.objects.filter(thread=thread, state=State.HELD)
    for pk in held.values_list("pk", flat=True):
        moderation.release(KIND, pk)
    thread.delete()
