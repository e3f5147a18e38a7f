"""How fairly a day's introductions spread attention, what may come of them, and what they cost.

Invented people with an invented taste: only the ratios between orders made on the same people mean
something. The reciprocal order shows each viewer the ten with the greatest harmonic mean of both chances;
the order at prices is ours. Both draw from the same candidates. `core_s` is the CPU time of everything,
in one process; the same is done once more in two processes and must come out the same to the bit.
"""

import hashlib
import tempfile
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from positivesocials.bench import charts
from positivesocials.bench.population import Knobs, population
from positivesocials.matching.engine import generation, introductions, slices
from positivesocials.matching.engine.columns import I32
from positivesocials.matching.engine.generation import Generation
from positivesocials.matching.engine.introductions import Graph, Spread
from positivesocials.matching.engine.pool import Base
from positivesocials.matching.engine.slices import Task

MODE, DAY = "dating", 20_251_125


def run(*, members: int, seed: int = 1, processes: int = 2, knobs: Knobs | None = None) -> dict[str, Any]:
    base = Base.of(population(members, seed=seed, knobs=knobs).columns)
    began = process_time()
    graph = slices.here(base, Task(MODE, DAY, slices=1))
    picks = introductions.at_prices(graph, members)
    core_s = process_time() - began
    ours = introductions.spread(graph, picks, members)
    plain = introductions.spread(graph, introductions.by_chance(graph), members)
    return {
        "members": members,
        "core_s": round(core_s, 2),
        "gini": round(ours.gini, 4),
        "shown_to_nobody": round(ours.nobody, 4),
        "most_shown_over_mean": round(ours.most, 2),
        "expected_matches_over_reciprocal": round(ours.matches / plain.matches, 4),
        "identical": _digest(picks) == _digest(_again(base, members, processes)),
        "viewers": len(graph),
        "candidates": int((graph.others != introductions.NOBODY).sum()),
        **_plain(plain),
    }


def _plain(spread: Spread) -> dict[str, float]:
    return {
        "reciprocal_gini": round(spread.gini, 4),
        "reciprocal_shown_to_nobody": round(spread.nobody, 4),
        "reciprocal_most_shown_over_mean": round(spread.most, 2),
    }


def _again(base: Base, members: int, processes: int) -> I32:
    """The picks once more, in several processes and other slices."""
    task = Task(MODE, DAY, slices=3 * processes + 1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generation"
        generation.save(Generation(base, 0, date(2025, 10, 1)), path)
        graph: Graph = slices.in_processes(path, task, processes)
    return introductions.at_prices(graph, members)


def _digest(picks: I32) -> str:
    return hashlib.sha256(np.ascontiguousarray(picks).tobytes()).hexdigest()


def draw(figures: dict[str, Any], path: Path) -> None:
    rows = [
        ("Gini, reciprocal order", figures["reciprocal_gini"]),
        ("Gini, at prices", figures["gini"]),
        ("shown to nobody, reciprocal", figures["reciprocal_shown_to_nobody"]),
        ("shown to nobody, at prices", figures["shown_to_nobody"]),
    ]
    charts.bars(path, title=f"A day's introductions among {figures['members']:,}", rows=rows, unit="")
