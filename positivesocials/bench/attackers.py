"""Simulated attackers who try to find where somebody is, with as many questions and accounts as they like.

All they can ask is what the site answers: the band that is shown, and whether somebody is in a list under a
chosen reach, both decided by `compatible` and `places.band` on cells. Each attacker knows the grid and
returns the point they believe in. Sources: Dhondt et al., "Swipe Left for Identity Theft" (USENIX Security
2024) for filters as oracles; Check Point's report on Hornet (2024) for rings of accounts.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from uuid import UUID

import numpy as np
import numpy.typing as npt

from positivesocials.matching.compat import Human, Side, compatible
from positivesocials.matching.engine import cells
from positivesocials.matching.engine.columns import I32, Bools
from positivesocials.matching.wishes import Wishes
from positivesocials.profiles import places
from positivesocials.profiles.places import BANDS_KM

Random = np.random.Generator
Point = tuple[float, float]  # Degrees: latitude, longitude.
KM = 2 * math.pi * 6371 / 360  # Of a degree of latitude.
WITHIN = 12  # Cells around the victim's that an attacker still considers, each way.
FILTER_KM = BANDS_KM[1]


def cell_of(point: Point) -> int:
    """The cell of a point: tenths of degrees are all that a choice of place knows."""
    return places.cell_at(math.floor(point[0] * 10), math.floor(point[1] * 10))


@dataclass(frozen=True)
class Area:
    """The ground of one cell, in degrees: south, north, west, east."""

    south: float
    north: float
    west: float
    east: float

    @property
    def centre(self) -> Point:
        return (self.south + self.north) / 2, (self.west + self.east) / 2

    @property
    def side(self) -> float:
        """The side in km of a square as big."""
        height = (self.north - self.south) * KM
        return math.sqrt(height * (self.east - self.west) * KM * math.cos(math.radians(self.centre[0])))

    def at(self, up: float, along: float) -> Point:
        """The point at these shares of the height and the width."""
        return self.south + up * (self.north - self.south), self.west + along * (self.east - self.west)


@cache
def area(cell: int) -> Area:
    row, column = divmod(cell, places.ROW)
    wide = places.columns(row)
    # The tenths of a degree that the cell holds: those t with t * wide // 3600 == column.
    first, last = -(-column * 3600 // wide), -(-(column + 1) * 3600 // wide)
    return Area((row - 900) / 10, (row - 899) / 10, first / 10 - 180, last / 10 - 180)


def distance(one: Point, other: Point) -> float:
    """Kilometres between two near points."""
    up = (one[0] - other[0]) * KM
    along = (one[1] - other[1]) * KM * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(up, along)


@dataclass(frozen=True)
class Site:
    """What the site answers about one victim. It knows the victim's cell and nothing finer."""

    cell: int

    def shown(self, attacker: Point) -> int:
        """The band on the victim's card for an account that stands there."""
        return places.band(cell_of(attacker), self.cell)

    def lists(self, attacker: Point, reach: int) -> bool:
        """Whether an account that stands there and asks for this reach finds the victim."""
        one, other = _side(1, cell_of(attacker), reach), _side(2, self.cell, places.ANYWHERE)
        return compatible(one, other, "friends")


def _side(number: int, cell: int, reach: int) -> Side:
    wishes = {"friends": Wishes(on=True, band=reach)}
    return Side(UUID(int=number), "individual", (Human(),), cell, wishes=wishes)


@dataclass(frozen=True)
class Grounds:
    """All cells around the victim's, as the attacker maps them: how far off is known from coarse probes."""

    cells: I32
    still: Bools

    @classmethod
    def around(cls, cell: int) -> "Grounds":
        row, column = divmod(cell, places.ROW)
        rows = [r for r in range(row - WITHIN, row + WITHIN + 1) if 0 <= r < 1800]
        share = (column + 0.5) / places.columns(row)
        found = [
            r * places.ROW + (int(share * places.columns(r)) + c) % places.columns(r)
            for r in rows
            for c in range(-WITHIN, WITHIN + 1)
        ]
        every = np.unique(np.array(found, dtype=np.int32))
        return cls(every, np.ones(len(every), dtype=np.bool_))

    def told(self, attacker: int, band: int) -> "Grounds":
        """Without the cells for which the site would have answered otherwise."""
        centres = cells.vectors(self.cells)
        bands = cells.bands(attacker, self.cells, centres, cells.directions(centres))
        return Grounds(self.cells, self.still & (bands == band))

    @property
    def belief(self) -> Point:
        """The middle of all that is still possible."""
        centres = np.array([area(cell).centre for cell in self.cells[self.still].tolist()])
        middle: npt.NDArray[np.float64] = centres.mean(axis=0)
        return float(middle[0]), float(middle[1])


def told_the_cell(site: Site, random: Random) -> Point:
    """Nobody can know more: this one is simply told the cell."""
    return area(site.cell).centre


def rounding(site: Site, random: Random) -> Point:
    """Reads the shown band from forty places, the victim's own cell found among them."""
    centre = area(site.cell).centre
    return _narrowed(site, [*(_off(centre, random, 120) for _ in range(40)), centre]).belief


def averaging(site: Site, random: Random) -> Point:
    """Asks the same again and again from three places, in case the answers waver."""
    stands = [_off(area(site.cell).centre, random, 40) for _ in range(3)]
    beliefs = [_narrowed(site, stands).belief for _ in range(25)]
    return tuple(np.mean(beliefs, axis=0))


def ring(site: Site, random: Random) -> Point:
    """Thirty-six accounts in rings around, all at once."""
    centre = area(site.cell).centre
    return _narrowed(site, [_at(centre, km, turn) for km in (24, 49, 99) for turn in range(12)]).belief


def epochs(site: Site, random: Random) -> Point:
    """Comes back on thirty days with new places each, in case the grid moved in between."""
    centre = area(site.cell).centre
    return _narrowed(site, [_off(centre, random, 60) for _ in range(30 * 4)]).belief


def filtering(site: Site, random: Random) -> Point:
    """Walks six rays to where the victim leaves a list of 25 km, and fits the circle's middle."""
    start = area(site.cell).centre
    edges = [_edge(site, start, turn * 2) for turn in range(6)]
    return _middle(edges, start)


ATTACKERS: Mapping[str, Callable[[Site, Random], Point]] = {
    "told the cell": told_the_cell,
    "rounding": rounding,
    "filter": filtering,
    "averaging": averaging,
    "ring": ring,
    "epochs": epochs,
}


def _narrowed(site: Site, stands: Sequence[Point]) -> Grounds:
    grounds = Grounds.around(site.cell)
    for stand in stands:
        grounds = grounds.told(cell_of(stand), site.shown(stand))
    return grounds


def _off(point: Point, random: Random, km: float) -> Point:
    return _at(point, km * math.sqrt(random.random()), random.random() * 12)


def _at(point: Point, km: float, turn: float) -> Point:
    """The point so far off in this direction, twelve turns to the circle."""
    angle = turn * math.pi / 6
    up = point[0] + km * math.cos(angle) / KM
    return up, point[1] + km * math.sin(angle) / (KM * math.cos(math.radians(point[0])))


def _edge(site: Site, start: Point, turn: float) -> Point:
    near, far = 0.0, 3.0 * FILTER_KM
    for _ in range(26):
        middle = (near + far) / 2
        is_listed = site.lists(_at(start, middle, turn), 1)
        near, far = (middle, far) if is_listed else (near, middle)
    return _at(start, near, turn)


def _middle(edges: Sequence[Point], start: Point) -> Point:
    """Least squares for the point that is as far from all edges (Gauss-Newton on a plane in km)."""
    wide = KM * math.cos(math.radians(start[0]))
    there = np.array([((up - start[0]) * KM, (along - start[1]) * wide) for up, along in edges])
    here = np.zeros(2)
    for _ in range(20):
        away = here - there
        lengths = np.maximum(np.hypot(away[:, 0], away[:, 1]), 1e-9)
        here = here - np.linalg.lstsq(away / lengths[:, None], lengths - FILTER_KM, rcond=None)[0]
    return start[0] + float(here[0]) / KM, start[1] + float(here[1]) / wide
