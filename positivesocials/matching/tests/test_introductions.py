"""A day's introductions: only who fits, attention spread, and the same in any slices and processes."""

from datetime import date

import numpy as np
import pytest

from positivesocials.bench import brute
from positivesocials.bench.population import Knobs, population
from positivesocials.matching.compat import compatible
from positivesocials.matching.engine import generation, introductions, query, rank, slices
from positivesocials.matching.engine.generation import Generation, NoRoom, Unreadable
from positivesocials.matching.engine.introductions import KEEP, NOBODY, PICKS
from positivesocials.matching.engine.pool import COUNTED_IN, Base, Pool
from positivesocials.matching.engine.query import Viewer
from positivesocials.matching.engine.rank import Taste
from positivesocials.matching.engine.slices import Task

MODE, DAY, MEMBERS = "dating", 7, 3000


@pytest.fixture(scope="module")
def base():
    return Base.of(population(MEMBERS, seed=2, knobs=Knobs(cities=6, metro=0.5)).columns)


@pytest.fixture(scope="module")
def graph(base):
    return slices.here(base, Task(MODE, DAY, slices=1))


@pytest.fixture
def saved(base, tmp_path):
    path = tmp_path / "generation"
    generation.save(Generation(base, 12, date(2026, 10, 1)), path)
    return path


def digest(graph):
    return [getattr(graph, name).tobytes() for name in graph.__dataclass_fields__]


def test_everyone_in_the_mode_is_a_viewer_once(base, graph):
    assert sorted(base.lanes[MODE].rows.member.tolist()) == graph.viewers.tolist()


def test_candidates_are_the_best_of_those_who_fit(base, graph):
    columns = base.columns()
    by_id = {int(first): row for row, first in enumerate(columns.ids[:, 0])}
    for line in range(0, len(graph), 150):
        row = by_id[int(base.traits.ids[graph.viewers[line], 0])]
        found = query.fitting(base.lanes[MODE], Viewer.of(columns, row, MODE))
        found = found.keep(found.members != graph.viewers[line])
        both = np.sort(rank.chances(base.traits, Taste.of(columns, row, COUNTED_IN[MODE]), found).both)[::-1]

        candidates = graph.others[line][graph.others[line] != NOBODY]

        assert set(candidates.tolist()) <= set(found.members.tolist())
        assert len(candidates) == min(KEEP, len(found))
        assert graph.both[line][: len(candidates)].tolist() == both[: len(candidates)].tolist()


def test_nobody_is_introduced_to_whom_they_do_not_fit(base, graph):
    columns = base.columns()
    by_id = {int(first): row for row, first in enumerate(columns.ids[:, 0])}
    picks = introductions.at_prices(graph, len(base.traits))

    for line in range(0, len(graph), 100):
        viewer = brute.side(columns, by_id[int(base.traits.ids[graph.viewers[line], 0])])
        for pick in picks[line][picks[line] != NOBODY].tolist():
            other = brute.side(columns, by_id[int(base.traits.ids[pick, 0])])
            assert other.id != viewer.id
            assert compatible(viewer, other, MODE)


def test_nobody_is_introduced_twice_to_the_same_viewer(base, graph):
    for line in introductions.at_prices(graph, len(base.traits)):
        there = line[line != NOBODY].tolist()
        assert len(there) == len(set(there))


def test_everyone_with_candidates_gets_as_many_as_there_are(base, graph):
    picks = introductions.at_prices(graph, len(base.traits))

    expected = np.minimum((graph.others != NOBODY).sum(axis=1), PICKS)
    assert ((picks != NOBODY).sum(axis=1) == expected).all()


def test_prices_spread_attention_and_cost_no_matches(base, graph):
    plain = introductions.spread(graph, introductions.by_chance(graph), len(base.traits))
    ours = introductions.spread(graph, introductions.at_prices(graph, len(base.traits)), len(base.traits))

    assert ours.gini < plain.gini
    assert ours.nobody < plain.nobody
    assert ours.most < plain.most
    assert ours.matches >= plain.matches


@pytest.mark.parametrize("parts", [2, 5, 64])
def test_slices_change_nothing(base, graph, parts):
    assert digest(slices.here(base, Task(MODE, DAY, slices=parts))) == digest(graph)


def test_processes_that_map_one_file_change_nothing(graph, saved):
    assert digest(slices.in_processes(saved, Task(MODE, DAY, slices=3), processes=2)) == digest(graph)


def test_another_day_draws_others_among_equals():
    alike = Knobs(cities=2, metro=0.7, questions=0, biases=0)
    base = Base.of(population(1500, knobs=alike).columns)

    one, other = (slices.here(base, Task(MODE, day, slices=1)) for day in (DAY, DAY + 1))

    assert one.both.tobytes() == other.both.tobytes()
    assert one.others.tobytes() != other.others.tobytes()


def test_pairs_kept_apart_are_left_out_in_both_directions(base, graph):
    line = int(np.argmax((graph.others != NOBODY).sum(axis=1)))
    viewer, other = int(graph.viewers[line]), int(graph.others[line, 0])

    left = introductions.without(graph, np.array([[other, viewer]]))

    assert other not in left.others[line]
    there = left.others[left.viewers == other]
    assert viewer not in there
    assert (left.others[line] != NOBODY).sum() == (graph.others[line] != NOBODY).sum() - 1
    assert left.others[line, 0] == graph.others[line, 1]


def test_nobody_at_all_is_introduced_to_nobody():
    base = Base.of(population(1, knobs=Knobs(dating=0.0)).columns)
    graph = slices.here(base, Task(MODE, DAY, slices=3))

    assert introductions.at_prices(graph, 1).shape == (0, PICKS)


def test_a_generation_that_is_mapped_is_the_one_that_was_saved(base, saved):
    mapped = generation.load(saved)

    assert (mapped.number, mapped.quarter) == (12, date(2026, 10, 1))
    one, other = (dict(generation._arrays(each)) for each in (base, mapped.base))
    assert one.keys() == other.keys()
    for name, array in one.items():
        assert (array.dtype, array.shape) == (other[name].dtype, other[name].shape)
        assert array.tobytes() == other[name].tobytes()


def test_taking_somebody_out_never_touches_the_file(base, saved):
    before = saved.read_bytes()
    pool = Pool(generation.load(saved).base)
    someone = brute.side(base.columns(), 5)

    pool.change([], gone=[someone.id])

    assert someone.id not in pool.ids(someone, MODE)
    assert saved.read_bytes() == before


def test_a_generation_is_for_its_owner_only(saved):
    assert saved.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "damage",
    [
        lambda b: b[:-1],
        lambda b: b"",
        lambda b: b"{}\n",
        lambda b: b.replace(b"generation 2", b"generation 0"),
    ],
)
def test_a_damaged_generation_is_refused(saved, damage):
    saved.write_bytes(damage(saved.read_bytes()))

    with pytest.raises(Unreadable):
        generation.load(saved)


def test_without_room_nothing_is_written(base, tmp_path, monkeypatch):
    monkeypatch.setattr(generation, "SPARE", 1 << 62)

    with pytest.raises(NoRoom):
        generation.save(Generation(base, 1, date(2026, 10, 1)), tmp_path / "generation")

    assert list(tmp_path.iterdir()) == []
