from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from positivesocials.moderation import selectors, services
from positivesocials.notifications import registry
from positivesocials.notifications.registry import Kind


def _address(report_id: UUID) -> str | None:
    item = selectors.item_of(report_id)
    return reverse("moderation:thank-reporter", args=item) if item else None


registry.register(
    Kind(
        services.NOTICE,
        label=_("Decisions on your reports"),
        words=_("A decision on your report"),
        icon="flag",
        path=_address,
        order=8,
    )
)
