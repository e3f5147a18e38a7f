"""Places: towns to choose from, and the coarse cells that are all that is kept of a choice.

The grid is fixed for a release: rows of a tenth of a degree (about 11 km), columns scaled by the cosine
of the latitude so that cells have about the same area everywhere. Distance is one integer from cell to
cell, so that it is symmetric and says nothing about where in its cell somebody is.
"""

import csv
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

# Made by requirements/towns.py from GeoNames (CC BY 4.0): of each country the largest town first.
GAZETTEER = Path(__file__).parent / "content" / "towns.csv"
BANDS_KM = (0, 25, 50, 100, 250, 500)
SAME_AREA, ANYWHERE = 0, len(BANDS_KM)
MOST_KNOWN = 100  # The towns of a country that most people there can place.
NEARBY = 2  # Within 100 km: how far the town may be that stands for a cell of an older gazetteer.
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


@dataclass(frozen=True, slots=True)
class Town:
    id: str
    name: str
    country: str
    cell: int
    time_zone: str
    other_names: str = ""


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


def folded(name: str) -> str:
    """A name as it is looked for: without accents, capitals and marks between its words."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return " ".join("".join(each if each.isalnum() else " " for each in plain.casefold()).split())


def _town_id(line: dict[str, str], taken: Iterable[str]) -> str:
    """Of towns with one name in one country, the largest has the plain id."""
    plain = f"{line['country'].lower()}-{folded(line['name']).replace(' ', '-')}"
    return plain if plain not in taken else f"{plain}-{line['cell']}"


@cache
def _gazetteer() -> dict[str, Town]:
    found: dict[str, Town] = {}
    with GAZETTEER.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            name, country, zone = line["name"], line["country"], line["time_zone"]
            town_id = _town_id(line, found)
            found.setdefault(
                town_id, Town(town_id, name, country, int(line["cell"]), zone, line["other_names"])
            )
    return found


@cache
def _first_towns() -> dict[int, Town]:
    """The town that names each cell: the largest."""
    return {town.cell: town for town in reversed(_gazetteer().values())}


@cache
def _by_country() -> dict[str, list[Town]]:
    found: dict[str, list[Town]] = {}
    for each in _gazetteer().values():
        found.setdefault(each.country, []).append(each)
    return found


def towns(country: str | None = None) -> list[Town]:
    """The towns one can choose, the largest first; of one country (two letters) if given."""
    return list(_gazetteer().values()) if country is None else list(_by_country().get(country, ()))


def countries() -> list[str]:
    return sorted(_by_country())


def town(town_id: str) -> Town | None:
    return _gazetteer().get(town_id)


def towns_like(typed: str, country: str) -> list[Town]:
    """Towns of a country whose name, or another name of theirs, begins like what was typed.

    The one town that is called exactly so stands alone. Otherwise the largest first.
    """
    wanted = folded(typed)
    if not wanted:
        return []
    named = _named(country)
    exact = [each for each, names in named if wanted in names]
    if len(exact) == 1:
        return exact
    return [each for each, names in named if any(name.startswith(wanted) for name in names)]


@cache
def _named(country: str) -> list[tuple[Town, tuple[str, ...]]]:
    """The towns of a country with every name that they are found by, folded."""
    return [
        (each, tuple(folded(name) for name in (each.name, *each.other_names.split("|")) if name))
        for each in towns(country)
    ]


def cell_of(town_id: str) -> int | None:
    """All that is kept of a choice. None for a town that is not listed."""
    found = town(town_id)
    return found.cell if found else None


def town_of(cell: int | None) -> Town | None:
    """The town that stands for a cell, whichever of its towns was chosen.

    A cell that was kept under an older gazetteer may have no town any more: the nearest one stands for it.
    """
    if cell is None:
        return None
    return _first_towns().get(cell) or _nearest_town(cell)


@lru_cache(maxsize=10_000)
def _nearest_town(cell: int) -> Town | None:
    cells = _first_towns()
    nearest = min(cells, key=lambda other: _squared(cell, other))
    return cells[nearest] if _squared(cell, nearest) <= REACH[NEARBY] else None


def cell_after(cell: int | None, town_id: str) -> int | None:
    """What is kept once this town is chosen. The town that stands for a cell is no move away from it."""
    standing = town_of(cell)
    return cell if standing and standing.id == town_id else cell_of(town_id)


def as_typed(cell: int | None) -> dict[str, str | int | None]:
    """How a form shows a cell again: the country and the town that stands for it."""
    standing = town_of(cell)
    if standing is None:
        return {"country": "", "town": "", "cell": None}
    return {"country": standing.country, "town": standing.name, "cell": cell}


def told_apart(town: Town, others: Iterable[Town]) -> str:
    """Its name, and a large town near it where another one is called the same."""
    if sum(other.name == town.name for other in others) < 2:
        return town.name
    large = [each for each in towns(town.country)[:MOST_KNOWN] if each.name != town.name]
    near = min(large, key=lambda each: _squared(each.cell, town.cell), default=None)
    return (
        gettext("%(town)s, near %(large)s") % {"town": town.name, "large": near.name} if near else town.name
    )


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


def _squared(one: int, other: int) -> int:
    return sum((a - b) ** 2 for a, b in zip(vector(one), vector(other), strict=True))


REACH = tuple(_chord(kilometres) for kilometres in BANDS_KM[1:])


def band(one: int | None, other: int | None) -> int:
    """The smallest band that holds both cells: an index into BANDS. A cell not said is anywhere."""
    if one is None or other is None:
        return ANYWHERE
    if one == other:
        return SAME_AREA
    squared = _squared(one, other)
    return next((index for index, reach in enumerate(REACH, start=1) if squared <= reach), ANYWHERE)
