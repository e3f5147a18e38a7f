"""How attention falls on groups, in totals: whether prices demote anybody for what they are or live with."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from positivesocials.matching.engine import codes, introductions
from positivesocials.matching.engine.columns import I32, Bools
from positivesocials.matching.engine.lanes import Lane, Rows
from positivesocials.matching.engine.rank import Traits

AGES = ((18, 24), (25, 34), (35, 44), (45, 54), (55, 64), (65, 120))


@dataclass(frozen=True)
class Group:
    """One group of one kind: how many take part, how often they are shown in all, how many are not shown."""

    kind: str
    name: str
    members: int
    shown: int
    not_shown: int

    @property
    def mean(self) -> float:
        return self.shown / self.members if self.members else 0.0


def groups(lane: Lane, traits: Traits, picks: I32) -> list[Group]:
    """Everyone who takes part, by kind of profile, searches, age and circle; a member may be in several."""
    shown = introductions.exposure(picks, len(traits))[lane.rows.member]
    takes_part = lane.rows.wants != 0
    return [
        Group(kind, name, int(who.sum()), int(shown[who].sum()), int((shown[who] == 0).sum()))
        for kind, name, among in _groups(lane.rows, traits)
        for who in [among & takes_part]
    ]


def _groups(rows: Rows, traits: Traits) -> Iterator[tuple[str, str, Bools]]:
    is_couple = (rows.wants & codes.IS_COUPLE) != 0
    yield from (("kind", "individual", ~is_couple), ("kind", "couple", is_couple))
    for slug, bit in codes.SEARCH_CODES.items():
        yield "searches", slug, (rows.humans & np.uint8(bit | bit << 4)) != 0
    for youngest, oldest in AGES:
        # A couple is counted with its younger one.
        is_between = (rows.youngest >= youngest) & (rows.youngest <= oldest)
        yield "age", f"{youngest}-{oldest}", is_between
    for slug, bit in codes.CIRCLE_CODES.items():
        yield "circle", slug, (traits.circles[rows.member] & np.uint16(bit)) != 0
