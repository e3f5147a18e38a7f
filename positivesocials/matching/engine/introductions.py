"""The few people introduced to each member each day: likely to please both, with attention spread fairly.

First each viewer's best candidates are found, in slices that know nothing of each other. Then everyone who
would be shown too often gets a price and everyone who would hardly be shown a discount, and each viewer
takes the best of their candidates at these prices. Prices follow exposure until it fits (dual ascent on
the capacity of attention, as in Bertsekas' auctions). All sums are of whole numbers and all tables are
looked up, so that slices and processes do not change a bit of the result.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from positivesocials.matching.engine import query, rank
from positivesocials.matching.engine.columns import F32, I32, I64, U8, U64
from positivesocials.matching.engine.lanes import TIERS, Lane, Rows
from positivesocials.matching.engine.query import Viewer
from positivesocials.matching.engine.rank import Chances, Counted, Traits

KEEP = 100  # Candidates kept for each viewer.
PICKS = 10  # Introductions for each viewer.
ANSWERS = 10  # Likes that a member answers in a day.
CAP = 16  # Showings a member is meant to have at most, where the mean is ten.
ROUNDS = 24
STEP, DISCOUNT = 0.6, 0.5  # Logits: how far a price moves at first, and how far it may fall below nought.
TOGETHER = 1 << 15  # Pairs that are weighed at once.
FINE = 32  # Prices are whole parts of a logit.
NOBODY = -1


@dataclass(frozen=True)
class Graph:
    """Candidates of v viewers: `viewers` (int32, (v,)) and, of shape (v, KEEP), best first: `others` (int32,
    -1 where there are no more), `both` (float32, harmonic mean of the chances), `likes` and `liked` (float32,
    the chance that the viewer likes the other, and the other the viewer). Members are places in the traits.
    """

    viewers: I32
    others: I32
    both: F32
    likes: F32
    liked: F32

    def __len__(self) -> int:
        return len(self.viewers)


def slices(lane: Lane, traits: Traits, count: int) -> list[I64]:
    """The rows of a lane in `count` parts of about the same size; people of one cell stay together."""
    order = _by_place(lane, traits)
    return [part for part in np.array_split(order, count) if len(part)]


def candidates(lane: Lane, traits: Traits, rows: I64, day: int, counted: Counted) -> Graph:
    """The best candidates of the viewers in these rows of a lane, whichever rows come together.

    `day` is a number that draws among equals anew each day.
    """
    parts = [_weighed(traits, pairs, day, counted) for pairs in _bundled(_pairs(lane, traits, rows))]
    return joined(parts)


def joined(parts: Sequence[Graph]) -> Graph:
    """Slices as one graph, in the order of the viewers, whatever the order of the slices."""
    every = [*parts, _no_graph()]
    whole = Graph(*(np.concatenate([getattr(part, f.name) for part in every]) for f in fields(Graph)))
    order = np.argsort(whole.viewers, kind="stable")
    return Graph(*(getattr(whole, f.name)[order] for f in fields(Graph)))


def _no_graph() -> Graph:
    empty = np.zeros((0, KEEP), dtype=np.float32)
    return Graph(np.zeros(0, np.int32), np.zeros((0, KEEP), np.int32), empty, empty, empty)


def _by_place(lane: Lane, traits: Traits) -> I64:
    """Rows of people in the lane by (tier, cell)."""
    tier = np.searchsorted(TIERS, lane.rows.reach, side="left")
    here = np.flatnonzero(lane.rows.wants)
    order = np.lexsort((traits.cell[lane.rows.member[here]], tier[here]))
    return here[order]


@dataclass(frozen=True)
class Pairs:
    """Viewers and whom they fit, all viewers' one after the other. `viewers` (int32, (v,)), `counts` (int64,
    (v,)), and of shape (n,): `others` (int32), `bands` (uint8)."""

    viewers: list[int]
    counts: list[int]
    others: list[I32]
    bands: list[U8]


def _pairs(lane: Lane, traits: Traits, rows: I64) -> Iterator[tuple[int, I32, U8]]:
    """For each row the member, whom they fit and in which band. Of one cell and tier, all look at the
    same people, who are brought together once."""
    tier = np.searchsorted(TIERS, lane.rows.reach[rows], side="left")
    cell = traits.cell[lane.rows.member[rows]]
    changes = np.flatnonzero((np.diff(cell) != 0) | (np.diff(tier) != 0)) + 1
    for part in np.split(rows, changes):
        if len(part):
            where = int(traits.cell[lane.rows.member[part[0]]])
            reach = TIERS[int(np.searchsorted(TIERS, lane.rows.reach[part[0]]))]
            near, bands = query.near(lane, where, reach)
            for row in part.tolist():
                member, found = _of_viewer(lane.rows, near, bands, row, where)
                yield member, near.member[found], bands[found]


def _of_viewer(rows: Rows, near: Rows, bands: U8, row: int, cell: int) -> tuple[int, I64]:
    viewer, member = Viewer.at(rows, row, cell), int(rows.member[row])
    fits = query.admitted(near, viewer)
    fits &= bands <= viewer.reach
    fits &= near.member != member
    return member, np.flatnonzero(fits)


def _bundled(found: Iterator[tuple[int, I32, U8]]) -> Iterator[Pairs]:
    """Enough pairs at once to be worth the calls, few enough to stay in the cache."""
    bundle, size = Pairs([], [], [], []), 0
    for member, others, bands in found:
        bundle.viewers.append(member)
        bundle.counts.append(len(others))
        bundle.others.append(others)
        bundle.bands.append(bands)
        size += len(others)
        if size >= TOGETHER or len(bundle.viewers) >= TOGETHER // 16:
            yield bundle
            bundle, size = Pairs([], [], [], []), 0
    if bundle.viewers:
        yield bundle


def _weighed(traits: Traits, pairs: Pairs, day: int, counted: Counted) -> Graph:
    """The best KEEP of each viewer's pairs."""
    viewers, counts = np.array(pairs.viewers, dtype=np.int32), np.array(pairs.counts, dtype=np.int64)
    mine = np.repeat(np.arange(len(viewers)), counts)
    others, bands = np.concatenate(pairs.others), np.concatenate(pairs.bands)
    chances = rank.chances_of_pairs(traits, viewers[mine], others, bands, counted)
    both = chances.both
    order, place = _best_first(mine, counts, both, _drawn(traits, viewers[mine], others, day))
    kept = place < KEEP
    order, place = order[kept], place[kept]
    return _graph(viewers, mine[order], place, others[order], both[order], chances.take(order))


def _drawn(traits: Traits, viewers: I32, others: I32, day: int) -> U64:
    """Twelve bits for each pair and day."""
    seen: U64 = rank.lots(traits.ids[others, 0] ^ rank.lots(traits.ids[viewers, 0], day), day)
    return seen >> np.uint64(52)


def _best_first(mine: I64, counts: I64, both: F32, drawn: U64) -> tuple[I64, I64]:
    """The order by viewer, chance and lot; and each pair's place among its viewer's, from 0."""
    # A positive float32 sorts like the 31 bits it is made of; the complement puts the greatest first.
    chance = np.uint64(2**31 - 1) - both.view(np.uint32).astype(np.uint64)
    key = mine.astype(np.uint64) << np.uint64(43) | chance << np.uint64(12) | drawn
    order = np.argsort(key, kind="stable")
    starts = np.cumsum(counts) - counts
    return order, np.arange(len(order)) - np.repeat(starts, counts)


def _graph(viewers: I32, mine: I64, place: I64, others: I32, both: F32, chances: Chances) -> Graph:
    shape = (len(viewers), KEEP)
    graph = Graph(
        viewers,
        np.full(shape, NOBODY, dtype=np.int32),
        *(np.zeros(shape, dtype=np.float32) for _ in range(3)),
    )
    graph.others[mine, place] = others
    graph.both[mine, place] = both
    graph.likes[mine, place] = chances.likes
    graph.liked[mine, place] = chances.liked
    return graph


def without(graph: Graph, apart: I64) -> Graph:
    """The graph without these pairs, in both directions; `apart` has shape (n, 2), places in the traits."""
    if not len(apart):
        return graph
    both_ways = np.concatenate([apart, apart[:, ::-1]]).astype(np.uint64)
    keys = both_ways[:, 0] << np.uint64(32) | both_ways[:, 1]
    asked = graph.viewers.astype(np.uint64)[:, None] << np.uint64(32) | graph.others.astype(np.uint64)
    gone = np.isin(asked, keys) & (graph.others != NOBODY)
    others = np.where(gone, np.int32(NOBODY), graph.others)
    both = np.where(gone, np.float32(0), graph.both)
    # Those who are left move up, so that nobody stands behind a gap.
    order = np.argsort(gone, axis=1, kind="stable")
    columns = (others, both, graph.likes, graph.liked)
    return Graph(graph.viewers, *(np.take_along_axis(column, order, axis=1) for column in columns))


def by_chance(graph: Graph) -> I32:
    """The order without prices: each viewer's best, as int32 of shape (v, PICKS), -1 for nobody."""
    return graph.others[:, :PICKS]


def _weights() -> F32:
    return np.exp(-np.arange(-LIMIT, LIMIT + 1, dtype=np.float64) / FINE).astype(np.float32)


LIMIT = 8 * FINE
WEIGHTS = _weights()


def at_prices(graph: Graph, members: int, *, cap: int = CAP, rounds: int = ROUNDS) -> I32:
    """The picks at prices that spread attention, like `by_chance`; `members` is the size of the traits."""
    prices = np.zeros(members, dtype=np.float32)
    target = _target(graph, members, cap)
    picks = by_chance(graph)
    for number in range(rounds):
        shown = exposure(picks, members)
        prices = _moved(prices, shown, target, number, rounds)
        picks = _picked(graph, prices)
    return picks


def _target(graph: Graph, members: int, cap: int) -> F32:
    """What each member can be shown at most: by as many as have them among their candidates."""
    possible = np.bincount(graph.others[graph.others != NOBODY], minlength=members)
    return np.minimum(possible, cap).astype(np.float32)


def exposure(picks: I32, members: int) -> I64:
    """How often each member is shown. int64 of shape (members,)."""
    return np.bincount(picks[picks != NOBODY], minlength=members)


def _moved(prices: F32, shown: I64, target: F32, number: int, rounds: int) -> F32:
    """Prices after one more round: up where more are shown than the target, gently down where fewer."""
    step = np.float32(FINE * STEP * (1 - number / rounds) ** 0.7)
    over = (shown.astype(np.float32) - target) / np.maximum(target, np.float32(1))
    moved = prices + step * np.clip(over, np.float32(-0.5), np.float32(1.5))
    return np.clip(moved, np.float32(-FINE * DISCOUNT), np.float32(LIMIT))


def _picked(graph: Graph, prices: F32) -> I32:
    """Each viewer's best at these prices."""
    steps = np.rint(prices).astype(np.int32) + np.int32(LIMIT)
    # The place of nobody, -1, reads the last weight, but their chance is nought.
    worth = graph.both * WEIGHTS[steps][graph.others]
    rows: npt.NDArray[np.int64] = np.argpartition(-worth, PICKS, axis=1)[:, :PICKS]
    rows = np.take_along_axis(rows, np.argsort(-np.take_along_axis(worth, rows, 1), axis=1, kind="stable"), 1)
    return np.take_along_axis(graph.others, rows, axis=1)


@dataclass(frozen=True)
class Spread:
    """How attention is spread over those who are somebody's candidates, and what may come of it.

    `gini` of the showings, `nobody` the share that is never shown, `most` the greatest number of showings
    over the mean, `matches` the expected matches of the day.
    """

    gini: float
    nobody: float
    most: float
    matches: float


def spread(graph: Graph, picks: I32, members: int) -> Spread:
    """Measure picks. Place r is seen with chance 1 / log2(1 + r); a member answers ten likes a day."""
    shown = exposure(picks, members)
    possible = np.bincount(graph.others[graph.others != NOBODY], minlength=members) > 0
    each = np.sort(shown[possible])
    ranks = 2 * np.arange(1, len(each) + 1) - len(each) - 1
    total = max(int(each.sum()), 1)
    return Spread(
        gini=float(ranks @ each / (len(each) * total)) if len(each) else 0.0,
        nobody=float((each == 0).mean()) if len(each) else 0.0,
        most=float(each[-1] * len(each) / total) if len(each) else 0.0,
        matches=_expected(graph, picks, members),
    )


def _expected(graph: Graph, picks: I32, members: int) -> float:
    there = picks != NOBODY
    at = (picks[:, :, None] == graph.others[:, None, :]).argmax(axis=2)
    seen = there / np.log2(2 + np.arange(picks.shape[1]))
    sent = seen * np.take_along_axis(graph.likes, at, axis=1)
    who = np.where(there, picks, 0)
    arriving = np.bincount(who.ravel(), weights=sent.ravel(), minlength=members)
    answered = np.minimum(1, ANSWERS / np.maximum(arriving, 1e-9))
    return float((sent * np.take_along_axis(graph.liked, at, axis=1) * answered[who]).sum())
