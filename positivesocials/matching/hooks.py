from positivesocials.matching import access
from positivesocials.matching import services as matching
from positivesocials.messaging import services as messaging
from positivesocials.profiles import access as profiles_access
from positivesocials.profiles import check_access as checks
from positivesocials.profiles import photo_rules
from positivesocials.profiles import services as profiles
from positivesocials.safety import registry as safety

profiles.on_couple_end(matching.end_matches_of)
profiles_access.show_hidden_when(access.is_matched)
photo_rules.match_when(access.is_matched)
profiles_access.show_in(access.modes_shown)
checks.matches_by(access.live_pairs)
checks.known_by(access.ever_matched)
messaging.on_leave(matching.part_after_leaving)
safety.on_block(matching.forget_between)
