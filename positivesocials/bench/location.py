"""Whether anybody can find out where somebody is, closer than the area everyone may know.

Invented victims stand at points spread evenly over their cells. Simulated attackers ask the site's own
functions as often as they like and say where they believe the victim is; the best of them counts. Beside
it, one script of requests is played in two worlds that differ only in where inside the cell the victim
is: any answer that differs is counted.
"""

import math
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from django.test import Client, override_settings

from positivesocials.accounts import services as accounts
from positivesocials.bench import charts
from positivesocials.bench.attackers import ATTACKERS, Point, Site, area, cell_of, distance
from positivesocials.core.models import RateCount
from positivesocials.matching import services as matching
from positivesocials.profiles import places
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from positivesocials.vault import services as vault

AN_HOUR = 50  # Requests.
NAME = "Victim"
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*(")')
LANDS = (36.0, 60.0, -10.0, 30.0)
Answer = tuple[int, dict[str, str], bytes]
# Steps of the plane's most even sequence (Roberts' R2, of the plastic number).
EVEN = (0.7548776662466927, 0.5698402909980532)


def run(*, victims: int, requests: int = 1000, seed: int = 1) -> dict[str, Any]:
    errors = {name: _errors(name, victims, seed) for name in ATTACKERS}
    medians = {name: float(np.median(found)) for name, found in errors.items()}
    one, other = _two_worlds(requests, seed)
    return {
        "victims": victims,
        "distinguishable": sum(a != b for a, b in zip(one, other, strict=True)),
        "median_error_over_cell": round(min(medians.values()), 4),
        "fifth_percentile_over_cell": round(min(float(np.percentile(e, 5)) for e in errors.values()), 4),
        "requests": len(one),
        "seen": sum(NAME.encode() in body for _, _, body in one),
        "attackers": {name: round(median, 4) for name, median in medians.items()},
    }


def draw(figures: dict[str, Any], path: Path) -> None:
    rows = sorted(figures["attackers"].items(), key=lambda row: row[1])
    charts.bars(
        path, title="Median error of simulated attackers, in sides of a cell", rows=rows, unit="", limit=0.37
    )


def _errors(name: str, victims: int, seed: int) -> list[float]:
    """How far off an attacker is for each victim, in sides of the victim's cell."""
    draw = np.random.default_rng(seed)
    return [
        distance(ATTACKERS[name](Site(cell_of(point)), draw), point) / area(cell_of(point)).side
        for point in _points(victims, seed)
    ]


def _points(victims: int, seed: int) -> Iterator[Point]:
    """Cells anywhere in these lands, and in them points that leave no corner out."""
    draw = np.random.default_rng(seed)
    for number in range(victims):
        south, north, west, east = LANDS
        ground = area(cell_of((draw.uniform(south, north), draw.uniform(west, east))))
        up, along = (math.modf(0.5 + number * step)[0] for step in EVEN)
        yield ground.at(min(max(up, 1e-6), 1 - 1e-6), min(max(along, 1e-6), 1 - 1e-6))


def _two_worlds(requests: int, seed: int) -> tuple[list[Answer], list[Answer]]:
    """What the same questions were answered in each world."""
    south, twin = _points_of_one_cell()
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        victim = _member(NAME.lower(), south)
        spies = [_member(f"spy{n}", at) for n, at in enumerate(_lookouts(south))]
        one = list(_answers(spies, victim, requests, seed))
        _stand(victim, twin)
        other = list(_answers(spies, victim, requests, seed))
    return one, other


def _points_of_one_cell() -> tuple[Point, Point]:
    """Two different choices of place that share a cell."""
    return next(
        (one, other)
        for tenth in range(-26, 100)
        for one, other in [((51.55, tenth / 10 + 0.05), (51.55, tenth / 10 + 0.15))]
        if cell_of(one) == cell_of(other)
    )


def _lookouts(point: Point) -> list[Point]:
    return [point, (point[0] + 0.2, point[1]), (point[0], point[1] + 0.6), (point[0] + 2, point[1] + 2)]


def _member(name: str, point: Point) -> Profile:
    with vault.keys_open():
        account = accounts.open_account(address=f"{name}@example.org")
        profile = profiles.make_individual(account, name=name.title())
        _stand(profile, point)
        _look_for_anybody(profile)
    return profile


def _look_for_anybody(profile: Profile) -> None:
    with vault.keys_open():
        for mode in ("friends", "dating"):
            matching.save_preferences(profile, mode, {"on": True})


def _stand(profile: Profile, point: Point) -> None:
    with vault.keys_open():
        profiles.change_facets(profile, facets={"place": cell_of(point), "searches": ["women"]})


def _answers(spies: list[Profile], victim: Profile, requests: int, seed: int) -> Iterator[Answer]:
    """The same questions in every world: by whom, what for and how far is drawn from the seed."""
    draw = random.Random(seed)  # noqa: S311 - Which question comes next is no secret.
    browsers = [Client() for _ in spies]
    for browser, spy in zip(browsers, spies, strict=True):
        assert spy.account is not None
        browser.force_login(spy.account)
        _look_for_anybody(spy)
    for number in range(requests):
        if number % AN_HOUR == 0:
            # As if an hour had passed: the attackers have all the time in the world.
            RateCount.objects.all().delete()
        browser, mode, reach = draw.choice(browsers), draw.choice("fd"), draw.randrange(len(places.BANDS))
        kind = draw.choice(["list", "wish", "wish", "card", "likes", "later"])
        yield _answer(browser, kind, mode, reach, victim)


def _answer(browser: Client, kind: str, mode: str, reach: int, victim: Profile) -> Answer:
    if kind == "wish":
        wishes = {"in": mode, "band": str(reach), "age_from": "18", "age_to": "99"}
        answer = browser.post("/people/looking-for/", wishes, follow=True)
    else:
        address = {"card": f"/people/{victim.pk}/", "list": "/people/"}.get(kind, f"/people/{kind}/")
        answer = browser.get(address, {"in": mode})
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    return answer.status_code, headers, TOKEN.sub(rb"\1token\2", answer.content)
