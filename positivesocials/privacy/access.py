from uuid import UUID

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.privacy.models import Consent


def get_own_receipt(actor: Account, pk: UUID) -> Consent:
    receipt = Consent.objects.filter(account=actor, pk=pk).first()
    if receipt is None:
        raise NotThere
    return receipt
