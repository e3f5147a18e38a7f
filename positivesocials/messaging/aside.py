"""What is put aside for a reader: it has a word that they hid. Found as they read, and not written down."""

from collections import Counter
from uuid import UUID

from django.db.models import QuerySet

from positivesocials.accounts.models import Account
from positivesocials.messaging import reading
from positivesocials.messaging.models import Message
from positivesocials.safety.hidden_words import hidden_for
from positivesocials.vault import fields as vault

# Beyond so many unread messages the rest count as they are.
MOST = 200


def put_aside(account: Account, unread: QuerySet[Message]) -> Counter[UUID]:
    """How many of these do not count as unread, by conversation."""
    hidden = hidden_for(account.pk)
    if not hidden:
        return Counter()
    messages = list(unread.order_by("-sent_at")[:MOST])
    vault.warm(messages)
    found = [each for each in messages if hidden.is_in(reading.said_in(each).text)]
    return Counter(message.conversation_id for message in found)


def newest_is_aside(account_id: UUID, conversation_id: UUID) -> bool:
    """Whether what was written last in a conversation has a word that this account hid."""
    hidden = hidden_for(account_id)
    newest = (
        Message.objects.filter(conversation=conversation_id).order_by("-sent_at").first() if hidden else None
    )
    return newest is not None and hidden.is_in(reading.said_in(newest).text)
