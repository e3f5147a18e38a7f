"""The candidates of everyone, slice by slice, in this process or in several that map one generation."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import django

from positivesocials.matching.engine import generation, introductions
from positivesocials.matching.engine.introductions import Graph
from positivesocials.matching.engine.pool import COUNTED_IN, Base


@dataclass(frozen=True)
class Task:
    """Everyone's candidates in a mode on a day (a number), in so many slices."""

    mode: str
    day: int
    slices: int


def here(base: Base, task: Task) -> Graph:
    """All slices, one after the other."""
    return introductions.joined([_slice(base, task, number) for number in range(task.slices)])


def in_processes(path: Path, task: Task, processes: int) -> Graph:
    """The same to the bit, by processes that map the generation at `path`."""
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup) as pool:
        return introductions.joined(list(pool.map(partial(_of_file, path, task), range(task.slices))))


def _of_file(path: Path, task: Task, number: int) -> Graph:
    return _slice(generation.load(path).base, task, number)


def _slice(base: Base, task: Task, number: int) -> Graph:
    lane = base.lanes[task.mode]
    parts = introductions.slices(lane, base.traits, task.slices)
    if number >= len(parts):
        return introductions.joined([])
    return introductions.candidates(lane, base.traits, parts[number], task.day, COUNTED_IN[task.mode])
