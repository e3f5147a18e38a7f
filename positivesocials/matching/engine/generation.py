"""A laid-out base as one immutable file in memory-backed storage, to be mapped by every worker.

The file is a line of JSON that names each array with its type, shape and place, and the arrays. It holds
what members keep sealed elsewhere, so it is for its owner only, lies in memory and goes when we stop. A
worker maps it privately: taking somebody out changes the worker's own pages and never the file.
"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from positivesocials.matching.engine.lanes import TIERS, Lane, Rows, Tier
from positivesocials.matching.engine.pool import Base
from positivesocials.matching.engine.rank import Traits

ALIGNED = 64
SPARE = 16 << 20  # Bytes left for others.
MAGIC = "positivesocials generation 2"
Array = npt.NDArray[Any]


class NoRoom(Exception):
    """Memory-backed storage has no room for a generation."""


class Unreadable(Exception):
    """The file is no whole generation of this release."""


@dataclass(frozen=True)
class Generation:
    """A base, the number of the last change in it, and the quarter whose ages it has."""

    base: Base
    number: int
    quarter: date


def save(generation: Generation, path: Path) -> None:
    """Write it whole or not at all. Raises NoRoom."""
    arrays = dict(_arrays(generation.base))
    needed = sum(array.nbytes + ALIGNED for array in arrays.values()) + SPARE
    if shutil.disk_usage(path.parent).free < needed:
        raise NoRoom
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        _write(partial, generation, arrays)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _write(path: Path, generation: Generation, arrays: dict[str, Array]) -> None:
    places, end = {}, 0
    for name, array in arrays.items():
        places[name] = [array.dtype.str, list(array.shape), end]
        end += -(-array.nbytes // ALIGNED) * ALIGNED
    about = {"magic": MAGIC, "number": generation.number, "quarter": generation.quarter.isoformat()}
    head = json.dumps({**about, "size": end, "arrays": places}).encode() + b"\n"
    head = head.rjust(-(-len(head) // ALIGNED) * ALIGNED)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(head)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).data if array.size else b"")
            file.write(b"\0" * (-array.nbytes % ALIGNED))


def load(path: Path) -> Generation:
    """Map a generation. Raises Unreadable."""
    try:
        with path.open("rb") as file:
            head = file.readline()
            about = json.loads(head)
        if about["magic"] != MAGIC or path.stat().st_size != len(head) + about["size"]:
            raise Unreadable
        whole = np.memmap(path, dtype=np.uint8, mode="c", offset=0)
        arrays = {name: _mapped(whole, len(head), *place) for name, place in about["arrays"].items()}
        return Generation(_base(arrays), about["number"], date.fromisoformat(about["quarter"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable from error


def _mapped(whole: Any, head: int, kind: str, shape: list[int], start: int) -> Array:
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    mapped: Array = whole[head + start : head + start + size].view(np.ndarray).view(kind).reshape(shape)
    return mapped


def _arrays(base: Base) -> Iterator[tuple[str, Array]]:
    yield from (("by_id", base.by_id), ("places", base.places))
    yield from _of("traits", base.traits)
    for mode, lane in base.lanes.items():
        yield from _of(f"lane {mode}", lane.rows)
        for number, tier in enumerate(lane.tiers):
            yield from _of(f"tier {mode} {number}", tier)


def _of(name: str, group: Any) -> Iterator[tuple[str, Array]]:
    for field in fields(group):
        value = getattr(group, field.name)
        if isinstance(value, np.ndarray):
            yield f"{name} {field.name}", value


def _base(arrays: dict[str, Array]) -> Base:
    modes = sorted(name.split()[1] for name in arrays if name.endswith(" wants"))
    return Base(
        traits=Traits(**_group(arrays, "traits")),
        lanes={mode: _lane(arrays, mode) for mode in modes},
        by_id=arrays["by_id"],
        places=arrays["places"],
    )


def _lane(arrays: dict[str, Array], mode: str) -> Lane:
    tiers = (Tier(reach, **_group(arrays, f"tier {mode} {n}")) for n, reach in enumerate(TIERS))
    return Lane(Rows(**_group(arrays, f"lane {mode}")), tuple(tiers))


def _group(arrays: dict[str, Array], name: str) -> dict[str, Array]:
    start = f"{name} "
    return {key.removeprefix(start): array for key, array in arrays.items() if key.startswith(start)}
