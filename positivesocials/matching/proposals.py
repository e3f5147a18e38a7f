"""Who is proposed to whom: by the engine where it stands ready, else by looking at everybody.

The engine's pool lives in memory, shared by the processes of a machine as `shared` tells, with what changed
since in each process. Before each use it takes in every profile that changed since, by
the number of the last change, so that a change is in force for the next request. What is shown is looked
at again on the live rows, with `compatible` itself: a block, a hidden or a deleted profile is never shown
after its commit, however old the pool.
"""

import hashlib
import hmac
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

import numpy as np
from django.conf import settings
from django.utils import timezone

from positivesocials.matching import index, shared
from positivesocials.matching.compat import Side, compatible
from positivesocials.matching.engine import codes, rank
from positivesocials.matching.engine import known as engine_known
from positivesocials.matching.engine import pool as engine
from positivesocials.matching.engine.columns import Columns, encoded, joined
from positivesocials.matching.engine.generation import Generation
from positivesocials.matching.engine.known import Known
from positivesocials.matching.engine.pool import Base, Pool, Seen
from positivesocials.matching.index import Listed, Sight
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import Profile
from positivesocials.vault import services as vault

FROM = 300  # Profiles; fewer are as quickly looked at one by one.
AT_ONCE = 1000  # Profiles that are opened together.


class Crowd(Protocol):
    """Everyone there for a profile in one mode, whoever finds them. `own` may carry other wishes."""

    def ids(self, own: Side) -> list[UUID]: ...

    def count(self, own: Side) -> int: ...

    def first(self, own: Side, most: int) -> list[UUID]: ...

    def still(self, own: Side, ids: Sequence[UUID]) -> list[Profile]: ...


@dataclass(frozen=True)
class Looked:
    """Everybody was opened and is looked at one by one."""

    mode: str
    sides: Mapping[UUID, Side]

    def _fitting(self, own: Side) -> list[Side]:
        return [side for side in self.sides.values() if compatible(own, side, self.mode)]

    def ids(self, own: Side) -> list[UUID]:
        return [side.id for side in self._fitting(own)]

    def count(self, own: Side) -> int:
        return len(self._fitting(own))

    def first(self, own: Side, most: int) -> list[UUID]:
        return engine.in_order(own, self._fitting(own), self.mode, most=most, lot=lot(own.id))

    def still(self, own: Side, ids: Sequence[UUID]) -> list[Profile]:
        return _still(own, profiles.faces(ids), self.sides, self.mode)


@dataclass(frozen=True)
class Pooled:
    """The engine proposes; `still` looks at the live rows, and nothing is shown without it."""

    mode: str
    standing: "Standing"
    decided: frozenset[UUID]
    apart: frozenset[UUID]
    sight: Sight
    seen: Seen

    def ids(self, own: Side) -> list[UUID]:
        with _lock:
            return self.standing.pool.ids(own, self.mode, seen=self.seen)

    def count(self, own: Side) -> int:
        with _lock:
            return self.standing.pool.count(own, self.mode, seen=self.seen)

    def first(self, own: Side, most: int) -> list[UUID]:
        with _lock:
            found = self.standing.pool.search(own, self.mode, most=most, lot=lot(own.id), seen=self.seen)
        return found.ids

    def still(self, own: Side, ids: Sequence[UUID]) -> list[Profile]:
        rows = profiles.faces(ids)
        if missing := set(ids) - {row.pk for row in rows}:
            # A deletion takes no number: whoever is gone leaves the pool when that is noticed.
            with _lock:
                self.standing.pool.change([], gone=missing - profiles.existing(missing))
        there = index.listed_among(rows)
        sides = _seen(there, decided=self.decided, apart=self.apart, sight=self.sight)
        return _still(own, rows, sides, self.mode)


def crowd(mode: str, *, decided: Collection[UUID], apart: frozenset[UUID], sight: Sight) -> Crowd:
    """Everyone whom one finds, without profiles already decided on and without accounts kept apart."""
    standing = _caught_up()
    if standing is None:
        return Looked(mode, live(None, decided=decided, apart=apart, sight=sight))
    # Those who have shown themselves may be in the pool or not: they come from the rows.
    shown = live(sight.shown, decided=decided, apart=apart, sight=sight) if sight.shown else {}
    seen = Seen(
        without=frozenset(decided) | profiles.behind(apart) | sight.shown,
        kept_from=codes.AVOIDS_NEW if sight.is_new else 0,
        also=tuple(shown.values()),
    )
    return Pooled(mode, standing, frozenset(decided), apart, sight, seen)


def live(
    ids: Collection[UUID] | None, *, decided: Collection[UUID], apart: frozenset[UUID], sight: Sight
) -> dict[UUID, Side]:
    """The sides of those whom one finds now (of `ids`, if given), from the rows as they are."""
    return _seen(index.listed(ids), decided=decided, apart=apart, sight=sight)


def _seen(
    there: Iterable[Listed], *, decided: Collection[UUID], apart: frozenset[UUID], sight: Sight
) -> dict[UUID, Side]:
    rows = (row for row in there if row.id not in decided and sight.finds(row))
    return index.sides(row for row in rows if apart.isdisjoint(row.accounts))


def _still(own: Side, rows: Sequence[Profile], sides: Mapping[UUID, Side], mode: str) -> list[Profile]:
    """Those of these rows whose side is among `sides` and fits, in the same order."""
    there = ((row, sides.get(row.pk)) for row in rows)
    return [row for row, side in there if side and compatible(own, side, mode)]


def known(cells: Collection[int] | None) -> Known:
    """What the people of these areas, or all, could be known by; without those who are not to be found."""
    standing = _caught_up()
    if standing is None:
        sides = live(None, decided=(), apart=frozenset(), sight=Sight())
        return engine_known.of_columns(encoded(list(sides.values())), cells)
    with _lock:
        return engine_known.of_pool(standing.pool, cells)


def lot(viewer: UUID, day: date | None = None) -> int:
    """The viewer's secret number of the day (today): who comes first where chances are equal."""
    text = f"{day or timezone.localdate():%Y-%m-%d}|{viewer}"
    drawn = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()
    return int.from_bytes(drawn[:8], "big")


@dataclass
class Standing:
    """A pool, the number of the last change in it and of the last that was laid out, and the quarter whose
    ages it has."""

    pool: Pool
    number: int
    quarter: date
    laid_out: int


_standing: Standing | None = None
_lock = threading.RLock()


def _caught_up() -> Standing | None:
    """The pool with every committed change in it; None where there is no pool yet."""
    if _standing is None:
        return None
    with _lock:
        # Read inside: nobody else may take in a later change between the two.
        number, standing = profiles.change_number(), _standing
        if standing is None or number < standing.number:
            # The database is older than we are: it was put back.
            forget()
            return None
        if number > standing.number:
            _take_in(standing)
        return standing


def _take_in(standing: Standing) -> None:
    changed = profiles.changed_since(standing.number)
    sides = index.sides(row for row in index.listed(changed.keys()) if not row.is_incognito)
    standing.pool.change(sides.values(), gone=changed.keys() - sides.keys())
    standing.number = max([standing.number, *changed.values()])


def tend() -> None:
    """Build the pool once there are enough people, and lay it out anew when that is due.

    One process of a machine does it and shares what it made; the others take that over. Requests go on with
    what there was.
    """
    if not _is_due() or _take_over():
        return
    with shared.only_builder() as is_mine:
        if is_mine:
            build()


def _is_due() -> bool:
    standing = _standing
    if standing is None:
        return Profile.objects.count() >= FROM
    return standing.quarter != index.this_quarter() or standing.pool.is_ragged


def _take_over() -> bool:
    """Whether another process has laid out something newer, which is ours from now on."""
    made = shared.newest()
    if made is None or made.quarter != index.this_quarter() or made.number > profiles.change_number():
        return False
    if _standing is not None and made.number <= _standing.laid_out:
        return False
    _stand(made)
    return True


def build() -> None:
    """Lay everybody out: from what the pool has, or by opening everyone who is listed."""
    standing, quarter = _standing, index.this_quarter()
    if standing is not None and standing.quarter == quarter:
        with _lock:
            columns, number = standing.pool.columns(), standing.number
        columns = _existing(columns)
    else:
        # Whoever changes meanwhile has a higher number and is taken in by the next request.
        number = profiles.change_number()
        columns = everybody(row for row in index.listed() if not row.is_incognito)
    _stand(shared.publish(Generation(Base.of(columns), number, quarter)))


def let_go() -> None:
    """Profiles that were deleted leave the pool, so that they fill nobody's list and are not counted."""
    standing = _standing
    if standing is None:
        return
    with _lock:
        ids = rank.uuids(standing.pool.columns().ids)
    gone = set(ids) - profiles.existing()
    with _lock:
        # Whoever came meanwhile is not among them.
        standing.pool.change([], gone=gone)


def _existing(columns: Columns) -> Columns:
    there = profiles.existing()
    kept = [place for place, pk in enumerate(rank.uuids(columns.ids)) if pk in there]
    return columns.take(np.array(kept, dtype=np.int64))


def _stand(made: Generation) -> None:
    global _standing
    with _lock:
        _standing = Standing(Pool(made.base), made.number, made.quarter, laid_out=made.number)


def forget() -> None:
    """Without a pool everybody is looked at one by one."""
    global _standing
    _standing = None


def everybody(rows: Iterable[Listed]) -> Columns:
    """All of these, opened now. Slow: for work away from requests."""
    ids = [row.id for row in rows]
    parts = (encoded(_opened(ids[start : start + AT_ONCE])) for start in range(0, len(ids), AT_ONCE))
    return joined(*parts, encoded([]))


def _opened(ids: Sequence[UUID]) -> Sequence[Side]:
    with vault.keys_open():
        found = list(Profile.objects.filter(pk__in=ids).select_related("link"))
        return list(index.opened(found).values())
