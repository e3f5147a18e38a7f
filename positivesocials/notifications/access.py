from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.notifications.models import Notice


def get_own_notice(actor: Account, notice_id: UUID) -> Notice:
    notice = Notice.objects.filter(account=actor, pk=notice_id).first()
    if notice is None:
        raise NotThere
    return notice
