"""Distance from a cell to many cells: the same integers as `places.band`, for all of them at once."""

from functools import cache

import numpy as np
import numpy.typing as npt

from positivesocials.matching.engine.columns import I32, I64, NO_CELL, U8, U64
from positivesocials.profiles import places
from positivesocials.profiles.places import ANYWHERE, SAME_AREA

BEYOND = 255  # A band that nobody reaches.
_REACH = np.array(places.REACH, dtype=np.int64)
# Cells outside this cosine are farther than the last band, with more to spare than rounding can take.
_FAR = 1 - places.REACH[-1] / 2 / 2**60 - 1e-6


def vectors(cells: I32 | I64) -> I64:
    """Centres of n different cells on the sphere of places, int64 of shape (n, 3); zeros for no cell."""
    return np.array([_vector(cell) for cell in cells.tolist()], dtype=np.int64).reshape(-1, 3)


@cache
def _vector(cell: int) -> tuple[int, int, int]:
    return (0, 0, 0) if cell == NO_CELL else places.vector(cell)


def directions(of: I64) -> npt.NDArray[np.float64]:
    """The same vectors at length one, to leave out quickly what is far. Shape (n, 3)."""
    return np.ascontiguousarray(of / np.float64(2**30))


def bands(cell: int, cells: I32, centres: I64, rough: npt.NDArray[np.float64]) -> U8:
    """The band from one cell to n others, uint8 of shape (n,): exactly `places.band` of each pair."""
    found = np.full(len(cells), ANYWHERE, dtype=np.uint8)
    if cell == NO_CELL or not len(cells):
        return found
    here = np.array(_vector(cell), dtype=np.int64)
    near = np.flatnonzero(rough @ (here / np.float64(2**30)) > _FAR)
    apart = centres[near] - here
    # At most (2 * 2**30)**2 on a chord, so int64 holds the exact sum.
    squared = np.einsum("ij,ij->i", apart, apart)
    found[near] = np.searchsorted(_REACH, squared, side="left") + 1
    found[near[cells[near] == cell]] = SAME_AREA
    return found


def neighbourly(cells: I32 | I64) -> U64:
    """A number for each cell that keeps neighbours together: bits of row and column in turn (Morton order).

    uint64 of shape (n,). Cells that are not said come last.
    """
    row, column = np.divmod(cells.astype(np.int64), places.ROW)
    across = (column * 3600) // np.maximum(_columns()[np.clip(row, 0, 1799)], 1)
    mixed = _spread(row) << np.uint64(1) | _spread(across)
    return np.where(cells == NO_CELL, np.uint64(2**32), mixed)


@cache
def _columns() -> I64:
    return np.array([places.columns(row) for row in range(1800)], dtype=np.int64)


def _spread(numbers: I64) -> U64:
    """Put a zero between the bits of 12-bit numbers."""
    wide = numbers.astype(np.uint64) & np.uint64(0xFFF)
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        wide = (wide | wide << np.uint64(shift)) & np.uint64(mask)
    return wide
