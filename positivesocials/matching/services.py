"""Preferences, what profiles say of each other, and matches: the only code that writes them."""

from typing import Any

from django.db import transaction

from positivesocials.matching.models import Preferences
from positivesocials.matching.wishes import Wishes
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile


@transaction.atomic
def save_preferences(profile: Profile, mode: str, wishes: Wishes | dict[str, Any]) -> None:
    """Keep what a profile looks for in one mode, and whether the mode is on (`on`: off until said)."""
    kept = wishes if isinstance(wishes, Wishes) else Wishes.from_dict(mode, wishes)
    row = Preferences.objects.filter(profile=profile, mode=mode).first()
    row = row or Preferences(profile=profile, mode=mode)
    row.profile, row.wishes = profile, kept.to_dict()
    row.save()
    profiles.mark_changed(profile)
