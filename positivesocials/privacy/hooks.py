from positivesocials.accounts.models import Account
from positivesocials.notifications import devices, gateways
from positivesocials.privacy import registry, services, texts


class PushConsent(gateways.Consent):
    def wording(self) -> str:
        return texts.current(texts.PUSH)

    def give(self, account: Account) -> None:
        """Given by the button beside the wording; keeping the address asks whether it is in force."""
        services.give_consent(account, purpose=texts.PUSH)
        services.require_consent(account, purpose=texts.PUSH)


gateways.consent_by(PushConsent())
registry.keeps(texts.PUSH, devices.forget_all_of)
