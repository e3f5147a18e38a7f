"""Every request of everybody sent as everybody else, ids swapped: `python -m tests.replays --json`.

Prints `replays, leaks, errors`; exits 1 if there is a leak or an error, or fewer than 20,000 replays.
"""

import sys

from tests import ground

AT_LEAST = 20_000


def run() -> ground.Figures:
    from tests.permissions import replaying, world
    from tests.permissions.asking import VIEWERS, Site
    from tests.permissions.diary import record

    site = Site(world.build())
    days = {viewer: record(site, viewer) for viewer in VIEWERS}
    todo = replaying.pairs(days) + replaying.swaps(days, most=8)
    tally = replaying.replay(site, todo, ground.step_by(len(todo)))
    for line in sorted({*tally.leaks, *tally.errors}):
        print(f"  {line}", file=sys.stderr)
    if tally.replays < AT_LEAST:
        raise SystemExit(f"Only {tally.replays} replays: {AT_LEAST} are asked for.")
    return {"replays": tally.replays, "leaks": len(tally.leaks), "errors": len(tally.errors)}


if __name__ == "__main__":
    sys.exit(ground.measured(run))
