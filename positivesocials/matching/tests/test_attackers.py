"""Nobody finds out where in an area somebody is (security LO-2; attackers T1 to T3)."""

import json
import logging
from dataclasses import dataclass

import numpy as np
import pytest
from django.apps import apps
from django.db import models

from positivesocials.bench import attackers, location
from positivesocials.bench.attackers import ATTACKERS, Point, Site, area, cell_of, distance
from positivesocials.profiles import places
from positivesocials.profiles.models import Profile

FLOOR = 0.37
COORDINATES = {"lat", "lon", "lng", "latitude", "longitude", "point", "location", "position", "geo"}


@dataclass(frozen=True)
class CarelessSite(Site):
    """A site as some are: it compares exact points."""

    point: Point

    def lists(self, attacker: Point, reach: int) -> bool:
        return distance(attacker, self.point) <= places.BANDS_KM[reach]


def errors(attacker, sites):
    draw = np.random.default_rng(3)
    return [
        distance(attacker(site, draw), point) / area(cell_of(point)).side
        for site, point in zip(sites, location._points(len(sites), seed=4), strict=True)
    ]


def points(count):
    return list(location._points(count, seed=4))


@pytest.mark.parametrize("name", ATTACKERS)
def test_no_attacker_comes_closer_than_one_who_is_told_the_area(name):
    sites = [Site(cell_of(point)) for point in points(40)]

    assert np.median(errors(ATTACKERS[name], sites)) >= FLOOR


def test_the_same_attacker_finds_people_on_a_site_that_keeps_points():
    sites = [CarelessSite(cell_of(point), point) for point in points(40)]

    assert np.median(errors(attackers.filtering, sites)) < 0.01


@pytest.mark.parametrize("latitude", [-70.02, 0.03, 36.5, 51.5, 69.9])
def test_the_ground_of_a_cell_is_what_falls_into_it(latitude):
    for longitude in np.arange(-179.95, 180, 7.3):
        cell = cell_of((latitude, float(longitude)))
        inside = [area(cell).at(up, along) for up in (0.01, 0.99) for along in (0.01, 0.5, 0.99)]

        assert {cell_of(point) for point in inside} == {cell}


def test_two_worlds_that_differ_inside_one_area_answer_alike(db):
    figures = location.run(victims=3, requests=60)

    assert figures["distinguishable"] == 0
    assert figures["seen"] > 5


def test_a_world_that_differs_in_the_area_does_not(db, monkeypatch):
    south = (51.55, -2.55)
    monkeypatch.setattr(location, "_points_of_one_cell", lambda: (south, (51.75, -2.55)))

    assert location.run(victims=3, requests=60)["distinguishable"] > 0


def test_no_column_of_ours_can_hold_a_coordinate():
    finer = (models.FloatField, models.DecimalField)
    ours = [m for m in apps.get_models() if m.__module__.startswith("positivesocials.")]

    found = [
        f"{model._meta.label}.{field.name}"
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, finer) or COORDINATES & set(field.name.split("_"))
    ]

    assert found == []


def test_what_is_kept_of_a_place_is_its_area(meets, ada):
    profile = meets(ada, place="gb-bristol").profile
    kept = Profile.objects.get(pk=profile.pk).facets

    assert kept["place"] == kept["settled"] == places.cell_of("gb-bristol")
    assert "." not in json.dumps({key: kept[key] for key in ("place", "settled")})
    assert "bristol" not in json.dumps(kept).lower()


def test_no_log_line_says_where_anybody_is(meets, ada, ben, signed_in, caplog):
    meets(ben, place="gb-bristol")
    with caplog.at_level(logging.DEBUG):
        meets(ada, place="gb-bristol")
        signed_in(ada).get("/people/?in=f")

    said = [r.getMessage() for r in caplog.records if not r.name.startswith("django.db")]
    assert not [line for line in said if str(places.cell_of("gb-bristol")) in line or "ristol" in line]
