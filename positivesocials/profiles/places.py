"""Places: towns to choose from, and the coarse cells that are all that is kept of a choice.

The grid is fixed for a release: rows of a tenth of a degree (about 11 km), columns scaled by the cosine
of the latitude so that cells have about the same area everywhere. Distance is one integer from cell to
cell, so that it is symmetric and says nothing about where in its cell somebody is.
"""

import csv
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

GAZETTEER = Path(__file__).parent / "content" / "places.csv"
BANDS_KM = (0, 25, 50, 100, 250, 500)
SAME_AREA, ANYWHERE = 0, len(BANDS_KM)
BANDS = (
    _("Same area"),
    _("Within 25 km"),
    _("Within 50 km"),
    _("Within 100 km"),
    _("Within 250 km"),
    _("Within 500 km"),
    _("Anywhere"),
)
_EARTH_KM = 6371
_SCALE = 1 << 30
ROW = 10_000  # Cell = row * ROW + column; a row has at most 3,600 columns.


REGION = 5  # Rows of cells, so that a region is about 55 km wide.


@dataclass(frozen=True)
class Town:
    id: str
    name: str
    country: str
    cell: int
    time_zone: str


def columns(row: int) -> int:
    """How many cells this row of a tenth of a degree has, from pole (0) to pole (1799)."""
    centre = math.radians(row / 10 - 90 + 0.05)
    return max(1, round(3600 * math.cos(centre)))


def cell_at(latitude_tenths: int, longitude_tenths: int) -> int:
    """The cell that holds a point given in tenths of a degree."""
    row = latitude_tenths + 900
    return row * ROW + (longitude_tenths + 1800) * columns(row) // 3600


@cache
def region_of(cell: int) -> int:
    """The cell in the middle of the region that holds this one: regions are as fixed as cells."""
    row, column = divmod(cell, ROW)
    middle = row // REGION * REGION + REGION // 2
    across = max(1, columns(middle) // REGION)
    block = (2 * column + 1) * across // (2 * columns(row))
    return middle * ROW + (2 * block + 1) * columns(middle) // (2 * across)


def region_cells(cell: int) -> frozenset[int]:
    """All cells of the region that holds this one."""
    region = region_of(cell)
    middle, column = divmod(region, ROW)
    rows = range(middle - REGION // 2, middle + REGION // 2 + 1)
    # A region is REGION columns wide in its middle row, hardly more in the others.
    near = ((row, column * columns(row) // columns(middle)) for row in rows)
    beside = (row * ROW + at + step for row, at in near for step in range(-REGION - 1, REGION + 2))
    real = (each for each in beside if each % ROW < columns(each // ROW))
    return frozenset(each for each in real if region_of(each) == region)


def _town(line: dict[str, str]) -> Town:
    cell = cell_at(round(float(line["latitude"]) * 10), round(float(line["longitude"]) * 10))
    return Town(line["slug"], line["name"], line["country"], cell, line["time_zone"])


@cache
def _gazetteer() -> dict[str, Town]:
    with GAZETTEER.open(encoding="utf-8", newline="") as file:
        return {line["slug"]: _town(line) for line in csv.DictReader(file)}


@cache
def _first_towns() -> dict[int, Town]:
    """The town that names each cell: the first listed."""
    return {town.cell: town for town in reversed(_gazetteer().values())}


def towns(country: str | None = None) -> list[Town]:
    """The towns one can choose, by name; of one country (two letters) if given."""
    chosen = (town for town in _gazetteer().values() if country in (None, town.country))
    return sorted(chosen, key=lambda town: (town.country, town.name))


def countries() -> list[str]:
    return sorted({town.country for town in _gazetteer().values()})


def town(town_id: str) -> Town | None:
    return _gazetteer().get(town_id)


def cell_of(town_id: str) -> int | None:
    """All that is kept of a choice. None for a town that is not listed."""
    found = town(town_id)
    return found.cell if found else None


def town_of(cell: int | None) -> Town | None:
    """The town that stands for a cell, whichever of its towns was chosen."""
    return _first_towns().get(cell) if cell is not None else None


def area_name(cell: int | None) -> str:
    found = town_of(cell)
    return gettext("Around %(town)s") % {"town": found.name} if found else ""


@cache
def vector(cell: int) -> tuple[int, int, int]:
    """The cell's centre on a sphere of radius _SCALE, in integers: sums of them are exact."""
    row, column = divmod(cell, ROW)
    latitude = math.radians(row / 10 - 90 + 0.05)
    longitude = math.radians((column + 0.5) * 360 / columns(row) - 180)
    flat = math.cos(latitude) * _SCALE
    return (
        round(flat * math.cos(longitude)),
        round(flat * math.sin(longitude)),
        round(math.sin(latitude) * _SCALE),
    )


def _chord(kilometres: int) -> int:
    """The squared straight line through the sphere that spans this distance on it."""
    return round(2 * _SCALE * math.sin(kilometres / (2 * _EARTH_KM))) ** 2


REACH = tuple(_chord(kilometres) for kilometres in BANDS_KM[1:])


def band(one: int | None, other: int | None) -> int:
    """The smallest band that holds both cells: an index into BANDS. A cell not said is anywhere."""
    if one is None or other is None:
        return ANYWHERE
    if one == other:
        return SAME_AREA
    squared = sum((a - b) ** 2 for a, b in zip(vector(one), vector(other), strict=True))
    return next((index for index, reach in enumerate(REACH, start=1) if squared <= reach), ANYWHERE)
