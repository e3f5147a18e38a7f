from positivesocials.matching import access, learning, selectors
from positivesocials.matching import services as matching
from positivesocials.matching.access import Me, Way
from positivesocials.matching.models import Mode
from positivesocials.messaging import opener_access as openers
from positivesocials.messaging import services as messaging
from positivesocials.messaging import slots
from positivesocials.messaging.slots import Filling, Slot
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
