"""What a profile looks for in one mode: the shape of `Preferences.wishes`.

An empty must-have asks nothing. Friends asks no search and no age, whatever was stored.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from positivesocials.matching.models import Mode
from positivesocials.profiles.choices import SEARCHES, goals_in
from positivesocials.profiles.models import Kind
from positivesocials.profiles.places import ANYWHERE

YOUNGEST, OLDEST = 18, 99
DATING_BAND = 3


@dataclass(frozen=True)
class Wishes:
    on: bool = False
    kinds: tuple[str, ...] = ()
    searches: tuple[str, ...] = ()
    age_from: int = YOUNGEST
    age_to: int = OLDEST
    band: int = ANYWHERE
    goals: tuple[str, ...] = ()
    circles_only: bool = False

    @property
    def asks_age(self) -> bool:
        return (self.age_from, self.age_to) != (YOUNGEST, OLDEST)

    def to_dict(self) -> dict[str, Any]:
        return {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(self).items()}

    @classmethod
    def start(cls, mode: str) -> Self:
        """Before anything was said: off, friends anywhere, dating within reach."""
        return cls(band=DATING_BAND if mode == Mode.DATING else ANYWHERE)

    @classmethod
    def from_dict(cls, mode: str, raw: object) -> Self:
        """Read any earlier or damaged value; never raises."""
        if not isinstance(raw, dict):
            return cls.start(mode)
        return cls(
            on=raw.get("on") is True,
            kinds=_known(raw, "kinds", Kind.values),
            band=_between(raw.get("band"), 0, ANYWHERE, ANYWHERE),
            goals=_known(raw, "goals", goals_in(mode)),
            circles_only=raw.get("circles_only") is True,
            **(_dating_only(raw) if mode == Mode.DATING else {}),
        )


def _dating_only(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "searches": _known(raw, "searches", SEARCHES),
        "age_from": _between(raw.get("age_from"), YOUNGEST, OLDEST, YOUNGEST),
        "age_to": _between(raw.get("age_to"), YOUNGEST, OLDEST, OLDEST),
    }


def _known(raw: Mapping[str, Any], key: str, known: Any) -> tuple[str, ...]:
    value = raw.get(key)
    entries = value if isinstance(value, list | tuple) else ()
    written = (e.replace("non-binary", "nonbinary") for e in entries if isinstance(e, str))
    return tuple(dict.fromkeys(entry for entry in written if entry in known))


def _between(value: Any, low: int, high: int, otherwise: int) -> int:
    fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    return value if fits else otherwise
