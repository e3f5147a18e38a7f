"""What anybody, or any program, may know about this installation. Periods are the ones the code uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from positivesocials.accounts.models import PasswordReset, PendingSignUp
from positivesocials.core import countries, rates
from positivesocials.core.instance import is_open
from positivesocials.core.models import Instance
from positivesocials.membership import selectors as membership
from positivesocials.newsletter.models import Subscriber
from positivesocials.replies import services as replies
from positivesocials.vault import keyfile

LICENCE = "AGPL-3.0-or-later"
SECURITY_TXT_LASTS = timedelta(days=180)


@dataclass(frozen=True)
class Kept:
    """How long something is kept. `name` is for programs, `what` for people."""

    name: str
    what: str
    seconds: int

    @property
    def how_long(self) -> str:
        hours = self.seconds // 3600
        if not hours:
            minutes = self.seconds // 60
            return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
        if hours <= 72:
            return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
        return ngettext("%(count)s day", "%(count)s days", hours // 24) % {"count": hours // 24}


def retention() -> Sequence[Kept]:
    letter, shared = _seconds(Subscriber.ANSWER_WITHIN), settings.SHARED_DEVICE_SECONDS
    return [
        Kept("pending_sign_up", _("A sign-up that was not confirmed"), _seconds(PendingSignUp.KEEP)),
        Kept("password_reset", _("A link to a new password"), _seconds(PasswordReset.KEEP)),
        Kept("guest_reply_address", _("The address of a guest who replied"), _seconds(replies.KEEP_ADDRESS)),
        Kept("letter_address_unconfirmed", _("An address without a yes to the letter"), letter),
        Kept("session_own_device", _("A log-in on one's own device, unused"), settings.SESSION_COOKIE_AGE),
        Kept("session_shared_device", _("A log-in on a shared device, unused"), shared),
        Kept("rate_limit_counts", _("Counts against misuse"), _seconds(rates.KEEP)),
    ]


def keys_are_apart() -> bool:
    """Whether the key file and the data lie on different devices."""
    try:
        return keyfile.path_in(settings.KEYS).stat().st_dev != settings.DATA.stat().st_dev
    except OSError:
        return False


def for_programs(instance: Instance) -> dict[str, Any]:
    count = membership.public_count()
    return {
        "name": instance.name,
        "operator": {
            "name": instance.operator,
            "contact": instance.contact,
            "address": instance.address,
            "country": instance.country,
        },
        "demo": settings.DEMO,
        "open": is_open(),
        "software": {"name": "PositiveSocials", "licence": LICENCE, "source": settings.SOURCE_URL},
        "keys_apart_from_data": keys_are_apart(),
        "end_to_end_encrypted": False,
        "last_backup": None,
        "members": {"count": count.members, "free_until": count.of, "counted_on": count.counted_on},
        "retention_seconds": {kept.name: kept.seconds for kept in retention()},
        "policies": {slug: f"{settings.ORIGIN}{reverse(f'home:{slug}')}" for slug in ("privacy", "terms")},
    }


def security_txt(instance: Instance) -> str:
    """RFC 9116."""
    page = f"{settings.ORIGIN}{reverse('home:security-contact')}"
    contact = instance.contact.strip()
    lines = [
        f"Contact: {f'mailto:{contact}' if '@' in contact and ':' not in contact else contact or page}",
        f"Expires: {timezone.now() + SECURITY_TXT_LASTS:%Y-%m-%dT%H:%M:%SZ}",
        f"Policy: {page}",
        "Preferred-Languages: en",
        f"Canonical: {settings.ORIGIN}{reverse('home:security-txt')}",
    ]
    return "\n".join(lines) + "\n"


def country_of(instance: Instance) -> str:
    return countries.name_of(instance.country)


def _seconds(period: timedelta) -> int:
    return int(period.total_seconds())
