"""Requests of one person sent as another: hundreds here, all of them in `make bench`."""

import random

import pytest
from django.urls import reverse

from positivesocials.config import rules
from positivesocials.config.rules import Relation
from tests.permissions import replaying
from tests.permissions.asking import VIEWERS, Viewer, undone
from tests.permissions.diary import Request

REPLAYED, SWAPPED = 400, 200


@pytest.fixture
def all_days(days):
    return {viewer: days(viewer) for viewer in VIEWERS}


def drawn(pairs, most):
    return random.Random(replaying.SEED).sample(pairs, most)


def test_nobody_gains_anything_by_sending_the_requests_of_somebody_else(site, all_days, cells):
    tally = replaying.replay(site, drawn(replaying.pairs(all_days), REPLAYED))

    assert (tally.leaks, tally.errors) == ([], [])
    cells["replayed"] += tally.replays


def test_nobody_gains_anything_by_putting_the_ids_of_somebody_else_into_their_own_requests(
    site, all_days, cells
):
    tally = replaying.replay(site, drawn(replaying.swaps(all_days, most=12), SWAPPED))

    assert (tally.leaks, tally.errors) == ([], [])
    cells["swapped"] += tally.replays


def test_a_change_to_what_is_somebody_elses_would_be_noticed(site, world):
    """What the owner does to her own is no leak; the same counted as a stranger's is one."""
    lift = Request("POST", reverse("safety:lift-block", args=[world.ids[rules.OWN_BLOCK]["together"]]))
    before = replaying.belongings()

    with undone():
        site.do(Viewer(Relation.OWNER), lift.method, lift.path)
        assert replaying.altered(site, Viewer(Relation.OWNER), lift, before) == []
        assert replaying.altered(site, Viewer(Relation.STRANGER), lift, before) == [
            "stranger alters safety.Block of owner by safety:lift-block"
        ]


def test_there_are_more_than_twenty_thousand_pairs_to_try(all_days):
    assert len(replaying.pairs(all_days)) + len(replaying.swaps(all_days, most=12)) >= 20_000
