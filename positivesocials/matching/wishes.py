"""What a profile looks for in one mode: the shape of `Preferences.wishes`.

An empty line asks nothing. Each line is a must-have, or one of `nice`: then it shuts nobody out and moves
those who fit up. Friends asks no search and no age, whatever was stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Self

from positivesocials.matching.models import Mode
from positivesocials.profiles.choices import SEARCHES, goals_in
from positivesocials.profiles.models import Kind
from positivesocials.profiles.places import ANYWHERE

YOUNGEST, OLDEST = 18, 99
DATING_BAND = 3
# What a profile says of whom it looks for, line by line, and how each line asks nothing.
NOTHING: Mapping[str, Mapping[str, Any]] = {
    "kinds": {"kinds": ()},
    "searches": {"searches": ()},
    "ages": {"age_from": YOUNGEST, "age_to": OLDEST},
    "band": {"band": ANYWHERE},
    "goals": {"goals": ()},
    "circles": {"circles_only": False},
}
DATING_ONLY = frozenset({"searches", "ages"})


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
    nice: tuple[str, ...] = ()

    @property
    def asks_age(self) -> bool:
        return (self.age_from, self.age_to) != (YOUNGEST, OLDEST)

    @cached_property
    def must(self) -> Self:
        """What has to fit: the lines that are no nice-to-haves."""
        return self._without(self.nice)

    @cached_property
    def liked(self) -> Self:
        """What moves somebody up: the nice-to-haves alone."""
        return self._without(NOTHING.keys() - set(self.nice))

    def _without(self, lines: Iterable[str]) -> Self:
        nothing = {name: value for line in lines for name, value in NOTHING[line].items()}
        return replace(self, **nothing, nice=())

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
            nice=_known(raw, "nice", lines_in(mode)),
            **(_dating_only(raw) if mode == Mode.DATING else {}),
        )


def lines_in(mode: str) -> tuple[str, ...]:
    return tuple(line for line in NOTHING if mode == Mode.DATING or line not in DATING_ONLY)


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
