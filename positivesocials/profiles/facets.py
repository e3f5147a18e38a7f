"""What a profile says of itself: the shape of `Profile.facets`, read tolerantly and written exactly.

The sealed value is a plain dict, so that a later release reads what an earlier one wrote: unknown keys
are left out, wrong types read as "not said". A couple keeps each partner's own part under `about`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any, Self

from positivesocials.profiles.choices import SEARCHES, questions

MAX_INTERESTS, MAX_WORDS, MAX_ANSWER, MAX_PROMPTS = 12, 40, 300, 3
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
    """What one human says of themselves."""

    pronouns: str = ""
    gender: str = ""
    searches: tuple[str, ...] = ()
    orientation: str = ""
    birth_year: int | None = None
    birth_month: int | None = None
    show_age: bool = True
    circles: tuple[str, ...] = ()

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

    def shown_age(self, today: date) -> int | None:
        return self.age(today) if self.show_age else None


@dataclass(frozen=True)
class Facets(Person):
    """`settled` and `moves` limit how often the place changes: the last one, and the days it changed."""

    place: int | None = None
    languages: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    about: tuple[Person, ...] = ()
    settled: int | None = None
    moves: tuple[str, ...] = ()

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
        "show_age": source.get("show_age") is not False,
        "circles": _words(source.get("circles")),
    }


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
