from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.messaging import services as messaging
from positivesocials.safety import registry as safety


@safety.on_block
def close_what_they_share(blocker: Account, account_ids: list[UUID]) -> None:
    messaging.close_conversations_between([blocker.pk], account_ids)
