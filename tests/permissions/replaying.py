"""The requests of everybody sent again as everybody else, and with each id swapped for somebody else's.

A leak is a word that the sender was not granted, a failure of the server, or a change to what belongs to
another alone: whoever may not even see a thing must not be able to alter it.
"""

import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.urls import Resolver404, resolve

from positivesocials.accounts.models import Role
from positivesocials.config import policy
from positivesocials.profiles.models import CoupleLink
from tests.permissions import canaries
from tests.permissions.asking import VIEWERS, Site, Viewer, undone
from tests.permissions.diary import Day, Request

SEED = 1
ROWS = {row.route: row for row in policy.ROWS}
# Where the id of the one whom a row belongs to alone stands.
OWNED = {
    "accounts.Account": "id",
    "accounts.Session": "account_id",
    "profiles.Persona": "account_id",
    "profiles.Profile": "account_id",
    "profiles.PersonCheck": "account_id",
    "matching.Preferences": "profile__account_id",
    "matching.Answers": "profile__account_id",
    "groups.Post": "author_id",
    "groups.PostPhoto": "account_id",
    "feed.Follow": "account_id",
    "feed.MutedGroup": "account_id",
    "feed.MutedWriter": "account_id",
    "replies.Reply": "author_id",
    "messaging.Message": "author_id",
    "messaging.Reaction": "author_id",
    "messaging.Draft": "account_id",
    "messaging.ReadMarks": "account_id",
    "safety.Block": "blocker_id",
    "privacy.Consent": "account_id",
    "moderation.Report": "reporter_id",
}
# What others may well touch: when somebody was last seen, and what a moderator pins.
TOUCHED = {"data", "seen_on", "seen_at", "last_login", "pinned_at", "facet_version", "expires_at"}

Days = dict[Viewer, Day]
Pair = tuple[Viewer, Request]


@dataclass
class Tally:
    replays: int = 0
    leaks: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def pairs(days: Days) -> list[Pair]:
    """Every request of every day as everybody who did not send it."""
    found = [
        (viewer, request)
        for sender, day in days.items()
        for request in day
        for viewer in VIEWERS
        if viewer.who != sender.who or viewer.who is None
    ]
    return list(dict.fromkeys(found))


def swaps(days: Days, *, most: int) -> list[Pair]:
    """Everybody's own requests, with one id at a time swapped for another of its kind."""
    pool: dict[str, dict[str, None]] = defaultdict(dict)
    for day in days.values():
        for request in day:
            for name, value in _ids(request):
                pool[name][value] = None
    draw = random.Random(SEED)
    found = [
        (viewer, _swapped(request, own, other))
        for viewer, day in days.items()
        for request in day
        for name, own in _ids(request)
        for other in draw.sample(sorted(pool[name]), min(most, len(pool[name])))
        if other != own
    ]
    return list(dict.fromkeys(found))


def _ids(request: Request) -> list[tuple[str, str]]:
    try:
        told = resolve(urlsplit(request.path).path).kwargs
    except Resolver404:
        told = {}
    given = [*((name, str(value)) for name, value in told.items()), *request.body]
    return [
        (name, value) for name, value in [*given, *parse_qsl(urlsplit(request.path).query)] if _is_id(value)
    ]


def _is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


def _swapped(request: Request, own: str, other: str) -> Request:
    body = tuple((name, other if value == own else value) for name, value in request.body)
    return Request(request.method, request.path.replace(own, other), body)


def replay(site: Site, todo: list[Pair], step: Callable[[], None] = lambda: None) -> Tally:
    tally = Tally()
    before = belongings()
    for viewer, request in todo:
        with undone():
            writes = Writes()
            with connection.execute_wrapper(writes):
                response = site.do(viewer, request.method, request.path, request.body)
            wrong = altered(site, viewer, request, before) if writes.happened else []
        tally.replays += 1
        sent = f"{request.path} {request.body}"
        told = canaries.leaks(site.world.words, viewer, request.route, response, sent=sent)
        tally.leaks += [f"{each} ({request.method} {request.path})" for each in told + wrong]
        if response.status_code >= 500:
            tally.errors.append(f"{response.status_code} for {viewer.name}: {request.method} {request.path}")
        step()
    tally.errors += [f"{name} was signed out" for name in site.signed_out()]
    return tally


class Writes:
    """Notices whether a request wrote anything but its own session and its rates."""

    QUIET = ("core_ratecount", "accounts_session", "audit_")

    def __init__(self) -> None:
        self.happened = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        verb, _, rest = sql.partition(" ")
        if verb in {"INSERT", "UPDATE", "DELETE"} and not any(table in rest[:60] for table in self.QUIET):
            self.happened = True
        return execute(sql, params, many, context)


Belongings = dict[UUID, dict[tuple[str, UUID], int]]


def belongings() -> Belongings:
    """A fingerprint of every row that belongs to one account alone, by account."""
    found: Belongings = defaultdict(dict)
    # An invitation belongs to both, with the names made for it: either takes it back.
    pairs = CoupleLink.objects.values_list("first_persona_id", "second_persona_id")
    between = {persona for pair in pairs for persona in pair if persona}
    for label, path in OWNED.items():
        model = apps.get_model(label)
        columns = [each.attname for each in model._meta.fields if each.name not in TOUCHED]
        rows = model._default_manager.filter(**{f"{path}__isnull": False})
        if label == "profiles.Persona":
            rows = rows.exclude(pk__in=between)
        for owner, pk, *values in rows.values_list(path, "pk", *columns):
            stored = [bytes(v) if isinstance(v, memoryview) else v for v in values]
            found[owner][label, pk] = hash(repr(stored))
    return found


def altered(site: Site, viewer: Viewer, request: Request, before: Belongings) -> list[str]:
    row = ROWS.get(request.route)
    if row is not None and Role.MEMBER not in row.who:
        # What the staff decide is theirs to alter.
        return []
    after, own = belongings(), site.world.people[viewer.who].pk if viewer.who else None
    return [
        f"{viewer.name} alters {label} of {relation.name.lower()} by {request.route}"
        for relation, account in site.world.people.items()
        if account.pk != own
        for (label, pk), stored in before[account.pk].items()
        if after[account.pk].get((label, pk)) != stored
    ]
