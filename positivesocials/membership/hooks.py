from positivesocials.accounts import gateways as accounts
from positivesocials.membership import services
from positivesocials.membership.models import TERMS_VERSION

accounts.ask_for_terms(version=TERMS_VERSION, accept=services.accept_terms)
