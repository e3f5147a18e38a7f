"""The engine proposes exactly whom `compatible` admits: against the rule itself, and against a plain scan."""

from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from positivesocials.bench import brute
from positivesocials.bench.population import Knobs, population
from positivesocials.matching.compat import compatible
from positivesocials.matching.engine import cells, codes, query
from positivesocials.matching.engine.columns import NO_CELL, encoded
from positivesocials.matching.engine.lanes import TIERS
from positivesocials.matching.engine.pool import Base, Pool
from positivesocials.matching.engine.query import Viewer
from positivesocials.matching.tests.test_compat import sides
from positivesocials.profiles import places

MODES = ["friends", "dating"]
crowds = st.lists(sides(), min_size=2, max_size=14, unique_by=lambda side: side.id)


def by_the_rule(crowd, viewer, mode):
    return {side.id for side in crowd if side.id != viewer.id and compatible(viewer, side, mode)}


def proposed(pool, viewer, mode):
    return set(pool.ids(viewer, mode))


@settings(max_examples=60, deadline=None)
@given(crowds, st.sampled_from(MODES))
def test_whom_the_rule_admits_is_proposed_and_nobody_else(crowd, mode):
    pool = Pool.of(crowd)

    for viewer in crowd:
        assert proposed(pool, viewer, mode) == by_the_rule(crowd, viewer, mode)


@settings(max_examples=40, deadline=None)
@given(crowds, st.lists(sides(), max_size=8), st.data())
def test_it_stays_so_while_people_change_leave_and_come(crowd, newcomers, data):
    pool, now = Pool.of(crowd), {side.id: side for side in crowd}
    for coming in newcomers:
        known = data.draw(st.sampled_from(sorted(now)))
        leaves = data.draw(st.booleans())
        pool.change([coming], gone=[known] if leaves else [])
        if leaves:
            now.pop(known)
        now[coming.id] = coming

    anew = Pool(Base.of(pool.columns()))
    for viewer in now.values():
        for mode in MODES:
            expected = by_the_rule(now.values(), viewer, mode)
            assert proposed(pool, viewer, mode) == proposed(anew, viewer, mode) == expected


@settings(max_examples=40, deadline=None)
@given(crowds)
def test_columns_say_what_the_sides_said(crowd):
    columns = encoded(crowd)

    again = [brute.side(columns, row) for row in range(len(crowd))]

    for mode in MODES:
        for a, b in zip(crowd, again, strict=True):
            for c, d in zip(crowd, again, strict=True):
                assert compatible(a, c, mode) == compatible(b, d, mode)


towns = st.integers(0, 1799).flatmap(
    lambda row: st.integers(0, places.columns(row) - 1).map(lambda column: row * places.ROW + column)
)


@settings(max_examples=100, deadline=None)
@given(towns, st.lists(towns, min_size=1, max_size=30))
def test_distances_are_those_of_the_places(here, others):
    there = np.unique(np.array([here, *others, NO_CELL], dtype=np.int32))
    centres = cells.vectors(there)

    found = cells.bands(here, there, centres, cells.directions(centres))

    expected = [places.band(here, None if cell == NO_CELL else cell) for cell in there.tolist()]
    assert found.tolist() == expected


@pytest.mark.parametrize("reach", range(len(places.BANDS)))
def test_every_reach_has_a_tier(reach):
    assert min(tier for tier in TIERS if tier >= reach) >= reach


@pytest.fixture(scope="module")
def crowd():
    return population(6000, seed=3, knobs=Knobs(cities=12)).columns


@pytest.mark.parametrize("mode", MODES)
def test_a_population_is_searched_as_a_plain_scan_would(crowd, mode):
    base, scan = Base.of(crowd), brute.Scan(crowd, mode)
    viewers = np.flatnonzero(crowd.asked[mode].wants)[::60]
    sizes = []

    for row in viewers.tolist():
        found = query.fitting(base.lanes[mode], Viewer.of(crowd, row, mode))
        rows, bands = scan.fitting(row)
        by_engine = dict(zip(base.traits.ids[found.members, 0].tolist(), found.bands.tolist(), strict=True))
        by_scan = dict(zip(crowd.ids[rows, 0].tolist(), bands.tolist(), strict=True))
        assert by_engine == by_scan
        sizes.append(len(rows))

    assert sum(size > 10 for size in sizes) > 20


@pytest.mark.parametrize("mode", MODES)
def test_the_plain_scan_is_the_rule(crowd, mode):
    scan, people = brute.Scan(crowd, mode), [brute.side(crowd, row) for row in range(1500)]

    for row in np.flatnonzero(crowd.asked[mode].wants[:1500])[::100].tolist():
        rows = [r for r in scan.fitting(row)[0].tolist() if r < 1500]
        assert rows == [r for r in range(1500) if compatible(people[row], people[r], mode)]


def test_both_modes_fit_in_250_bytes_a_member(crowd):
    assert Base.of(crowd).bytes / len(crowd) < 250


def test_an_empty_pool_proposes_nobody():
    pool = Pool.of([])
    viewer = brute.side(population(1).columns, 0)

    assert pool.ids(viewer, "dating") == []
    assert pool.search(viewer, "dating", most=10, lot=1).ids == []


def test_a_profile_is_found_by_its_whole_id():
    columns = population(50).columns
    columns.ids[:, 0] = 7
    base = Base.of(columns)

    places_found = [base.place(UUID(int=7 << 64 | int(half))) for half in base.traits.ids[:, 1]]

    assert places_found == list(range(50))
    assert base.place(uuid4()) is None


def test_a_slug_of_another_release_has_no_bit():
    assert codes.bits(codes.GOAL_CODES, ["friendship", "invented"]) == codes.GOAL_CODES["friendship"]
