from positivesocials.accounts.models import Account
from positivesocials.articles import access, selectors
from positivesocials.claims import uses
from positivesocials.replies import homes

homes.register(selectors.path_of_thread)
Account.named_by(access.name_at_desk)
uses.register(selectors.uses_of_claim)
