"""The page of people as it is served, with many members in the database.

The members are those of `population`, written as rows and sealed as the services seal them, but many at once;
couples are left out. Members drawn at random, logged in, then ask for the page through the whole stack. The
clock is the CPU time of the thread, from request to answer.
"""

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
from django.db import transaction
from django.test import Client
from django.urls import reverse

from positivesocials.accounts.models import Account
from positivesocials.bench import charts
from positivesocials.bench.population import Knobs, population
from positivesocials.matching import proposals
from positivesocials.matching.engine import codes
from positivesocials.matching.engine.columns import Asked, Columns
from positivesocials.matching.models import Mode, Preferences
from positivesocials.matching.wishes import OLDEST, YOUNGEST
from positivesocials.profiles.models import Kind, Persona, Profile
from positivesocials.vault import cipher
from positivesocials.vault import services as vault
from positivesocials.vault.cache import current
from positivesocials.vault.models import DataKey
from positivesocials.vault.services import KeyOwner

BATCH, PASSES, YEAR = 2000, 3, 2026
MOST_MS = 40  # Asked for at the median.


def run(*, members: int, viewers: int, seed: int, knobs: Knobs | None = None) -> dict[str, Any]:
    """Milliseconds of CPU for one page; the best pass of three."""
    columns = population(members, seed=seed, knobs=knobs).columns
    started = time.perf_counter()
    _write(columns)
    wrote_s = time.perf_counter() - started
    proposals.build()
    built_s = time.perf_counter() - started - wrote_s
    looking = _looking(columns, viewers, seed)
    passes = [_times(looking) for _ in range(PASSES)]
    p50, p99 = (min(float(np.percentile(each, share)) for each in passes) for share in (50, 99))
    return {
        "members": members,
        "viewers": len(looking),
        "p50_ms": round(p50, 2),
        "p99_ms": round(p99, 2),
        "wrote_s": round(wrote_s, 1),
        "built_s": round(built_s, 1),
    }


def draw(figures: dict[str, Any], path: Path) -> None:
    rows = [("median", figures["p50_ms"]), ("99 of 100", figures["p99_ms"])]
    title = f"The page of people among {figures['members']:,}"
    charts.bars(path, title=title, rows=rows, unit="ms", limit=MOST_MS)


def _times(looking: list[Client]) -> list[float]:
    times = []
    for browser in looking:
        address = f"{reverse('matching:list-people')}?in={Mode.DATING[0]}"
        before = time.thread_time()
        answer = browser.get(address)
        times.append((time.thread_time() - before) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
    return times


def _looking(columns: Columns, viewers: int, seed: int) -> list[Client]:
    """Members who look for somebody, logged in."""
    hoping = np.flatnonzero(columns.asked["dating"].wants)
    drawn = random.Random(seed).sample([int(row) for row in hoping], min(viewers, len(hoping)))  # noqa: S311
    found = []
    for row in drawn:
        browser = Client(SERVER_NAME="localhost")
        browser.force_login(Account.objects.get(pk=_id(columns, row)))
        found.append(browser)
    return found


def _id(columns: Columns, row: int) -> UUID:
    high, low = (int(part) for part in columns.ids[row])
    return UUID(int=(high << 64 | low), version=4)


def _write(columns: Columns) -> None:
    rows = len(columns.ids)
    for start in range(0, rows, BATCH):
        batch = range(start, min(start + BATCH, rows))
        with transaction.atomic(), transaction.atomic(using="keys"), vault.keys_open():
            accounts = [Account(id=_id(columns, row), password="!") for row in batch]  # noqa: S106 - Opens nothing.
            _make_keys(account.pk for account in accounts)
            Account.objects.bulk_create(accounts)
            personas = [Persona(account=account, name=_name(account.pk)) for account in accounts]
            Persona.objects.bulk_create(personas)
            profiles = [
                Profile(kind=Kind.INDIVIDUAL, account=account, persona=persona, facets=_facets(columns, row))
                for account, persona, row in zip(accounts, personas, batch, strict=True)
            ]
            Profile.objects.bulk_create(profiles)
            Preferences.objects.bulk_create(
                Preferences(profile=profile, mode=mode, wishes=_wishes(columns.asked[mode], row))
                for profile, row in zip(profiles, batch, strict=True)
                for mode in Mode.values
            )


def _make_keys(owners: Iterator[UUID]) -> None:
    cache, rows = current(), []
    for pk in owners:
        owner, key = KeyOwner(Account._meta.label, pk), cipher.new_key()
        wrapped, version = vault.wrap(owner, key)
        rows.append(DataKey(kind=owner.kind, owner_id=pk, wrapped=wrapped, master_version=version))
        if cache is not None:
            cache[owner] = key
    DataKey.objects.bulk_create(rows)


def _name(pk: UUID) -> str:
    return f"Member {pk.hex[:6]}"


def _facets(columns: Columns, row: int) -> dict[str, Any]:
    youngest = int(columns.youngest[row])
    said = {
        "searches": codes.slugs(codes.SEARCH_CODES, int(columns.humans[row])),
        "place": int(columns.cell[row]),
        "goals": codes.slugs(codes.GOAL_CODES, int(columns.goals[row])),
        "circles": codes.slugs(codes.CIRCLE_CODES, int(columns.circles[row])),
        "interests": codes.slugs(codes.INTEREST_CODES, int(columns.interests[row]))[:12],
        "languages": codes.slugs(codes.LANGUAGE_CODES, int(columns.languages[row])),
        "prompts": [{"question": "sunday", "answer": "Bread, a long walk, and nobody who hurries."}],
    }
    if youngest != codes.NO_AGE_YOUNGEST:
        said |= {"birth_year": YEAR - youngest, "birth_month": 1}
    return {name: value for name, value in said.items() if value}


def _wishes(asked: Asked, row: int) -> dict[str, Any]:
    wants, low, high = int(asked.wants[row]), int(asked.low[row]), int(asked.high[row])
    goals = int(asked.asks[row])
    return {
        "on": bool(wants),
        "kinds": codes.slugs(codes.KIND_CODES, wants),
        "searches": [] if wants & codes.ANY_SEARCH else codes.slugs(codes.SEARCH_CODES, wants),
        "age_from": YOUNGEST if low == codes.NO_AGE_YOUNGEST else low,
        "age_to": OLDEST if high == codes.NO_AGE_OLDEST else high,
        "band": int(asked.reach[row]),
        "goals": [] if goals & codes.ANY else codes.slugs(codes.GOAL_CODES, goals),
        "circles_only": bool(asked.only[row]),
    }
