from positivesocials.matching import access
from positivesocials.matching import services as matching
from positivesocials.profiles import access as profiles_access
from positivesocials.profiles import services as profiles

profiles.on_couple_end(matching.end_matches_of)
profiles_access.show_hidden_when(access.is_matched)
