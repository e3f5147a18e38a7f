from positivesocials.accounts import gateways as accounts
from positivesocials.notifications import services

accounts.mail_with(services.queue_mail)
