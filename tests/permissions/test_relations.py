"""Every address, as every relation to whom its object belongs: held to config/policy.py."""

from typing import Any

import pytest

from positivesocials.accounts.models import Role, Session
from positivesocials.config import policy, rows, rules
from positivesocials.config.rows import Row
from positivesocials.config.rules import Refusal, Relation
from positivesocials.safety.models import Block
from tests.normalise import normalised
from tests.permissions import world as worlds
from tests.permissions.asking import GUEST, Viewer, absent, masked, object_of, outcome, path_of, undone

every_row = pytest.mark.parametrize("row", policy.ROWS, ids=lambda row: row.route)


def cases_of(row: Row, world: worlds.World):
    if row.rule.admits != rules.EVERYBODY or row.rule.refusal == Refusal.NOTHING:
        yield object_of(row, world), row.rule.admits
    for (route, _), (ids, admits) in world.others.items():
        if route == row.route:
            yield ids, admits


@every_row
def test_each_relation_gets_what_the_rule_says(row, site, world, demo, cells):
    for ids, admits in cases_of(row, world):
        for method in sorted(row.methods):
            hidden = Hidden(site, row, method, ids)
            for viewer in viewers_of(row):
                here = site.ask(viewer, method, path_of(row, ids))
                told = (viewer, method, here.status_code, path_of(row, ids))
                cells["relations"] += 1
                if viewer.who in admits:
                    assert outcome(here) == "reached", told
                else:
                    assert hidden.is_equal(viewer, here), told
                    assert outcome(here) == row.rule.refusal or row.rule.refusal == Refusal.NOTHING, told


def viewers_of(row: Row) -> list[Viewer]:
    roles = [role for role in Role.values if role in row.who]
    strangers = [Viewer(Relation.STRANGER, role) for role in roles]
    return [*(Viewer(who, roles[0]) for who in Relation if who != Relation.STRANGER), *strangers]


class Hidden:
    """What an object that does not exist looks like at the same address."""

    def __init__(self, site, row: Row, method: str, ids: dict[str, Any]) -> None:
        self.site, self.method, self.ids = site, method, ids
        self.nowhere = path_of(row, absent(ids))
        self.seen: list[Any] = []

    def is_equal(self, viewer: Viewer, here) -> bool:
        """Whether `here` is what anybody in this role sees there; whoever sees something else is asked."""
        if masked(here, self.ids) in self.seen:
            return True
        there = self.site.ask(viewer, self.method, self.nowhere)
        self.seen.append(masked(there, absent(self.ids)))
        # One's own id stands in one's own addresses: there the unmasked answers are compared.
        return masked(here, self.ids) == self.seen[-1] or normalised(here) == normalised(there)


@every_row
def test_guests_learn_nothing_from_an_id(row, site, world, demo, cells):
    ids = object_of(row, world)
    if rows.GUEST in row.who and row.rule is not rules.REPORTABLE:
        for method in sorted(row.methods) if ids else []:
            response = site.ask(GUEST, method, path_of(row, absent(ids)))
            assert outcome(response) in {row.rule.refusal, "reached"}
            cells["guests"] += 1
        return
    for method in sorted(row.methods):
        here, there = (site.ask(GUEST, method, path_of(row, each)) for each in (ids, absent(ids)))
        assert masked(here, ids) == masked(there, absent(ids))
        cells["guests"] += 2


def test_ending_what_is_somebody_elses_does_nothing(site, world):
    ids = {rule: world.ids[rule] for rule in (rules.OWN_SESSION, rules.OWN_BLOCK)}
    with undone():
        for row in policy.ROWS:
            if row.rule in ids:
                site.do(Viewer(Relation.STRANGER), "POST", path_of(row, ids[row.rule]))

        assert Session.objects.filter(pk=ids[rules.OWN_SESSION]["session_id"]).exists()
        assert Block.objects.filter(together=ids[rules.OWN_BLOCK]["together"]).exists()
