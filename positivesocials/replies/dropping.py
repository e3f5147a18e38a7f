"""A thread goes with whatever it belonged to."""

from django.db import transaction

from positivesocials.moderation import services as moderation
from positivesocials.replies.models import Reply, State, Thread
from positivesocials.replies.services import KIND


@transaction.atomic
def drop(thread: Thread) -> None:
    """With all its replies. None of them waits for a moderator any longer; reports keep their copies."""
    held = Reply.objects.filter(thread=thread, state=State.HELD)
    for pk in held.values_list("pk", flat=True):
        moderation.release(KIND, pk)
    thread.delete()
