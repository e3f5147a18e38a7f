from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.privacy import registry, texts
from positivesocials.privacy.models import Consent, Purpose


@dataclass(frozen=True)
class Agreement:
    """One purpose: what is agreed to, whether it is in force, and every receipt of it, newest first."""

    purpose: str
    label: str
    text: str
    asked: str
    removes: str
    live: Consent | None
    receipts: list[Consent]
    has_switch: bool

    @property
    def is_reworded(self) -> bool:
        return self.live is not None and self.live.text_version != texts.version(self.purpose)


@dataclass(frozen=True)
class Apart:
    """A purpose that is tied to no account, and the name of the page where it is given and taken back."""

    purpose: str
    label: str
    text: str
    removes: str
    page: str


def agreement_of(account: Account, purpose: str) -> Agreement:
    return next(each for each in agreements_of(account) if each.purpose == purpose)


def agreements_of(account: Account) -> list[Agreement]:
    rows = list(Consent.objects.filter(account=account).order_by("-given_at"))
    return [
        _agreement(purpose, [row for row in rows if row.purpose == purpose])
        for purpose in Purpose
        if registry.is_kept(purpose)
    ]


def _agreement(purpose: Purpose, receipts: list[Consent]) -> Agreement:
    return Agreement(
        purpose=purpose.value,
        label=str(purpose.label),
        text=texts.current(purpose),
        asked=str(texts.ASKED[purpose]),
        removes=str(texts.REMOVES[purpose]),
        live=next((row for row in receipts if row.is_in_force), None),
        receipts=receipts,
        has_switch=registry.is_given_any_time(purpose),
    )


def kept_apart() -> list[Apart]:
    return [
        Apart(purpose, str(Purpose(purpose).label), texts.current(purpose), str(texts.REMOVES[purpose]), page)
        for purpose, page in registry.apart().items()
    ]


def receipt_text(receipt: Consent) -> str:
    """A receipt as a file to keep. It names the account by its number: no address, no name."""
    return written_receipt(
        number=str(receipt.pk),
        giver=_("Account: %s") % receipt.account_id,
        version=receipt.text_version,
        moments=[
            (_("Given"), receipt.given_at),
            (_("Replaced by a newer wording"), receipt.replaced_at),
            (_("Taken back"), receipt.withdrawn_at),
        ],
        wording=receipt.wording,
    )


def written_receipt(
    *, number: str, giver: str, version: str, moments: list[tuple[str, datetime | None]], wording: str
) -> str:
    lines = [
        _("Receipt: %s") % number,
        settings.ORIGIN,
        giver,
        _("Wording: %s") % version,
        *(f"{what}: {when:%Y-%m-%d %H:%M:%S} UTC" for what, when in moments if when),
    ]
    return "\n".join([*lines, "", wording, ""])
