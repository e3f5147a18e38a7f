"""Nice-to-haves move up those who fit them, on either side, and shut nobody out."""

from dataclasses import replace
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positivesocials.bench import brute
from positivesocials.bench.population import Knobs, population
from positivesocials.matching.compat import Human, Side
from positivesocials.matching.engine import nice, rank
from positivesocials.matching.engine.columns import encoded
from positivesocials.matching.engine.pool import Base, Pool, in_order
from positivesocials.matching.engine.query import Found
from positivesocials.matching.engine.rank import Taste, Traits
from positivesocials.matching.tests.test_compat import MODES, lines, sides
from positivesocials.matching.wishes import Wishes
from positivesocials.profiles import places

NEAR, FAR = places.cell_of("gb-bristol"), places.cell_of("gb-leeds")


def as_stored(side):
    wishes = {mode: Wishes.from_dict(mode, wish.to_dict()) for mode, wish in side.wishes.items()}
    return replace(side, wishes=wishes)


stored = sides().map(as_stored)


def met_in_words(one, other, mode):
    return sum(bool(fits) for line, fits in lines(one, other, mode) if line in one.wishes[mode].nice)


@settings(max_examples=80, deadline=None)
@given(stored, st.lists(stored, min_size=1, max_size=8), st.sampled_from(MODES))
def test_as_many_are_met_as_the_rules_say(viewer, others, mode):
    columns, mine = encoded(others), encoded([viewer])
    bands = np.array([places.band(viewer.cell, side.cell) for side in others], dtype=np.uint8)
    found = Found(np.arange(len(others), dtype=np.int32), bands)

    my, their = rank._nice(Traits.of(columns), Taste.of(mine, 0, mode), found)

    assert my.tolist() == [met_in_words(viewer, side, mode) for side in others]
    assert their.tolist() == [met_in_words(side, viewer, mode) for side in others]


@settings(max_examples=40, deadline=None)
@given(st.lists(stored, min_size=1, max_size=6))
def test_a_word_says_what_is_nice_to_have(crowd):
    for side in crowd:
        for mode in MODES:
            liked = replace(side.wishes[mode].liked, on=False)
            again = nice.wishes(nice.word(liked, is_couple=side.kind == "couple"))

            assert {*again.kinds, *again.searches, *again.goals} == {
                *liked.kinds,
                *liked.searches,
                *liked.goals,
            }
            assert (again.band, again.circles_only) == (liked.band, liked.circles_only)
            assert (again.age_from, again.age_to) == (liked.age_from, liked.age_to)


def someone(number, *, cell=NEAR, age=40, wish=None, **more):
    wishes = dict.fromkeys(MODES, wish or Wishes(on=True))
    return Side(
        UUID(int=number), "individual", (Human(frozenset({"men"}), age),), cell, wishes=wishes, **more
    )


def chance(viewer, other, mode="dating"):
    band = np.array([places.band(viewer.cell, other.cell)], dtype=np.uint8)
    found = Found(np.zeros(1, np.int32), band)
    return rank.chances(Traits.of(encoded([other])), Taste.of(encoded([viewer]), 0, mode), found)


def test_it_raises_the_interest_of_the_one_who_wishes_and_the_order_with_it():
    wish = Wishes(on=True, age_from=30, age_to=45, nice=("ages",))
    viewer, younger, older = someone(1, wish=wish), someone(2, age=40), someone(3, age=60)

    fits, does_not = chance(viewer, younger), chance(viewer, older)

    assert fits.likes > does_not.likes
    assert fits.liked == does_not.liked
    assert fits.both > does_not.both


def test_what_the_other_wishes_counts_as_much():
    wish = Wishes(on=True, band=1, nice=("band",))
    viewer = someone(1)

    near, far = chance(viewer, someone(2, wish=wish)), chance(viewer, someone(2))

    assert near.liked > far.liked
    assert near.likes == far.likes


@pytest.mark.parametrize("looks", [1, 2])
def test_both_see_each_other_and_who_fits_comes_first(looks):
    wish = Wishes(on=True, goals=("friendship",), nice=("goals",))
    viewer = someone(1, wish=wish)
    crowd = [someone(n, goals=frozenset({"friendship"} if n % 2 else {"activities"})) for n in range(2, 20)]

    order = Pool.of([viewer, *crowd]).search(viewer, "friends", most=50, lot=looks).ids

    assert len(order) == 18
    assert {pk.int % 2 for pk in order[:9]} == {1}
    assert order == in_order(viewer, crowd, "friends", most=50, lot=looks)


def test_another_mode_hears_nothing_of_it():
    wish = Wishes(on=True, band=0, nice=("band",))
    viewer = replace(someone(1), wishes={"friends": wish, "dating": Wishes(on=True)})
    plain = someone(1)

    for cell in (NEAR, FAR):
        assert chance(viewer, someone(2, cell=cell)).both == chance(plain, someone(2, cell=cell)).both


def test_they_survive_being_laid_out_anew():
    columns = population(400, seed=5, knobs=Knobs(nice=0.5)).columns
    again = Base.of(columns).columns()
    by_id = {int(pk): row for row, pk in enumerate(columns.ids[:, 0])}

    for row in range(0, len(again), 7):
        before = brute.side(columns, by_id[int(again.ids[row, 0])]).wishes
        after = brute.side(again, row).wishes
        assert [wish for wish in after.values() if wish.on] == [w for w in before.values() if w.on]
