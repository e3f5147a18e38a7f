"""`positivesocials jobs`: work waiting, on the console."""

from collections.abc import Iterator

from positivesocials.home.selectors.work import Work

COLUMNS = ("waiting", "later", "running", "given_up", "done")


def table(work: Work) -> Iterator[str]:
    """Lines for people: how long the oldest waits, each kind, and what was given up."""
    age = work.oldest_age
    yield (
        f"{work.waiting} waiting, the oldest for {round(age.total_seconds())} s." if age else "Nothing waits."
    )
    if work.kinds:
        width = max(len(kind.name) for kind in work.kinds)
        yield " ".join([" " * width, *(f"{name.replace('_', ' '):>9}" for name in COLUMNS)])
    for kind in work.kinds:
        yield " ".join([f"{kind.name:<{width}}", *(f"{getattr(kind, name):>9}" for name in COLUMNS)])
    for job in work.given_up:
        yield f"given up: {job.name} {job.id} after {job.tries} tries: {job.error}"
