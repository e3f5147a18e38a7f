"""What a profile says of itself: the shape of `Profile.facets`, read tolerantly and written exactly.

The sealed value is a plain dict, so that a later release reads what an earlier one wrote: unknown keys
are left out, wrong types read as "not said". A couple keeps each partner's own part under `about`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self
from uuid import UUID

from positivesocials.profiles import places
from positivesocials.profiles.choices import AUDIENCES, FITTING, NOBODY, SEARCHES, questions

MAX_INTERESTS, MAX_WORDS, MAX_ANSWER, MAX_PROMPTS, MAX_NAMED = 12, 40, 300, 3, 50
OWN_FIELDS = ("pronouns", "gender", "orientation", "age", "circles")
JOINT_FIELDS = ("place", "prompts", "interests", "languages", "goals")
FIELDS = (*OWN_FIELDS, *JOINT_FIELDS)
YOUNGEST, OLDEST = 18, 120
MOST_CELL = 18_000_000


@dataclass(frozen=True)
class Prompt:
    question: str
    answer: str

    @property
    def asked(self) -> str:
        return str(questions().get(self.question, ""))


@dataclass(frozen=True)
class Person:
    """What one human says of themselves.

    `seen` says of a field whom it is for, where that is not those who fit; `named` are the profiles that
    this human picked for fields which only they may read.
    """

    pronouns: str = ""
    gender: str = ""
    searches: tuple[str, ...] = ()
    orientation: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    circles: tuple[str, ...] = ()
    seen: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] = ()

    def audience(self, field: str) -> str:
        return dict(self.seen).get(field, FITTING)

    def names(self, profiles: frozenset[UUID]) -> bool:
        """Whether one of these profiles was picked."""
        return any(pk.hex in self.named for pk in profiles)

    def without_name(self, name: str) -> Self:
        return replace(self, named=tuple(each for each in self.named if each != name))

    def shown_to(self, audiences: Mapping[str, str]) -> Self:
        """The same, for these audiences."""
        said = {**dict(self.seen), **audiences}
        return replace(self, seen=tuple((field, to) for field, to in said.items() if to != FITTING))

    def age(self, today: date) -> int | None:
        """Whole years at the start of this quarter, so that a birthday does not show.

        The birth day is never asked: the birthday month counts only once it is over.
        """
        if self.birth_year is None or self.birth_month is None:
            return None
        quarter_month = (today.month - 1) // 3 * 3 + 1
        years = today.year - self.birth_year - (self.birth_month >= quarter_month)
        if years == YOUNGEST - 1:  # Of age already, though the quarter does not count it yet.
            return YOUNGEST
        return years if 0 <= years <= OLDEST else None


@dataclass(frozen=True)
class Facets(Person):
    """`settled` and `moves` limit how often the place changes: the last one, and the days it changed.

    `region` gives a wider area in place of the place, to whoever sees it and in meeting. Of a couple, `seen`
    and `named` are about what is of both.
    """

    place: int | None = None
    region: bool = False
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    about: tuple[Person, ...] = ()
    settled: int | None = None
    moves: tuple[str, ...] = ()

    @property
    def cell(self) -> int | None:
        """Where one is, for everybody else: the area of the place, or the region around it."""
        return places.region_of(self.place) if self.region and self.place is not None else self.place

    @property
    def people(self) -> tuple[Person, ...]:
        """The humans behind the profile: both partners of a couple, else the one."""
        return self.about or (self,)

    @property
    def all_circles(self) -> tuple[str, ...]:
        """Every circle that someone behind the profile chose, once each."""
        return tuple(dict.fromkeys(slug for person in self.people for slug in person.circles))

    def part(self, place: int) -> Person:
        """What one human says of themselves: of a couple the first (0) or the second (1)."""
        return self.about[place] if place < len(self.about) else self

    def with_part(self, place: int, part: Person) -> Self:
        if not self.about:
            return replace(self, **{f.name: getattr(part, f.name) for f in fields(Person)})
        return replace(self, about=(*self.about[:place], part, *self.about[place + 1 :]))

    def has_named(self, pk: UUID) -> bool:
        """Whether anybody behind the profile picked this one."""
        return any(pk.hex in part.named for part in (self, *self.people))

    def without_names_but(self, place: int) -> Self:
        """The same, as if only this human of a couple had named anybody for their own part."""
        parts = (part if at == place else replace(part, named=()) for at, part in enumerate(self.about))
        return replace(self, about=tuple(parts))

    def with_names(self, place: int, own: tuple[str, ...], joint: tuple[str, ...]) -> Self:
        """The same, where one human names these for their own part, and both these for what is of both."""
        named = self.with_part(place, replace(self.part(place), named=own[:MAX_NAMED]))
        return replace(named, named=joint[:MAX_NAMED]) if self.about else named

    def to_dict(self) -> dict[str, Any]:
        """The value to seal; what was not said is left out."""
        return _plain(asdict(self))

    @classmethod
    def from_dict(cls, raw: object) -> Self:
        """Read any earlier or damaged value; never raises."""
        source: Mapping[str, Any] = raw if isinstance(raw, dict) else {}
        about = source.get("about")
        partners = tuple(_person(p) for p in about) if isinstance(about, list) else ()
        return cls(
            **_person_values(source),
            place=_within(source.get("place"), 0, MOST_CELL),
            region=source.get("region") is True,
            languages=_words(source.get("languages")),
            interests=_words(source.get("interests"))[:MAX_INTERESTS],
            goals=_words(source.get("goals")),
            prompts=_prompts(source.get("prompts")),
            about=partners,
            settled=_within(source.get("settled"), 0, MOST_CELL),
            moves=_words(source.get("moves")),
        )


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    default = {f.name: f.default for f in fields(Facets)}
    kept = {key: value for key, value in values.items() if value != default.get(key)}
    if "about" in kept:
        kept["about"] = [_plain(person) for person in kept["about"]]
    if "seen" in kept:
        kept["seen"] = dict(kept["seen"])
    return {key: list(value) if isinstance(value, tuple) else value for key, value in kept.items()}


def _person(raw: object) -> Person:
    return Person(**_person_values(raw if isinstance(raw, dict) else {}))


def _person_values(source: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "pronouns": _text(source.get("pronouns")),
        "gender": _text(source.get("gender")),
        "searches": _searches(source.get("searches")),
        "orientation": _text(source.get("orientation")),
        "birth_year": _within(source.get("birth_year"), 1890, 2200),
        "birth_month": _within(source.get("birth_month"), 1, 12),
        "circles": _words(source.get("circles")),
        "seen": _seen(source),
        "named": _words(source.get("named"))[:MAX_NAMED],
    }


def _seen(source: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Whom fields are for. What is not understood is for nobody: a later release may know what it means."""
    # Before there were audiences, an age could be kept back and nothing else.
    earlier = {"age": NOBODY} if source.get("show_age") is False else {}
    written = source.get("seen")
    said = {**earlier, **written} if isinstance(written, dict) else earlier
    known = ((field, said[field]) for field in FIELDS if field in said)
    read = ((field, to if isinstance(to, str) and to in AUDIENCES else NOBODY) for field, to in known)
    return tuple((field, to) for field, to in read if to != FITTING)


def _searches(value: object) -> tuple[str, ...]:
    written = (word.replace("non-binary", "nonbinary") for word in _words(value))
    return tuple(search for search in written if search in SEARCHES)


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _within(value: Any, low: int, high: int) -> int | None:
    return value if _is_int(value) and low <= value <= high else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _words(value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(dict.fromkeys(word for word in value if isinstance(word, str) and word))


def _prompts(value: object) -> tuple[Prompt, ...]:
    entries = value if isinstance(value, list | tuple) else ()
    read = (_prompt(entry) for entry in entries)
    return tuple(prompt for prompt in read if prompt.answer)[:MAX_PROMPTS]


def _prompt(entry: object) -> Prompt:
    source = entry if isinstance(entry, dict) else {}
    return Prompt(_text(source.get("question")), _text(source.get("answer")))
