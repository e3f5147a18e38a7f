"""Imports that are killed, and a large one: `python -m tests.wordpress --kills 200 --mb 100 --json`.

Prints `kills, runs_to_the_end, differences` (between what was killed again and again and what came in at one
go) and `mb, posts, replies, seconds, peak_growth_mb` of one export. Exits 1 if anything differed.
"""

import argparse
import os
import random
import resource
import signal
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests import ground

Rows = list[tuple[Any, ...]]


def rows() -> Rows:
    """What an import leaves in the database, without ids that are drawn by chance."""
    from positivesocials.articles.filing_models import Tag
    from positivesocials.articles.models import NewsPage
    from positivesocials.moderation.models import Hold
    from positivesocials.replies.models import GuestContact, Reply
    from positivesocials.vault import services as vault
    from positivesocials.vault.fields import warm

    with vault.keys_open():
        replies = list(Reply.objects.select_related("parent").order_by("client_key"))
        warm(replies, [reply.parent for reply in replies if reply.parent])
        found: Rows = [
            (
                reply.guest_name,
                reply.text,
                reply.state,
                reply.written_at,
                reply.parent and reply.parent.client_key,
            )
            for reply in replies
        ]
    for news in NewsPage.objects.select_related("category").prefetch_related("tags").order_by("slug"):
        tags = tuple(sorted(tag.name for tag in news.tags.all()))
        found.append(
            (news.slug, news.title, news.body, news.live, news.published_on, news.category.name, tags)
        )
    kinds = (Reply, GuestContact, Hold, NewsPage, Tag)
    return [*found, *((kind.__name__, kind.objects.count()) for kind in kinds)]


def kill(path: Path, *, kills: int, seed: int, longest: float) -> int:
    """Bring an export in by processes that are killed at any moment; says how many reached the end."""
    chance, ended = random.Random(seed), 0
    for _ in range(kills):
        ended += _run_until_killed(path, chance.uniform(0, longest))
    return ended


def _run_until_killed(path: Path, after: float) -> bool:
    from positivesocials.bench.kills import forget_connections

    forget_connections()
    here, there = get_context("fork").Pipe(duplex=False)
    writer = get_context("fork").Process(target=_write, args=(path, there))
    writer.start()
    there.close()
    here.recv()
    writer.join(after)
    ended = writer.exitcode is not None
    if not ended and writer.pid is not None:
        os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    return ended


def _write(path: Path, pipe: Any) -> None:
    from positivesocials.wordpress import services

    pipe.send("at work")
    services.bring_in(path)


def differences(one: Rows, other: Rows) -> int:
    return len(set(one) ^ set(other)) + abs(len(one) - len(other))


def _kills(folder: Path, kills: int) -> ground.Figures:
    from positivesocials.articles.filing_models import Tag
    from positivesocials.articles.models import NewsPage
    from positivesocials.moderation.models import Hold
    from positivesocials.wordpress import services
    from positivesocials.wordpress.models import BroughtIn
    from positivesocials.wordpress.tests.exports import write_large

    path = folder / "export.xml"
    write_large(path, posts=max(30, kills * 3), comments=6)
    begun = time.monotonic()
    services.bring_in(path)
    longest, expected = min(1.0, (time.monotonic() - begun) / 4), rows()
    for model in (NewsPage, Tag, Hold, BroughtIn):
        model.objects.all().delete()
    _forget_replies()
    ended = kill(path, kills=kills, seed=1, longest=longest)
    services.bring_in(path)
    return {"kills": kills, "runs_to_the_end": ended, "differences": differences(expected, rows())}


def _forget_replies() -> None:
    from positivesocials.replies.models import Thread

    Thread.objects.all().delete()


def _large(folder: Path, megabytes: int) -> ground.Figures:
    from positivesocials.wordpress import services
    from positivesocials.wordpress.tests.exports import write_large

    path, body = folder / "large.xml", "<p>Some words of ours, and some more.</p>\n" * 750
    write_large(path, posts=20, body=body)
    services.bring_in(path)  # What is loaded once is loaded.
    before, begun = _peak(), time.monotonic()
    size = write_large(path, posts=megabytes * 31, body=body, comments=5)
    shown = [0]
    report = services.bring_in(path, step=lambda count: _progress(shown, count, 2 * size))
    return {
        "mb": round(size / 1e6),
        "posts": report.counts["posts"],
        "replies": report.counts["replies"],
        "seconds": round(time.monotonic() - begun, 1),
        "peak_growth_mb": round((_peak() - before) / 1024, 1),
    }


def _progress(shown: list[int], count: int, whole: int) -> None:
    before = shown[0] * 10 // whole
    shown[0] += count
    if shown[0] * 10 // whole > before:
        print(f"  {shown[0] * 100 // whole} of 100", file=sys.stderr)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def run() -> ground.Figures:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--mb", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        killed = _kills(Path(folder), asked.kills)
        large = _large(Path(folder), asked.mb)
    return {**killed, **large, "errors": killed["differences"]}


if __name__ == "__main__":
    sys.exit(ground.measured(run))
