from dataclasses import dataclass

from positivesocials.accounts.models import Account
from positivesocials.privacy import texts
from positivesocials.privacy.models import Consent, Purpose


@dataclass(frozen=True)
class Agreement:
    """One purpose: what is agreed to, whether it is in force, and every receipt of it, newest first."""

    purpose: str
    label: str
    text: str
    live: Consent | None
    receipts: list[Consent]


def agreements_of(account: Account) -> list[Agreement]:
    rows = list(Consent.objects.filter(account=account).order_by("-given_at"))
    return [_agreement(purpose, [row for row in rows if row.purpose == purpose]) for purpose in Purpose]


def _agreement(purpose: Purpose, receipts: list[Consent]) -> Agreement:
    live = next((row for row in receipts if row.withdrawn_at is None), None)
    return Agreement(purpose.value, str(purpose.label), texts.current(purpose), live, receipts)
