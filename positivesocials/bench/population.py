"""An invented population, seeded, for benches and tests. Every share is a knob.

Two thousand cities whose sizes follow Zipf's law behind one metro, some people in the country, couples,
who is looked for by whom, ages, distances, hopes, circles, answers and interests. All of it is invented:
only comparisons made on the same population mean something.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from positivesocials.core.refusals import Refused
from positivesocials.matching.engine import codes, nice
from positivesocials.matching.engine.answers import GIVEN, IMPORTANCE, PLANES, WELCOME
from positivesocials.matching.engine.columns import I32, I64, U8, U16, U64, WIDTHS, Asked, Bools, Columns
from positivesocials.matching.engine.learning import BOUND
from positivesocials.matching.questions import QUESTIONS
from positivesocials.profiles import places
from positivesocials.profiles.choices import DATING_GOALS, FRIENDS_GOALS, LANGUAGES
from positivesocials.profiles.places import ANYWHERE

Random = np.random.Generator
METRO = (51.5, -0.1)
KM_A_DEGREE = 111.2
PIECE = 1 << 13
# Shares of the circles, in their order: herpes first, then HPV and HIV.
CIRCLES = (0.05, 0.55, 0.12, 0.20, 0.04, 0.06, 0.10, 0.08, 0.08, 0.05, 0.03, 0.03)


@dataclass(frozen=True)
class Knobs:
    cities: int = 2000
    metro: float = 0.15  # Share of the biggest city.
    rural: float = 0.10
    couples: float = 0.12
    dating: float = 0.80  # Share with the mode on.
    friends: float = 0.70
    circles_only: float = 0.15
    asks_goals: float = 0.35
    asks_ages: float = 0.90
    nice: float = 0.1  # Share of what is looked for, line by line, that is nice to have and not needed.
    questions: int = len(QUESTIONS)
    answered: float = 0.6
    reach: tuple[float, ...] = (0.0, 0.10, 0.24, 0.36, 0.15, 0.06, 0.09)  # Same area, 25 km ... anywhere.
    biases: float = 8.0  # Deviation of learned biases, in sixteenths of a logit.

    @classmethod
    def turned(cls, settings: Sequence[str]) -> "Knobs":
        """The usual ones but for these, each as "name=value"; raises NoSuchKnob with a sentence."""
        return replace(cls(), **dict(_setting(text) for text in settings))


class NoSuchKnob(Refused):
    """A knob that is not there, or a value that it cannot have."""

    def __init__(self, text: str) -> None:
        names = ", ".join(field.name for field in fields(Knobs))
        super().__init__(f"'{text}' turns no knob. Write name=value, with one of: {names}.")


def _setting(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    usual = getattr(Knobs(), name, None) if name in {field.name for field in fields(Knobs)} else None
    try:
        if isinstance(usual, tuple):
            shares = tuple(float(share) for share in value.split(","))
            if len(shares) == len(usual):
                return name, tuple(share / sum(shares) for share in shares)
        elif usual is not None:
            return name, type(usual)(value)
    except (ValueError, ZeroDivisionError):
        pass
    raise NoSuchKnob(text)


@dataclass(frozen=True)
class Population:
    columns: Columns
    in_metro: Bools


def population(members: int, *, seed: int = 1, knobs: Knobs | None = None) -> Population:
    """`members` invented members; the same seed and knobs give the same ones."""
    knobs = knobs or Knobs()
    random = np.random.default_rng(seed)
    cell, in_metro = _cells(random, members, knobs)
    couple = random.random(members) < knobs.couples
    first, second = _humans(random, couple)
    youngest, oldest = _ages(random, couple)
    # Drawn apart, so that this share changes nothing else.
    softly = np.random.default_rng([seed, 1])
    columns = Columns(
        ids=random.integers(0, 2**64, (members, 2), dtype=np.uint64),
        humans=(first | second << 4 | np.uint8(0x88)).astype(np.uint8),
        youngest=youngest,
        oldest=oldest,
        cell=cell,
        goals=_some(random, members, [0.3] * len(codes.GOAL_CODES)).astype(np.uint16),
        circles=_some(random, members, CIRCLES).astype(np.uint16),
        interests=_some(random, members, [0.1] * 64),
        languages=_languages(random, members),
        answers=_answers(random, members, knobs),
        learned=_biases(random, members, knobs),
        nice=np.zeros((members, 2), dtype=np.uint64),
        asked={
            "friends": _friends(random, couple, knobs),
            "dating": _dating(random, couple, first, youngest, oldest, knobs),
        },
    )
    for mode, place in nice.PLACES.items():
        columns.nice[:, place] = _softened(softly, columns.asked[mode], couple, knobs)
    return Population(columns, in_metro)


def _cells(random: Random, members: int, knobs: Knobs) -> tuple[I32, Bools]:
    """Cells, and who lives in the metro. Cities spread like the square root of their size."""
    latitude, longitude = random.uniform(36, 60, knobs.cities), random.uniform(-10, 30, knobs.cities)
    latitude[0], longitude[0] = METRO
    share = 1 / np.arange(2, knobs.cities + 1)
    share *= (1 - knobs.metro - knobs.rural) / share.sum()
    kind = random.choice(knobs.cities + 1, members, p=[knobs.metro, *share, knobs.rural])
    is_rural = kind == knobs.cities
    city = np.where(is_rural, 0, kind)
    spread = np.sqrt(np.array([knobs.metro, *share]) / knobs.metro) * 15 + 2  # km
    north, east = random.normal(0, spread[city]), random.normal(0, spread[city])
    at = latitude[city] + north / KM_A_DEGREE
    along = longitude[city] + east / (KM_A_DEGREE * np.cos(np.radians(at)))
    at = np.where(is_rural, random.uniform(36, 60, members), at)
    along = np.where(is_rural, random.uniform(-10, 30, members), along)
    return cells_at(at, along), kind == 0


def cells_at(latitude: npt.NDArray[np.float64], longitude: npt.NDArray[np.float64]) -> I32:
    """The cells that hold n points in degrees, as `places.cell_at` has them. int32 of shape (n,)."""
    row = np.floor(latitude * 10).astype(np.int64) + 900
    columns = np.array([places.columns(each) for each in range(1800)])[row]
    column = (np.floor(longitude * 10).astype(np.int64) + 1800) * columns // 3600
    found: I32 = (row * places.ROW + column).astype(np.int32)
    return found


def _humans(random: Random, couple: Bools) -> tuple[U8, U8]:
    """Searches each of two humans appears in: women 1, men 2, non-binary people 4, some in two."""
    choices, weights = np.array([1, 2, 4, 5, 6], dtype=np.uint8), [0.45, 0.45, 0.05, 0.03, 0.02]
    first = random.choice(choices, len(couple), p=weights)
    return first, np.where(couple, random.choice(choices, len(couple), p=weights), first)


def _ages(random: Random, couple: Bools) -> tuple[U8, U8]:
    age = np.clip(18 + random.gamma(2.6, 8.4, len(couple)), 18, 90).astype(np.int64)
    other = np.clip(age + random.normal(0, 4, len(couple)), 18, 90).astype(np.int64)
    other = np.where(couple, other, age)
    unsaid = random.random(len(couple)) < 0.03
    youngest = np.where(unsaid, codes.NO_AGE_YOUNGEST, np.minimum(age, other))
    return youngest.astype(np.uint8), np.where(unsaid, codes.NO_AGE_OLDEST, np.maximum(age, other)).astype(
        np.uint8
    )


def _pieces(members: int) -> Iterator[slice]:
    """A few thousand rows at once, so that what is between stays in the cache."""
    return (slice(start, min(start + PIECE, members)) for start in range(0, members, PIECE))


def _bytes(random: Random, rows: int, columns: int = 64) -> U8:
    return np.frombuffer(random.bytes(rows * columns), dtype=np.uint8).reshape(rows, columns)


def _packed(chosen: Bools) -> U64:
    """64 columns of truth as the bits of one number. uint64 of shape (n,)."""
    packed: U64 = np.packbits(chosen, axis=1, bitorder="little").view("<u8")[:, 0]
    return packed


def _some(random: Random, members: int, shares: Sequence[float]) -> U64:
    """Random bits, the first set for the first share of members and so on; at most 64."""
    limits = np.zeros(64, dtype=np.uint8)
    limits[: len(shares)] = [round(share * 255) for share in shares]
    found = np.zeros(members, dtype=np.uint64)
    for piece in _pieces(members):
        found[piece] = _packed(_bytes(random, piece.stop - piece.start) < limits)
    return found


def _languages(random: Random, members: int) -> npt.NDArray[np.uint32]:
    known = (random.zipf(1.8, (members, 2)) - 1) % len(LANGUAGES)
    bits = np.uint32(1) << known.astype(np.uint32)
    either: npt.NDArray[np.uint32] = bits[:, 0] | bits[:, 1]
    return either


def _biases(random: Random, members: int, knobs: Knobs) -> npt.NDArray[np.int8]:
    drawn = random.normal(0, knobs.biases, (members, WIDTHS["learned"]))
    return np.clip(np.rint(drawn), -BOUND, BOUND).astype(np.int8)


def _answers(random: Random, members: int, knobs: Knobs) -> U64:
    """Replies lean to a person's outlook; people accept their own and, half of the time, the next ones."""
    planes = np.zeros((members, PLANES), dtype=np.uint64)
    replies = np.zeros(64, dtype=np.int32)
    for number in list(QUESTIONS)[: knobs.questions]:
        replies[number - 1] = len(QUESTIONS[number].replies)
    for piece in _pieces(members):
        rows = piece.stop - piece.start
        outlook = random.integers(-80, 81, (rows, 1), dtype=np.int16)
        # From 1 to as many replies as the question has; none of them where there is no such question.
        reply = np.clip(((_bytes(random, rows) + outlook) * replies >> 8) + 1, 1, replies)
        said = (_bytes(random, rows) < round(knobs.answered * 255)) & (replies > 0)
        chance = _bytes(random, rows)
        for bit in range(WELCOME - GIVEN):
            planes[piece, GIVEN + bit] = _packed(said & (reply >> bit & 1 != 0))
        for option in range(1, IMPORTANCE - WELCOME + 1):
            welcome = (reply == option) | (reply + 1 == option) & (chance & 4 != 0)
            welcome |= (reply == option + 1) & (chance & 8 != 0)
            planes[piece, WELCOME + option - 1] = _packed(said & welcome & (option <= replies))
        for bit in range(PLANES - IMPORTANCE):
            planes[piece, IMPORTANCE + bit] = _packed(said & (chance >> bit & 1 != 0))
    return planes


def _kinds(random: Random, couple: Bools) -> U8:
    """Individuals mostly look for individuals, couples for couples or both."""
    kinds = np.array([codes.INDIVIDUAL, codes.COUPLE, codes.INDIVIDUAL | codes.COUPLE], dtype=np.uint8)
    singles = random.choice(kinds, len(couple), p=[0.70, 0.04, 0.26])
    pairs = random.choice(kinds, len(couple), p=[0.35, 0.30, 0.35])
    own = couple.astype(np.uint8) * np.uint8(codes.IS_COUPLE)
    kind: U8 = np.where(couple, pairs, singles) | own
    return kind


def _friends(random: Random, couple: Bools, knobs: Knobs) -> Asked:
    members = len(couple)
    everyone = np.where(
        couple, codes.INDIVIDUAL | codes.COUPLE | codes.IS_COUPLE, codes.INDIVIDUAL | codes.COUPLE
    )
    wants = everyone.astype(np.uint8) | np.uint8(codes.ANY_SEARCH)
    return Asked(
        wants=np.where(random.random(members) < knobs.friends, wants, 0).astype(np.uint8),
        low=np.full(members, codes.NO_AGE_YOUNGEST, np.uint8),
        high=np.full(members, codes.NO_AGE_OLDEST, np.uint8),
        asks=_goals(random, members, FRIENDS_GOALS, knobs),
        reach=random.choice(7, members, p=[0, 0, 0.1, 0.2, 0.1, 0.1, 0.5]).astype(np.uint8),
        only=(random.random(members) < knobs.circles_only).astype(np.uint8),
    )


def _dating(random: Random, couple: Bools, first: U8, youngest: U8, oldest: U8, knobs: Knobs) -> Asked:
    members = len(couple)
    other = np.where(first & 1, 2, np.where(first & 2, 1, 7)).astype(np.uint8)
    same = (first & 7).astype(np.uint8)
    wanted = random.choice(3, members, p=[0.72, 0.10, 0.18])
    searches = np.select([wanted == 0, wanted == 1], [other, same], np.uint8(codes.ANY_SEARCH)).astype(
        np.uint8
    )
    asks_ages = (random.random(members) < knobs.asks_ages) & (youngest != codes.NO_AGE_YOUNGEST)
    low = np.clip(youngest.astype(np.int64) - random.integers(2, 15, members), 18, 99)
    high = np.clip(np.minimum(oldest, 99).astype(np.int64) + random.integers(2, 15, members), 18, 98)
    is_on = random.random(members) < knobs.dating
    return Asked(
        wants=np.where(is_on, searches | _kinds(random, couple), 0).astype(np.uint8),
        low=np.where(asks_ages, low, codes.NO_AGE_YOUNGEST).astype(np.uint8),
        high=np.where(asks_ages, high, codes.NO_AGE_OLDEST).astype(np.uint8),
        asks=_goals(random, members, DATING_GOALS, knobs),
        reach=random.choice(7, members, p=knobs.reach).astype(np.uint8),
        only=(random.random(members) < knobs.circles_only).astype(np.uint8),
    )


def _softened(random: Random, asked: Asked, couple: Bools, knobs: Knobs) -> U64:
    """Some lines become nice-to-haves: they leave `asked`, and are the words that come back."""
    words = couple.astype(np.uint64) * np.uint64(codes.IS_COUPLE)
    kinds, searches = asked.wants & np.uint8(nice.KINDS), asked.wants & np.uint8(nice.SEARCHES)

    def soften(asks: Bools, word: U64, *columns: tuple[npt.NDArray[Any], int]) -> Bools:
        soft: Bools = asks & (asked.wants != 0) & (random.random(len(couple)) < knobs.nice)
        words[soft] |= word[soft]
        for column, nothing in columns:
            column[soft] = nothing
        return soft

    soft = soften(kinds != nice.KINDS, kinds.astype(np.uint64))
    asked.wants[soft] |= np.uint8(nice.KINDS)
    soft = soften(searches != 0, searches.astype(np.uint64))
    asked.wants[soft] = asked.wants[soft] & np.uint8(0xFF - nice.SEARCHES) | np.uint8(codes.ANY_SEARCH)
    ages = _shifted(asked.low, nice.LOW) | _shifted(asked.high, nice.HIGH)
    nothing = (asked.low, codes.NO_AGE_YOUNGEST), (asked.high, codes.NO_AGE_OLDEST)
    soften(asked.low != codes.NO_AGE_YOUNGEST, ages, *nothing)
    soften(asked.asks != codes.ANY, _shifted(asked.asks, nice.GOALS), (asked.asks, codes.ANY))
    soften(asked.reach < ANYWHERE, _shifted(asked.reach + 1, nice.REACH), (asked.reach, ANYWHERE))
    soften(asked.only != 0, np.full(len(couple), nice.CIRCLES, np.uint64), (asked.only, 0))
    return words


def _shifted(column: npt.NDArray[Any], shift: int) -> U64:
    wide: U64 = column.astype(np.uint64) << np.uint64(shift)
    return wide


def _goals(random: Random, members: int, among: object, knobs: Knobs) -> U16:
    """What must be hoped for: one or two of the mode's goals, or nothing."""
    chosen = np.array([codes.GOAL_CODES[slug] for slug in among], dtype=np.uint16)  # type: ignore[attr-defined]
    two: I64 = random.integers(0, len(chosen), (members, 2))
    asked = chosen[two[:, 0]] | chosen[two[:, 1]]
    return np.where(random.random(members) < knobs.asks_goals, asked, codes.ANY).astype(np.uint16)
