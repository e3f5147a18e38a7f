"""What anybody, or any program, may know about this installation. Periods are the ones the code uses."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from positivesocials.core import countries
from positivesocials.core.instance import is_open
from positivesocials.core.keeping import End, ends_here
from positivesocials.core.models import Instance
from positivesocials.membership import selectors as membership
from positivesocials.vault import keyfile

LICENCE = "AGPL-3.0-or-later"
SECURITY_TXT_LASTS = timedelta(days=180)


def retention() -> list[End]:
    """What ends after a time by itself, as far as it has words for people."""
    return [end for end in ends_here() if end.seconds is not None and end.until.what]


def keys_are_apart() -> bool:
    """Whether the key file and the data lie on different devices."""
    try:
        return keyfile.path_in(settings.KEYS).stat().st_dev != settings.DATA.stat().st_dev
    except OSError:
        return False


def for_programs(instance: Instance) -> dict[str, Any]:
    count, ends = membership.public_count(), ends_here()
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
        "retention_seconds": {end.until.name: end.seconds for end in ends if end.seconds is not None},
        "retention": {end.until.name: end.sentence for end in ends},
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
