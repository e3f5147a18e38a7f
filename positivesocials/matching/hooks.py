from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from positivesocials.matching import access, learning, selectors, telling
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me, Way
from positivesocials.matching.models import Mode, Waiting
from positivesocials.matching.where import IN
from positivesocials.messaging import opener_access as openers
from positivesocials.messaging import services as messaging
from positivesocials.messaging import slots
from positivesocials.messaging.slots import Filling, Slot
from positivesocials.notifications import registry as notices
from positivesocials.notifications.registry import Kind
from positivesocials.privacy import registry as privacy
from positivesocials.privacy.texts import LEARNING
from positivesocials.profiles import access as profiles_access
from positivesocials.profiles import check_access as checks
from positivesocials.profiles import photo_rules
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.safety import registry as safety


def link_to_common(own: Profile, other: Profile) -> Filling | None:
    """While the other is there for this profile, in whichever mode."""
    me = Me(own)
    if me.keeps_apart(other):
        return None
    ways = (Way(me, mode) for mode in Mode.values)
    way = next((way for way in ways if access.is_there(way, other)), None)
    return Filling("matching/_in_common.html", {"about": other.pk, "query": way.query}) if way else None


def _talk(conversation_id: UUID) -> str:
    return reverse("messaging:show-conversation", args=[conversation_id])


def _likes(code: str) -> Callable[[UUID], str]:
    return lambda profile_id: f"{reverse('matching:list-likes')}?{urlencode({'in': code, 'as': profile_id})}"


def _people(waiting_id: UUID) -> str | None:
    waiting = Waiting.objects.filter(pk=waiting_id).first()
    if waiting is None:
        return None
    code = next(code for code, mode in IN.items() if mode == waiting.mode)
    return f"{reverse('matching:list-people')}?{urlencode({'in': code, 'as': waiting.profile_id})}"


notices.register(
    Kind(
        telling.MATCHED,
        label=_("Matches"),
        words=_("A match: you can write to each other now"),
        icon="talk",
        path=_talk,
        order=2,
    )
)
notices.register(
    Kind(
        telling.LIKED[Mode.FRIENDS],
        label=_("Somebody says hello"),
        words=_("Somebody says hello"),
        icon="people",
        path=_likes("f"),
        order=3,
    )
)
notices.register(
    Kind(
        telling.LIKED[Mode.DATING],
        label=_("Somebody likes you"),
        words=_("Somebody likes you"),
        icon="like",
        path=_likes("d"),
        order=4,
    )
)
notices.register(
    Kind(
        telling.FITS,
        label=_("Somebody fits, if you asked to be told"),
        words=_("Somebody fits"),
        icon="people",
        path=_people,
        order=5,
    )
)
profiles.on_couple_end(matching.end_matches_of)
profiles_access.show_hidden_when(access.is_matched)
profiles_access.show_shy_when(access.has_shown_itself)
profiles_access.look_by(access.looker_at)
profiles_access.name_among(selectors.to_name)
photo_rules.match_when(access.is_matched)
checks.matches_by(access.live_pairs)
checks.known_by(access.ever_matched)
slots.fill(Slot.CHOICES, link_to_common)
openers.write_first_when(access.may_write_first)
openers.never_write_first_when(access.knows)
messaging.on_leave(matching.part_after_leaving)
privacy.keeps(LEARNING, learning.forget_of, any_time=True)
safety.on_block(matching.forget_between)
