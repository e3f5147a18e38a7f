"""Changing what one wrote: within a day, unless it was reported, and without a history."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import Refused
from positivesocials.messaging import access, services
from positivesocials.messaging.models import Message


class Settled(Refused):
    """Says the same after a day and after a report, so that it betrays nobody who reported."""

    def __init__(self) -> None:
        super().__init__(_("This message cannot be changed any more. You can still take it back."))


class ChangedMeanwhile(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("You changed this message elsewhere meanwhile. Your text is still here: save to replace that.")
        )


@transaction.atomic
def change(actor: Account, conversation_id: UUID, message_id: UUID, *, packed: Any, version: int) -> Message:
    """Put a new envelope in place of that version; a later version stands, and who comes second is told."""
    message = access.get_own_message(actor, conversation_id, message_id)
    if not services.hold(message.conversation):
        raise services.ConversationClosed
    message.refresh_from_db()
    if not access.may_change(message):
        raise Settled
    standing = Message.objects.filter(pk=message.pk, version=version, removed_at=None)
    if not standing.update(version=version + 1, edited_at=timezone.now()):
        raise ChangedMeanwhile
    message.refresh_from_db(fields=["version", "edited_at"])
    message.envelope = packed
    message.save(update_fields=["envelope"])
    services.tell(message.conversation_id, {"kind": "changed", "message": str(message.pk)})
    return message
