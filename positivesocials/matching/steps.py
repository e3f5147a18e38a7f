"""What one could open by one step where few fit. Nothing widens without being asked."""

from dataclasses import replace

from django.utils.translation import gettext as _

from positivesocials.matching.models import Mode
from positivesocials.matching.wishes import OLDEST, YOUNGEST, Wishes
from positivesocials.profiles.places import ANYWHERE, BANDS


def steps(wish: Wishes, mode: str) -> dict[str, tuple[str, Wishes]]:
    """What one could open by one step: distance, hopes, ages, kinds of profile, circles.

    The last step of each line makes it a nice-to-have. Whom somebody loves is no step to be talked into.
    """
    must = wish.must
    wider = range(must.band + 1, ANYWHERE)
    found = {f"band-{reach}": (str(BANDS[reach]), replace(wish, band=reach)) for reach in wider}
    if must.band < ANYWHERE:
        found["band-nice"] = _("Anywhere, those nearer first"), _nice(wish, "band")
    if must.goals:
        found["goals"] = _("Any hope, those who share yours first"), _nice(wish, "goals")
    if mode == Mode.DATING and must.asks_age:
        found["ages"] = _ages(wish)
        found["ages-nice"] = _("Any age, those of the age you said first"), _nice(wish, "ages")
    if must.kinds:
        found["kinds"] = _kinds(must), _nice(wish, "kinds")
    if must.circles_only:
        found["circles"] = _("Other circles too, yours first"), _nice(wish, "circles")
    return found


def _nice(wish: Wishes, line: str) -> Wishes:
    return replace(wish, nice=(*wish.nice, line))


def _kinds(wish: Wishes) -> str:
    if "couple" in wish.kinds:
        return _("Individuals too, couples first")
    return _("Couples too, individuals first")


def _ages(wish: Wishes) -> tuple[str, Wishes]:
    low, high = max(YOUNGEST, wish.age_from - 5), min(OLDEST, wish.age_to + 5)
    label = _("Ages %(low)s to %(high)s") % {"low": low, "high": high}
    return label, replace(wish, age_from=low, age_to=high)
