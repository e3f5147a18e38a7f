"""Does the time a sign-up takes tell members from strangers?

Known and unknown addresses take turns through the real page, so that whatever else the machine does
falls on both alike. The best of three passes counts for each kind: noise only ever adds.
"""

import random
import statistics
import time
from collections.abc import Iterator

from django.test import Client, override_settings

from positivesocials.accounts import services as accounts

PASSES = 3
PASSWORD = "a long enough sentence"  # noqa: S105 - of invented people.
SEED = 1
WARM_UP = 5

Times = dict[str, list[float]]


def run(*, pairs: int = 200) -> dict[str, float | int]:
    """The best median of each kind in milliseconds, and their ratio (known / unknown)."""
    dice = random.Random(SEED)  # noqa: S311 - a measurement, not a secret.
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        passes = [_one_pass(pairs, dice, number) for number in range(PASSES)]
    known, unknown = (min(medians) for medians in zip(*passes, strict=True))
    return {
        "pairs": pairs,
        "passes": PASSES,
        "known_ms": round(known * 1000, 3),
        "unknown_ms": round(unknown * 1000, 3),
        "ratio": round(known / unknown, 4),
    }


def _one_pass(pairs: int, dice: random.Random, number: int) -> tuple[float, float]:
    times: Times = {"known": [], "unknown": []}
    for pair in range(-WARM_UP, pairs):
        for kind, address in _in_random_order(dice, f"{number}-{pair}"):
            took = _sign_up(address, caller=f"10.{number}.{pair % 250 + 1}.{dice.randrange(1, 250)}")
            if pair >= 0:
                times[kind].append(took)
    return statistics.median(times["known"]), statistics.median(times["unknown"])


def _in_random_order(dice: random.Random, name: str) -> Iterator[tuple[str, str]]:
    known, unknown = f"known-{name}@example.org", f"stranger-{name}@example.org"
    accounts.open_account(address=known)
    both = [("known", known), ("unknown", unknown)]
    dice.shuffle(both)
    yield from both


def _sign_up(address: str, *, caller: str) -> float:
    browser = Client(REMOTE_ADDR=caller)
    typed = {"address": address, "password": PASSWORD, "adult": "on", "terms": "on", "purpose": "talk"}
    started = time.perf_counter()
    response = browser.post("/join/account/", typed)
    took = time.perf_counter() - started
    if response.status_code != 302:
        raise RuntimeError(f"The sign-up page answered {response.status_code}.")
    return took
