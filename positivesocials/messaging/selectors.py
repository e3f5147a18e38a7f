from django.db.models import F

from positivesocials.accounts.models import Account
from positivesocials.messaging.models import Message


def unread_count(account: Account) -> int:
    """Messages by others, in every conversation the account still sits in, that it has not opened yet."""
    unread = Message.objects.filter(
        conversation__participants__account=account,
        conversation__participants__left_at=None,
        conversation__participants__read_up_to_at__lt=F("sent_at"),
        removed_at=None,
    )
    return unread.exclude(author_id=account.pk).count()
