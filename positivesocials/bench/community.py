"""The feed, groups and threads as they are served, among many members and posts.

Some members belong to two hundred groups each, large and small, follow some people and muted a few. They ask
for their feed and older pages of it, for their groups and older pages of those, and for posts with their
replies, half of them among the longest, and for pages of the few that thousands answered. Whole requests,
from the address to the last byte.
"""

import re
import time
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.test import Client
from django.urls import reverse

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account
from positivesocials.bench import filling
from positivesocials.bench.filling import Community
from positivesocials.core import garbage
from positivesocials.feed.models import Follow, MutedWriter
from positivesocials.groups.models import Group, Membership, Post
from positivesocials.moderation import services as moderation
from positivesocials.profiles import services as profiles
from positivesocials.safety import hidden_words

VIEWERS, THEIR_GROUPS, FOLLOWED, MUTED = 10, 200, 20, 5
ASKED, PASSES, PAGES = 200, 3, 4
OLDER = re.compile(r'href="\?before=([^"]+)"')
Visit = tuple[Client, str]


class DidNotAnswer(Exception):
    pass


def run(*, members: int, posts: int, groups: int, seed: int) -> dict[str, Any]:
    began = time.perf_counter()
    made = filling.fill(members=members, groups=groups, posts=posts, seed=seed)
    draw = np.random.default_rng(seed + 1)
    viewers = [_viewer(made, draw, number) for number in range(VIEWERS)]
    filled = time.perf_counter()
    visits = {
        "feed": _feeds(viewers),
        "group": _group_pages(viewers, draw),
        "thread": _threads(viewers, made, draw),
        "very_long_thread": _very_long(viewers, made),
    }
    # As a server does that is ready.
    garbage.settle()
    figures = {"members": members, "posts": posts, "groups": groups, "fill_seconds": round(filled - began, 1)}
    for name, asked in visits.items():
        passes = [[_timed(*visit) for visit in asked] for _ in range(PASSES)]
        for share in (50, 99):
            best = min(float(np.percentile(each, share)) for each in passes)
            figures[f"{name}_p{share}_ms"] = round(best, 1)
    return figures


def _viewer(made: Community, draw: np.random.Generator, number: int) -> tuple[Client, Account]:
    account = accounts.open_account()
    profiles.make_individual(account, name=f"Viewer {number}")
    moderation.trust([account.pk])
    theirs = draw.choice(
        len(made.groups), size=min(THEIR_GROUPS, len(made.groups)), p=made.shares, replace=False
    )
    Membership.objects.bulk_create(Membership(account=account, group_id=made.groups[each]) for each in theirs)
    drawn = draw.choice(len(made.personas), size=min(FOLLOWED + MUTED, len(made.personas)), replace=False)
    known = [made.personas[each] for each in drawn]
    Follow.objects.bulk_create(Follow(account=account, persona_id=pk) for pk in known[:FOLLOWED])
    MutedWriter.objects.bulk_create(
        MutedWriter(account=account, persona_id=pk, shown_as="Someone") for pk in known[FOLLOWED:]
    )
    hidden_words.save(account, ["marmalade", "a word that nobody says"])
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(account)
    return browser, account


def _feeds(viewers: Sequence[tuple[Client, Account]]) -> list[Visit]:
    found = [
        (browser, path)
        for browser, _account in viewers
        for path in _pages(browser, reverse("feed:show-feed"))
    ]
    return _repeated(found)


def _group_pages(viewers: Sequence[tuple[Client, Account]], draw: np.random.Generator) -> list[Visit]:
    found: list[Visit] = []
    for browser, account in viewers:
        slugs = list(Group.objects.filter(memberships__account=account).values_list("slug", flat=True))
        for slug in draw.choice(sorted(slugs), size=min(5, len(slugs)), replace=False):
            address = reverse("groups:show-group", args=[str(slug)])
            found += [(browser, path) for path in _pages(browser, address)]
    return _repeated(found)


def _threads(
    viewers: Sequence[tuple[Client, Account]], made: Community, draw: np.random.Generator
) -> list[Visit]:
    """Posts that these viewers may read: the newest of theirs, and long ones."""
    found: list[Visit] = []
    most = min(len(made.long_threads), ASKED * 4)
    long_ones = [made.long_threads[each] for each in draw.choice(len(made.long_threads), most, replace=False)]
    for browser, account in viewers:
        listed = Post.objects.listed_for(account).select_related("group")
        newest = listed.filter(group__memberships__account=account).order_by("-written_at")[: ASKED // 20]
        some = [*newest, *listed.filter(pk__in=long_ones)[: ASKED // 20]]
        found += [(browser, reverse("groups:show-post", args=[each.group.slug, each.pk])) for each in some]
    return _repeated(found)


def _very_long(viewers: Sequence[tuple[Client, Account]], made: Community) -> list[Visit]:
    """The first, a middle and the last page of posts that thousands answered."""
    posts = Post.objects.filter(pk__in=made.very_long_threads).select_related("group")
    paths = [reverse("groups:show-post", args=[each.group.slug, each.pk]) for each in posts]
    asked = [f"{path}?page={number}" for path in paths for number in (1, 15, 999)]
    return _repeated([(browser, path) for browser, _account in viewers for path in asked])


def _pages(browser: Client, address: str) -> list[str]:
    """The first pages of a list, as whoever reads on asks for them."""
    paths = [address]
    while len(paths) < PAGES:
        older = OLDER.search(browser.get(paths[-1]).content.decode())
        if older is None:
            break
        paths.append(f"{address}?before={older.group(1)}")
    return paths


def _repeated(visits: list[Visit]) -> list[Visit]:
    return [visits[number % len(visits)] for number in range(ASKED)]


def _timed(browser: Client, path: str) -> float:
    before = time.perf_counter()
    status = browser.get(path).status_code
    if status != 200:
        raise DidNotAnswer(path, status)
    return (time.perf_counter() - before) * 1000
