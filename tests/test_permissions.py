"""Every address, by every role, with every method and as every relation: held to config/policy.py."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlencode
from uuid import UUID

import pytest
from django.db import connections, transaction
from django.test import Client
from django.test.client import FakePayload
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from positivesocials.accounts.models import Account, Role, Session
from positivesocials.articles.desk import PREFIX
from positivesocials.config import policy
from positivesocials.config.policy import GUEST, Refusal, Relation, Row
from positivesocials.core.models import Instance
from positivesocials.matching import index
from positivesocials.safety.models import Block
from tests import world as worlds
from tests.normalise import normalised

ABSENT = UUID("00000000-0000-4000-8000-000000000000")
UNLISTED = ("PUT", "DELETE")
CELLS: Counter[str] = Counter()
# What an address needs besides the object of its rule.
MORE = {"section": "self", "step": "you", "purpose": "read", "kind": "post"}
MORE_OF = {"privacy:withdraw-consent": {"purpose": "circles"}}
MOST_RECORDED = 80
REPLAYED_AS = [None, *(who for who in Relation if who != Relation.OWNER)]


CONTEXTS: list[Any] = get_resolver().url_patterns


def routes() -> dict[str, URLPattern]:
    """Every route of ours by its name. What lies on the desk goes with its prefix."""
    return {
        f"{context.namespace}:{route.name}": route
        for context in CONTEXTS
        if context.namespace
        for route in context.url_patterns
    }


ROUTES = routes()
BY_NAME = {row.route: row for row in policy.ROWS}


@pytest.fixture(scope="module")
def built(request, django_db_setup, django_db_blocker) -> Iterator[worlds.World]:
    """One world for all tests here, in transactions that are rolled back after the last."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        Instance.objects.update_or_create(only=1, defaults={"opened_at": timezone.now()})
        yield worlds.build()
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    told = ", ".join(f"{count} by {kind}" for kind, count in CELLS.items())
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\npolicy: {sum(CELLS.values())} cells ({told})")


@pytest.fixture(scope="module")
def clients(built) -> dict[Relation | None, Client]:
    """Everybody logged in."""
    found = {who: Client() for who in (None, *Relation)}
    for who, account in built.people.items():
        found[who].force_login(account)
    for client in found.values():
        client.handler.load_middleware()
    return found


@pytest.fixture
def ask(db, built, clients):
    """A function that sends one request as somebody, and undoes whatever it did."""

    def send(who: Relation | None, method: str, path: str, *, role: str = Role.MEMBER, data=None):
        with undone():
            if who is not None and role != Role.MEMBER:
                Account.objects.filter(pk=built.people[who].pk).update(role=role)
            # Not through the client: it keeps a copy of everything that a template was told.
            return clients[who].handler(_environ(clients[who], method, path, data))

    return send


def _environ(client: Any, method: str, path: str, data: dict[str, str] | None) -> dict[str, Any]:
    plain, _, query = path.partition("?")
    sent = urlencode(data or {}).encode()
    told = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(plain).decode("latin-1"),
        "QUERY_STRING": query,
    }
    if method == "POST":
        told["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
    return client._base_environ(**told, CONTENT_LENGTH=str(len(sent)), **{"wsgi.input": FakePayload(sent)})


@contextmanager
def undone():
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    index._opened.clear()


def outcome(response) -> Refusal | str:
    """Which refusal this is, or what else was answered."""
    if response.status_code == 302 and response["Location"].startswith("/log-in/?next="):
        return Refusal.LOG_IN
    known = {404: Refusal.NOT_THERE, 410: Refusal.LINK_ENDED, 405: "method refused", 403: "forbidden"}
    return "error" if response.status_code >= 500 else known.get(response.status_code, "reached")


def path_of(row: Row, ids: dict[str, Any]) -> str:
    names = ROUTES[row.route].pattern.converters
    known = MORE | MORE_OF.get(row.route, {}) | ids
    return reverse(row.route, kwargs={name: known[name] for name in names})


def object_of(row: Row, world: worlds.World) -> dict[str, Any]:
    return world.routes.get(row.route) or world.ids.get(row.rule, {})


def absent(ids: dict[str, Any]) -> dict[str, Any]:
    """The same address for an object that does not exist."""
    told: dict[str, Any] = {name: value for name, value in ids.items() if isinstance(value, UUID)}
    gone = told or dict.fromkeys(ids, "nothing-of-the-kind")
    return ids | {name: ABSENT if name in told else gone[name] for name in gone}


def masked(response, ids: dict[str, Any]) -> Any:
    """Ready to be compared; an address that somebody typed tells them nothing."""
    status, headers, body = normalised(response)
    for value, other in zip(map(str, ids.values()), map(str, absent(ids).values()), strict=True):
        body = body.replace(value.encode(), other.encode())
        for typed in (value, quote(value, safe="")):
            headers = {name: text.replace(typed, other) for name, text in headers.items()}
    headers.pop("Content-Length", None)
    return status, headers, body


def someone(row: Row) -> Relation:
    """A person whom the rule admits."""
    first = [Relation.OWNER, Relation.STRANGER, Relation.MATCH]
    return next((who for who in first if who in row.rule.admits), next(iter(row.rule.admits), Relation.OWNER))


def body_of(row: Row, method: str) -> dict[str, str] | None:
    return {"as": worlds.card()} if row.rule is policy.DEMO and method == "POST" else None


@pytest.fixture
def demo(request, settings, db):
    """Demo pages are there in a demo; all else is tried on a site of one's own."""
    settings.DEMO = request.node.callspec.params["row"] in policy.DEMO_ONLY
    Instance.objects.update(is_demo=settings.DEMO)


every_row = pytest.mark.parametrize("row", policy.ROWS, ids=lambda row: row.route)


def test_every_route_has_a_row_and_every_row_a_route():
    assert [row.route for row in policy.ROWS] == list(dict.fromkeys(row.route for row in policy.ROWS))
    assert set(BY_NAME) == set(ROUTES)


def test_what_has_no_row_of_its_own_lies_below_a_prefix(settings):
    server = import_module("positivesocials.config.asgi").__file__

    assert [path for path in apart() if not path.startswith(PREFIX)] == []
    assert [prefix.path for prefix in policy.PREFIXES] == [PREFIX, settings.STATIC_URL[1:], "live/"]
    assert '"/live/"' in Path(str(server)).read_text()


def apart() -> list[str]:
    """The patterns that stand in no context's namespace."""
    return [path for entry in CONTEXTS if not entry.namespace for path in _in(entry)]


def _in(entry, before="") -> Iterator[str]:
    here = before + str(entry.pattern).removeprefix("^")
    if isinstance(entry, URLPattern):
        yield here
    else:
        for each in entry.url_patterns:
            yield from _in(each, here)


def test_nothing_on_the_desk_is_there_for_who_is_no_editor(ask):
    # The site's own log-out and devices answer for these two.
    for pattern in set(apart()) - {"desk/logout/", "desk/account/"}:
        path = "/" + re.sub(r"<(int|str|slug):\w+>", "1", re.sub(r"<uuid:\w+>", str(ABSENT), pattern))
        if re.search(r"[<(*$^]", path):
            continue
        for method in ("GET", "POST"):
            assert outcome(ask(None, method, path)) == Refusal.LOG_IN, path
            assert outcome(ask(Relation.OWNER, method, path)) == Refusal.NOT_THERE, path
            CELLS["desk"] += 2


@pytest.mark.parametrize("role", [GUEST, *Role.values])
def test_the_desk_is_for_editors(role, ask):
    who = None if role == GUEST else Relation.OWNER
    expected = {GUEST: Refusal.LOG_IN, Role.EDITOR: "reached", Role.OPERATOR: "reached"}

    assert outcome(ask(who, "GET", "/desk/", role=role)) == expected.get(role, Refusal.NOT_THERE)
    CELLS["desk"] += 1


@every_row
def test_the_guard_of_a_rule_exists(row):
    module, _, name = row.rule.guard.rpartition(".")

    assert not name or callable(getattr(import_module(f"positivesocials.{module}"), name))


@every_row
def test_each_role_gets_what_its_row_says(row, ask, built, demo):
    path = path_of(row, object_of(row, built))
    for method in ("GET", "POST", "HEAD", *UNLISTED):
        for role in (GUEST, *Role.values) if method != "HEAD" else (GUEST, Role.MEMBER):
            who = None if role == GUEST else someone(row)
            response = ask(who, method, path, role=role, data=body_of(row, method))
            assert is_as_said(row, role, method, response), (role, method, response.status_code, path)
            CELLS["roles"] += 1


def is_as_said(row: Row, role: str, method: str, response) -> bool:
    refusal, got = row.refusal(role), outcome(response)
    if method == "HEAD" and "GET" in row.methods:
        return got in {refusal or "reached", "method refused"}
    if method not in row.methods:
        return got == "method refused" or (refusal is not None and got == refusal)
    return got == (refusal or "reached")


def cases_of(row: Row, world: worlds.World):
    if row.rule.admits != policy.EVERYBODY or row.rule.refusal == Refusal.NOTHING:
        yield object_of(row, world), row.rule.admits
    for (route, _), (ids, admits) in world.others.items():
        if route == row.route:
            yield ids, admits


@every_row
def test_each_relation_gets_what_the_rule_says(row, ask, built, demo):
    roles = [role for role in Role.values if role in row.who]
    for ids, admits in cases_of(row, built):
        path, nowhere = path_of(row, ids), path_of(row, absent(ids))
        for method in sorted(row.methods):
            for who in Relation:
                for role in roles if who == Relation.STRANGER else roles[:1]:
                    here = ask(who, method, path, role=role)
                    told = (who, role, method, here.status_code, path)
                    CELLS["relations"] += 1
                    if who in admits:
                        assert outcome(here) == "reached", told
                    else:
                        there = ask(who, method, nowhere, role=role)
                        assert are_equal(here, there, ids), told
                        assert outcome(here) == row.rule.refusal or row.rule.refusal == Refusal.NOTHING, told


def are_equal(here, there, ids: dict[str, Any]) -> bool:
    # One's own id stands in one's own addresses: there the unmasked answers are compared.
    return masked(here, ids) == masked(there, absent(ids)) or normalised(here) == normalised(there)


@every_row
def test_guests_learn_nothing_from_an_id(row, ask, built, demo):
    ids = object_of(row, built)
    if GUEST in row.who and row.rule is not policy.REPORTABLE:
        for method in sorted(row.methods) if ids else []:
            response = ask(None, method, path_of(row, absent(ids)))
            assert outcome(response) in {row.rule.refusal, "reached"}
            CELLS["guests"] += 1
        return
    for method in sorted(row.methods):
        here, there = (ask(None, method, path_of(row, each)) for each in (ids, absent(ids)))
        assert masked(here, ids) == masked(there, absent(ids))
        CELLS["guests"] += 2


class Diary(HTMLParser):
    """Where the links and forms of a page lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: dict[tuple[str, str], None] = {}
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        found = {"a": told.get("href"), "form": told.get("action"), "button": told.get("formaction")}.get(tag)
        posts = tag != "a" and (told.get("method") or "post").lower() == "post"
        if found and found.startswith("/") and not found.startswith(("/static/", "/desk/")):
            self.links["POST" if posts else "GET", found.partition("#")[0]] = None


@pytest.fixture
def day(ask, built, recorded) -> list[tuple[str, str]]:
    """Every request that the owner's pages offer to her, and what her pages ask for by script."""
    if recorded:
        return recorded
    news = reverse("messaging:show-all-news", args=[built.ids[policy.SEAT]["conversation_id"]])
    starts = ["/home/", "/me/", "/people/", "/conversations/", "/groups/welcome/", "/couple/", news]
    known = dict.fromkeys(("GET", path) for path in starts)
    waiting = list(known)
    while waiting and len(known) < MOST_RECORDED:
        method, path = waiting.pop(0)
        response = ask(Relation.OWNER, method, path) if method == "GET" else None
        if response is not None and response.get("Content-Type", "").startswith("text/html"):
            new = [each for each in Diary(response.content.decode()).links if each not in known]
            known |= dict.fromkeys(new)
            waiting += new
    recorded += known
    return recorded


@pytest.fixture(scope="module")
def recorded() -> list[tuple[str, str]]:
    return []


# What she shows to some. Everything else that is hers is for nobody.
GRANTED = {
    Relation.FITTING: {"pronouns", "prompt"},
    Relation.MATCH: {"pronouns", "prompt", "message"},
    Relation.PARTNER: {"couple"},
}


@pytest.mark.parametrize("who", REPLAYED_AS, ids=lambda who: who.name.lower() if who else GUEST)
def test_replaying_her_day_gives_nobody_what_is_hers(who, day, ask):
    roles = [Role.MEMBER, *policy.STAFF] if who == Relation.STRANGER else [Role.MEMBER]
    hers = worlds.CANARIES if who in {Relation.BLOCKED, Relation.BLOCKER} else worlds.PRIVATE
    kept = {kind: canary.encode() for kind, canary in hers.items() if kind not in GRANTED.get(who, ())}
    for method, path in day:
        for role in roles:
            response = ask(who, method, path, role=role)
            CELLS["replayed"] += 1
            seen = {kind for kind, canary in kept.items() if canary in response.content}
            assert not seen, (method, path, role)
            assert response.status_code < 500, (method, path, role)


def test_her_day_shows_her_all_that_the_replay_looks_for(day, ask):
    pages = b"".join(ask(Relation.OWNER, *each).content for each in day if each[0] == "GET")

    assert [kind for kind, canary in worlds.CANARIES.items() if canary.encode() not in pages] == []


def test_ending_what_is_somebody_elses_does_nothing(ask, built, clients):
    ids = {rule: built.ids[rule] for rule in (policy.OWN_SESSION, policy.OWN_BLOCK)}
    client = clients[Relation.STRANGER]
    with undone():
        for row in policy.ROWS:
            if row.rule in ids:
                client.post(path_of(row, ids[row.rule]))

        assert Session.objects.filter(pk=ids[policy.OWN_SESSION]["session_id"]).exists()
        assert Block.objects.filter(together=ids[policy.OWN_BLOCK]["together"]).exists()
