"""Whom each profile is introduced to today, computed for everybody at once, away from requests.

What comes out is a proposal as of now: whoever shows it asks `selectors.around(...).still` first.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

import numpy as np
from django.db.models import Q
from django.utils import timezone

from positivesocials.matching import index, proposals, shared
from positivesocials.matching.engine import fairness, generation, introductions, rank, slices
from positivesocials.matching.engine.columns import I64, Bools
from positivesocials.matching.engine.fairness import Group
from positivesocials.matching.engine.generation import Generation
from positivesocials.matching.engine.introductions import NOBODY, Graph
from positivesocials.matching.engine.pool import Base
from positivesocials.matching.engine.slices import Task
from positivesocials.matching.index import Listed
from positivesocials.matching.models import Decision, Match
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import CoupleLink, Profile
from positivesocials.safety import selectors as safety

A_SLICE = 20_000  # Viewers.
Pair = tuple[UUID, UUID]


@dataclass(frozen=True)
class Introductions:
    """For each profile whom it is introduced to, best first; and how attention falls on groups."""

    of: dict[UUID, list[UUID]]
    groups: list[Group]


def introduced(mode: str, *, day: date | None = None, processes: int = 1) -> Introductions:
    """The introductions of a day in one mode; the same whatever the number of processes.

    Leaves out what keeps two profiles apart: decisions and matches, blocks, a shared account, a partner's.
    Whoever is incognito is introduced to nobody, and who avoids new accounts to none of those.
    """
    rows = index.listed()
    base = Base.of(proposals.everybody(rows))
    task = Task(mode, _number(day or timezone.localdate()), len(base.traits) // A_SLICE + 1)
    graph = introductions.without(_graph(base, task, processes), _places(base, _apart(mode)))
    graph = introductions.without_shy(graph, *_shy(base, rows))
    picks = introductions.at_prices(graph, len(base.traits))
    ids = rank.uuids(base.traits.ids)
    return Introductions(
        of={
            ids[viewer]: [ids[other] for other in line if other != NOBODY]
            for viewer, line in zip(graph.viewers.tolist(), picks.tolist(), strict=True)
        },
        groups=fairness.groups(base.lanes[mode], base.traits, picks),
    )


def _shy(base: Base, rows: list[Listed]) -> tuple[Bools, Bools, Bools]:
    """By place in the traits: who is incognito, who avoids new accounts, and behind whom one stands."""
    new = profiles.new_accounts()
    by_id = {row.id: row for row in rows}
    found = [by_id[pk] for pk in rank.uuids(base.traits.ids)]
    return (
        np.array([row.is_incognito for row in found], dtype=np.bool_),
        np.array([row.avoids_new for row in found], dtype=np.bool_),
        np.array([not new.isdisjoint(row.accounts) for row in found], dtype=np.bool_),
    )


def _number(day: date) -> int:
    """What draws among equals on this day: nobody outside can know it."""
    return proposals.lot(UUID(int=0), day)


def _graph(base: Base, task: Task, processes: int) -> Graph:
    folder = shared.folder() if processes > 1 else None
    if folder is None:
        return slices.here(base, task)
    path = folder / f"introductions-{os.getpid()}"
    try:
        generation.save(Generation(base, 0, index.this_quarter()), path)
        return slices.in_processes(path, task, processes)
    except generation.NoRoom:
        return slices.here(base, task)
    finally:
        path.unlink(missing_ok=True)


def _places(base: Base, pairs: Iterable[Pair]) -> I64:
    """Pairs of profiles as places in the traits; whoever takes no part is left out."""
    found = [
        (one, other)
        for first, second in pairs
        if (one := base.place(first)) is not None and (other := base.place(second)) is not None
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def _apart(mode: str) -> Iterator[Pair]:
    """Pairs of profiles that are not introduced to each other, whichever of the two is the viewer."""
    yield from Decision.objects.standing().filter(mode=mode).values_list("profile_id", "about_id")
    yield from Match.objects.filter(mode=mode, ended_at=None).values_list("one_id", "other_id")
    behind = _profiles_by_account()
    for one, other in _accounts_apart(behind):
        yield from product(behind[one], behind[other])


def _profiles_by_account() -> dict[UUID, list[UUID]]:
    behind: dict[UUID, list[UUID]] = defaultdict(list)
    rows = Profile.objects.filter(Q(link=None) | Q(link__ended_at=None))
    for pk, *accounts in rows.values_list("pk", "account_id", "link__first_id", "link__second_id"):
        for account in filter(None, accounts):
            behind[account].append(pk)
    return behind


def _accounts_apart(behind: dict[UUID, list[UUID]]) -> Iterator[Pair]:
    """An account and itself, where it has several profiles; partners; and who blocked whom."""
    yield from ((account, account) for account, owned in behind.items() if len(owned) > 1)
    partners = CoupleLink.objects.in_force().values_list("first_id", "second_id")
    yield from ((first, second) for first, second in partners if second is not None)
    yield from safety.pairs_apart()
