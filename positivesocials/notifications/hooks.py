from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from positivesocials.accounts import gateways as accounts
from positivesocials.notifications import letters, notices, registry, services
from positivesocials.notifications.registry import Kind


def _devices(target: UUID) -> str:
    return reverse("accounts:list-devices")


def _ways(target: UUID) -> str:
    return reverse("accounts:show-ways")


LOG_IN = Kind(
    accounts.LOGGED_IN,
    label=_("A log-in on another device"),
    words=_("Your account was logged in on another device."),
    icon="key",
    path=_devices,
    order=9,
    is_security=True,
)
CHANGED = Kind(
    accounts.CHANGED,
    label=_("A change of how you log in"),
    words=_("How you log in was changed."),
    icon="key",
    path=_ways,
    order=9,
    is_security=True,
)


def tell(account_id: UUID, kind: str) -> None:
    notices.notify([account_id], kind)
    if kind == accounts.LOGGED_IN:
        letters.mail_of_log_in(account_id)


accounts.mail_with(services.queue_mail)
accounts.tell_with(tell)
registry.register(LOG_IN)
registry.register(CHANGED)
