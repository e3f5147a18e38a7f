from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from positivesocials.hosts import selectors, services
from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Kind
from positivesocials.profiles import badges


def _address(_target: UUID) -> str:
    return reverse("hosts:show-hosts")


badges.give(selectors.badges)
notices.register(
    Kind(
        services.NOTICE,
        label=_("Being a host"),
        words=_("Something changed about being a host"),
        icon="sun",
        path=_address,
        order=8,
    )
)
