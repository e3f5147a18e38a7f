"""How fast and how exactly the engine finds the fifty best of those who fit.

An invented population is laid out in memory. A sample of viewers is asked for through the engine, through
a plain scan of every member and, pair by pair, through `compatible`: mismatches and one-sided findings are
counted. Times are CPU time of the thread for one viewer: propose, rank, the best fifty. The scan does the
same work but looks at everybody. Of three passes the best counts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import thread_time_ns
from typing import Any

import numpy as np

from positivesocials.bench import brute, charts
from positivesocials.bench.population import Knobs, Population, population
from positivesocials.matching.compat import compatible
from positivesocials.matching.engine import query, rank
from positivesocials.matching.engine.columns import I64, Columns
from positivesocials.matching.engine.pool import COUNTED_IN, Base, Pool
from positivesocials.matching.engine.query import Found, Viewer
from positivesocials.matching.engine.rank import Ordered, Taste

MODE = "dating"
BEST, PASSES, LOT = 50, 3, 20_251_125
VIEWERS, SCANNED, EXAMINED = 400, 60, 12


@dataclass(frozen=True)
class Bench:
    """One population, laid out, and the plain scan beside it."""

    columns: Columns
    base: Base
    scan: brute.Scan
    plain: rank.Traits

    def by_engine(self, row: int) -> Ordered:
        found = query.fitting(self.base.lanes[MODE], Viewer.of(self.columns, row, MODE))
        taste = Taste.of(self.columns, row, COUNTED_IN[MODE])
        return rank.best(self.base.traits, taste, found, BEST, LOT)

    def by_scan(self, row: int) -> Ordered:
        rows, bands = self.scan.fitting(row)
        taste = Taste.of(self.columns, row, COUNTED_IN[MODE])
        return rank.best(self.plain, taste, Found(rows.astype(np.int32), bands), BEST, LOT)


def run(*, members: int, seed: int = 1, knobs: Knobs | None = None) -> dict[str, Any]:
    invented = population(members, seed=seed, knobs=knobs)
    columns = invented.columns
    build_s, base = _built(columns)
    bench = Bench(columns, base, brute.Scan(columns, MODE), rank.Traits.of(columns))
    random = np.random.default_rng(seed)
    someone, metro = _viewers(random, invented)
    mismatches, asymmetric = _checked(bench, [*someone[:SCANNED], *metro[:SCANNED]])
    figures = {
        "members": members,
        "build_s": build_s,
        "bytes_per_member": round(base.bytes / members, 1),
        "mismatches": mismatches,
        "asymmetric": asymmetric,
        **_times("random", bench.by_engine, someone),
        **_times("metro", bench.by_engine, metro),
        **_times("brute", bench.by_scan, metro[:SCANNED]),
    }
    figures.pop("brute_p99_ms")
    return {**figures, "update_us": _update_us(bench, someone)}


def draw(figures: dict[str, Any], path: Path) -> None:
    names = {
        "brute_p50_ms": "plain scan, median",
        "metro_p99_ms": "engine, metro, 99 of 100",
        "metro_p50_ms": "engine, metro, median",
        "random_p99_ms": "engine, anyone, 99 of 100",
        "random_p50_ms": "engine, anyone, median",
    }
    rows = [(label, float(figures[name])) for name, label in names.items()]
    charts.bars(path, title=f"Finding the best fifty among {figures['members']:,}", rows=rows, unit="ms")


def _built(columns: Columns) -> tuple[float, Base]:
    began = thread_time_ns()
    base = Base.of(columns)
    return round((thread_time_ns() - began) / 1e9, 3), base


def _viewers(random: np.random.Generator, invented: Population) -> tuple[list[int], list[int]]:
    """Rows of members with the mode on: from anywhere, and from the metro."""
    is_on = invented.columns.asked[MODE].wants != 0
    return _some(random, np.flatnonzero(is_on)), _some(random, np.flatnonzero(is_on & invented.in_metro))


def _some(random: np.random.Generator, among: I64) -> list[int]:
    return [int(row) for row in random.choice(among, min(VIEWERS, len(among)), replace=False)]


def _times(name: str, find: Callable[[int], Ordered], viewers: Sequence[int]) -> dict[str, float]:
    passes = [[_ms(find, row) for row in viewers] for _ in range(PASSES)]
    return {
        f"{name}_p{share}_ms": round(min(float(np.percentile(times, share)) for times in passes), 3)
        for share in (50, 99)
    }


def _ms(find: Callable[[int], Ordered], row: int) -> float:
    began = thread_time_ns()
    find(row)
    return (thread_time_ns() - began) / 1e6


def _checked(bench: Bench, viewers: Sequence[int]) -> tuple[int, int]:
    """Viewers whose engine, scan and rule disagree; and findings that hold in one direction only."""
    mismatches = asymmetric = 0
    for number, row in enumerate(viewers):
        found = query.fitting(bench.base.lanes[MODE], Viewer.of(bench.columns, row, MODE))
        ids, rows = bench.base.traits.ids[found.members], bench.scan.fitting(row)[0]
        same_people = np.array_equal(np.sort(ids[:, 0]), np.sort(bench.columns.ids[rows, 0]))
        same_order = np.array_equal(bench.by_engine(row).ids, bench.by_scan(row).ids)
        mismatches += not (same_people and same_order)
        if number % (len(viewers) // EXAMINED or 1) == 0:
            mismatches += _breaks_the_rule(bench.columns, row, rows)
        asymmetric += sum(not _finds(bench, int(other), row) for other in rows[:: len(rows) // 10 + 1])
    return mismatches, asymmetric


def _breaks_the_rule(columns: Columns, row: int, rows: I64) -> int:
    """How many of those found, and of others beside them, `compatible` sees differently."""
    viewer, found = brute.side(columns, row), set(rows[:300].tolist())
    others = set(range(row % 97, len(columns), len(columns) // 1000 + 1)) - set(rows.tolist())
    wrong = sum(not compatible(viewer, brute.side(columns, other), MODE) for other in found)
    return wrong + sum(compatible(viewer, brute.side(columns, other), MODE) for other in others)


def _finds(bench: Bench, row: int, other: int) -> bool:
    found = query.fitting(bench.base.lanes[MODE], Viewer.of(bench.columns, row, MODE))
    wanted = bench.columns.ids[other, 0]
    return bool((bench.base.traits.ids[found.members, 0] == wanted).any())


def _update_us(bench: Bench, viewers: Sequence[int]) -> float:
    """One member who says something else: out of the sorted part and into the tail."""
    sides = [brute.side(bench.columns, row) for row in viewers]
    pool = Pool(bench.base)
    began = thread_time_ns()
    for side in sides:
        pool.change([side])
    return round((thread_time_ns() - began) / 1e3 / len(sides), 1)
