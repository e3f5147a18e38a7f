from typing import Any

from positivesocials.accounts.models import Account
from positivesocials.matching import access as matching
from positivesocials.matching.models import Mode
from positivesocials.privacy import services as privacy
from positivesocials.privacy import texts
from positivesocials.profiles import places
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.choices import DATING_GOALS, FRIENDS_GOALS, NOBODY
from positivesocials.profiles.models import Profile
from positivesocials.profiles.selectors import Face
from positivesocials.profiles.visibility import THOSE_WHO_FIT

CIRCLES = "circles"


def name_of(account: Account) -> str:
    profile = profiles.profile_of(account)
    return profiles.name_of(profile) if profile else ""


def face_of(account: Account) -> Face | None:
    profile = profiles.profile_of(account)
    return profiles.face_of(profile, THOSE_WHO_FIT) if profile else None


def wording_for(account: Account) -> str:
    """What must be agreed to before circles are kept; empty once it has been."""
    return "" if privacy.has_consent(account, purpose=CIRCLES) else texts.current(CIRCLES)


def answers_of(account: Account) -> dict[str, Any]:
    """What was answered so far, as the forms show it again."""
    profile = profiles.profile_of(account)
    return {**_said(profile), **_wished(account)} if profile else {}


def _said(profile: Profile) -> dict[str, Any]:
    said = profile.said
    prompt = said.prompts[0] if said.prompts else None
    return {
        "pronouns": said.pronouns,
        "gender": said.gender,
        "searches": said.searches,
        "birth_month": said.birth_month,
        "birth_year": said.birth_year,
        "show_age": said.audience("age") != NOBODY,
        **places.as_typed(said.place),
        "friends_goals": [goal for goal in said.goals if goal in FRIENDS_GOALS],
        "dating_goals": [goal for goal in said.goals if goal in DATING_GOALS],
        "question": prompt.question if prompt else "",
        "answer": prompt.answer if prompt else "",
        "circles": said.circles,
    }


def _wished(account: Account) -> dict[str, Any]:
    side = matching.me_as(account, None).side
    modes = [mode for mode in Mode.values if side.wish(mode).on]
    return {"modes": modes, "wanted": side.wish(Mode.DATING).searches}
