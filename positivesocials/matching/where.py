"""Which page of meeting it is: `in` and `as` in an address say the mode and the own profile, neutrally."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import HttpRequest

from positivesocials.accounts.access import actor_of
from positivesocials.accounts.models import Account
from positivesocials.core.refusals import NotThere
from positivesocials.matching import together
from positivesocials.matching.access import Me
from positivesocials.matching.models import Mode
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import Profile

IN = {"f": Mode.FRIENDS.value, "d": Mode.DATING.value}


@dataclass(frozen=True)
class Where:
    """Which page of meeting: the actor, as which own profile, in which mode."""

    actor: Account
    me: Me
    mode: str
    own: list[Profile]

    @cached_property
    def is_dating(self) -> bool:
        return self.mode == Mode.DATING

    @property
    def code(self) -> str:
        return "d" if self.is_dating else "f"

    @cached_property
    def query(self) -> str:
        return urlencode({"in": self.code, "as": str(self.me.profile.pk)})

    @cached_property
    def partner(self) -> str:
        """The other half of the couple that the actor meets as."""
        return together.partner_name(self.actor, self.me.profile)

    @property
    def is_on(self) -> bool:
        return self.me.side.wish(self.mode).on


def where_at(request: HttpRequest, own: list[Profile] | None = None) -> Where:
    """`own` are the actor's own profiles, where the page has asked for them already."""
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    own = profiles.own_profiles(actor) if own is None else own
    me = next((Me(profile) for profile in own if str(profile.pk) == asked.get("as")), None)
    if me is None and (asked.get("as") or not own):
        raise NotThere
    me = me or _usual_me(own)
    return Where(actor, me, IN.get(asked.get("in", ""), _usual_mode(me)), own)


def _usual_me(own: list[Profile]) -> Me:
    """The first own profile that has a mode on, the individual one before couples."""
    faces = [Me(profile) for profile in own]
    return next((me for me in faces if any(me.side.wish(mode).on for mode in Mode.values)), faces[0])


def _usual_mode(me: Me) -> str:
    only_dating = me.side.wish(Mode.DATING).on and not me.side.wish(Mode.FRIENDS).on
    return Mode.DATING if only_dating else Mode.FRIENDS
