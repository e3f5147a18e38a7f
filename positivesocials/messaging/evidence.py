"""What a reporter may reveal besides the message that they report."""

from positivesocials.accounts.models import Account
from positivesocials.messaging import reading
from positivesocials.messaging.models import Message
from positivesocials.moderation.registry import MOST_BEFORE, Before, By
from positivesocials.vault import fields as vault


def said_before(reporter: Account, message: Message) -> tuple[Before, ...]:
    """The last few messages before it whose words are still there, the oldest first. For who can read it."""
    earlier = Message.objects.filter(
        conversation=message.conversation_id, sent_at__lt=message.sent_at, removed_at=None
    )
    found = list(earlier.order_by("-sent_at")[:MOST_BEFORE])
    vault.warm(found)
    texts = [(_by(each, reporter, message), reading.said_in(each).text) for each in reversed(found)]
    return tuple(Before(by, text) for by, text in texts if text)


def _by(said: Message, reporter: Account, reported: Message) -> By:
    if said.author_id == reporter.pk:
        return By.REPORTER
    return By.AUTHOR if said.author_id == reported.author_id else By.OTHER
