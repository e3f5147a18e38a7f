"""`compatible` against a slow, independent statement of the rule in words."""

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positivesocials.matching.compat import Human, Side, compatible
from positivesocials.matching.wishes import NOTHING, OLDEST, YOUNGEST, Wishes, lines_in
from positivesocials.profiles import places
from positivesocials.profiles.choices import DATING_GOALS, FRIENDS_GOALS, SEARCHES

CELLS = [places.cell_of(t) for t in ("gb-bristol", "gb-cardiff", "gb-london", "gb-leeds", "us-boston")]
MODES = ["friends", "dating"]
LINES = list(NOTHING)


def some(values, most=3):
    return st.lists(st.sampled_from(sorted(values)), max_size=most, unique=True)


@st.composite
def wishes(draw):
    low, high = sorted(draw(st.tuples(st.integers(YOUNGEST, 60), st.integers(YOUNGEST, OLDEST))))
    any_age = draw(st.booleans())
    return Wishes(
        on=draw(st.integers(0, 5)) > 0,
        kinds=tuple(draw(some(["individual", "couple"]))),
        searches=tuple(draw(some(SEARCHES))),
        age_from=YOUNGEST if any_age else low,
        age_to=OLDEST if any_age else high,
        band=draw(st.integers(0, places.ANYWHERE)),
        goals=tuple(draw(some({**FRIENDS_GOALS, **DATING_GOALS}))),
        circles_only=draw(st.booleans()),
        nice=tuple(draw(st.lists(st.sampled_from(LINES), unique=True))),
    )


humans = st.builds(
    Human,
    searches=some(SEARCHES).map(frozenset),
    age=st.none() | st.integers(18, 70),
)


@st.composite
def sides(draw):
    kind = draw(st.sampled_from(["individual", "couple"]))
    people = 2 if kind == "couple" else 1
    return Side(
        id=UUID(int=draw(st.integers(0, 2**32))),
        kind=kind,
        humans=tuple(draw(st.lists(humans, min_size=people, max_size=people))),
        cell=draw(st.sampled_from([None, *CELLS])),
        goals=frozenset(draw(some({**FRIENDS_GOALS, **DATING_GOALS}))),
        circles=frozenset(draw(some(["hsv", "hiv", "partners"]))),
        wishes={mode: draw(wishes()) for mode in MODES},
    )


def lines(one, other, mode):
    """Product rules 8 and 9: what `one` may ask of `other`, line by line, and whether `other` fits."""
    wish = one.wishes[mode]
    if wish.kinds:
        yield "kinds", other.kind in wish.kinds
    if wish.goals:
        yield "goals", any(goal in other.goals for goal in wish.goals)
    if wish.circles_only:
        yield "circles", any(circle in other.circles for circle in one.circles)
    if wish.band < places.ANYWHERE:
        near = None not in (one.cell, other.cell) and places.band(one.cell, other.cell) <= wish.band
        yield "band", near
    if mode == "dating" and wish.searches:
        wanted = (any(search in human.searches for search in wish.searches) for human in other.humans)
        yield "searches", all(wanted)
    if mode == "dating" and (wish.age_from, wish.age_to) != (YOUNGEST, OLDEST):
        wanted = (human.age and wish.age_from <= human.age <= wish.age_to for human in other.humans)
        yield "ages", all(wanted)


def admits_in_words(one, other, mode):
    wish = one.wishes[mode]
    return wish.on and all(fits for line, fits in lines(one, other, mode) if line not in wish.nice)


def fits_in_words(a, b, mode):
    return admits_in_words(a, b, mode) and admits_in_words(b, a, mode)


@settings(max_examples=400, deadline=None)
@given(sides(), sides(), st.sampled_from(MODES))
def test_fitting_is_the_same_from_both_sides(a, b, mode):
    assert compatible(a, b, mode) == compatible(b, a, mode)


@settings(max_examples=400, deadline=None)
@given(sides(), sides(), st.sampled_from(MODES))
def test_fitting_is_what_the_rules_say(a, b, mode):
    assert compatible(a, b, mode) == fits_in_words(a, b, mode)


@given(st.sampled_from(CELLS), st.sampled_from(CELLS))
def test_distance_is_the_same_from_both_ends(a, b):
    assert places.band(a, b) == places.band(b, a)


def test_friends_asks_no_search_and_no_age():
    choosy = Wishes.from_dict("friends", {"on": True, "searches": ["men"], "age_from": 60})

    assert (choosy.searches, choosy.asks_age) == ((), False)


@settings(max_examples=200, deadline=None)
@given(sides(), sides(), st.sampled_from(MODES))
def test_a_nice_to_have_shuts_nobody_out(a, b, mode):
    softer = {each: replace(wish, nice=tuple(LINES)) for each, wish in a.wishes.items()}

    assert compatible(replace(a, wishes=softer), b, mode) >= compatible(a, b, mode)


def test_what_was_stored_before_is_must_haves():
    stored = {"on": True, "kinds": ["couple"], "band": 2, "circles_only": True}

    wish = Wishes.from_dict("dating", stored)

    assert wish.nice == ()
    assert wish.must == wish


def test_a_nice_to_have_that_a_mode_does_not_have_is_not_kept():
    stored = {"on": True, "nice": ["ages", "searches", "band", "weather", 4]}

    assert Wishes.from_dict("friends", stored).nice == ("band",)
    assert Wishes.from_dict("dating", stored).nice == ("ages", "searches", "band")
    assert lines_in("friends") == ("kinds", "band", "goals", "circles")


def test_nobody_is_on_before_they_said_so():
    a, b = (Side(UUID(int=n), "individual", (Human(),)) for n in (1, 2))

    assert not compatible(a, b, "friends")
    assert not compatible(a, b, "dating")


KINDS = ["individual", "couple"]
SOUGHT = [(), ("individual",), ("couple",), ("individual", "couple")]


def _seeker(number: int, kind: str, sought: tuple[str, ...]) -> Side:
    people = (Human(frozenset({"women"}), 30), Human(frozenset({"men"}), 40))
    wish = Wishes(on=True, kinds=sought)
    humans = people[: 2 if kind == "couple" else 1]
    return Side(UUID(int=number), kind, humans, wishes=dict.fromkeys(MODES, wish))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kinds", list(product(KINDS, KINDS)), ids=" meets ".join)
def test_individuals_and_couples_seek_individuals_couples_or_both(kinds, mode):
    for mine, theirs in product(SOUGHT, SOUGHT):
        one, other = _seeker(1, kinds[0], mine), _seeker(2, kinds[1], theirs)

        wanted = (not mine or kinds[1] in mine) and (not theirs or kinds[0] in theirs)

        assert compatible(one, other, mode) == compatible(other, one, mode) == wanted, (mine, theirs)


def test_of_a_couple_both_are_looked_at_in_dating_and_neither_in_friends():
    couple = _seeker(1, "couple", ())
    for_women = {mode: Wishes.from_dict(mode, {"on": True, "searches": ["women"]}) for mode in MODES}
    single = Side(UUID(int=2), "individual", (Human(frozenset({"women"}), 30),), wishes=for_women)

    assert not compatible(single, couple, "dating")
    assert compatible(single, couple, "friends")
