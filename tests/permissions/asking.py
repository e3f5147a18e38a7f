"""Asking the site as anybody, and telling the answers apart."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote_to_bytes, urlencode
from uuid import UUID

from django.db import connections, transaction
from django.test import Client
from django.test.client import FakePayload
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from conftest import show_passkey
from positivesocials.accounts.models import Account, Role, Session
from positivesocials.config import rows, rules
from positivesocials.config.rows import Row
from positivesocials.config.rules import Refusal, Relation
from positivesocials.matching import index
from tests.guarded import wrong_with
from tests.normalise import normalised
from tests.permissions import world as worlds

ABSENT = UUID("00000000-0000-4000-8000-000000000000")
FORM = "application/x-www-form-urlencoded"
CONTEXTS: list[Any] = get_resolver().url_patterns
# What an address needs besides the object of its rule.
MORE = {
    "section": "self",
    "step": "you",
    "purpose": "read",
    "kind": "post",
    "question": "q1",
    "size": "small",
    "form": "rss",
    "other_id": ABSENT,
}
MORE_OF = {
    "privacy:give-consent": {"purpose": "learning"},
    "privacy:withdraw-consent": {"purpose": "circles"},
}

Pairs = tuple[tuple[str, str], ...]


def _routes() -> dict[str, URLPattern]:
    """Every route of ours by its name. What lies on the desk goes with its prefix."""
    return {
        f"{context.namespace}:{route.name}": route
        for context in CONTEXTS
        if context.namespace
        for route in context.url_patterns
    }


ROUTES = _routes()


@dataclass(frozen=True)
class Viewer:
    """Somebody who looks: a person of the world or nobody that is known, in a role."""

    who: Relation | None
    role: str = Role.MEMBER

    @property
    def name(self) -> str:
        if self.who is None:
            return self.role
        return (
            self.who.name.lower() if self.role == Role.MEMBER else f"{self.who.name.lower()} as {self.role}"
        )


GUEST = Viewer(None, rows.GUEST)
UNCONFIRMED = Viewer(None, rows.UNCONFIRMED)
VIEWERS = [
    GUEST,
    UNCONFIRMED,
    *(Viewer(who) for who in Relation),
    *(Viewer(Relation.STRANGER, role) for role in (Role.EDITOR, Role.MODERATOR, Role.OPERATOR)),
]


class Site:
    """The site with its world, asked one request at a time: whatever a request did is undone."""

    def __init__(self, world: worlds.World) -> None:
        self.world = world
        who = [*Relation, rows.GUEST, rows.UNCONFIRMED]
        self.clients: dict[Relation | str, Client] = {each: Client() for each in who}
        for relation, account in world.people.items():
            self.clients[relation].force_login(account)
        self._prove()
        # Clicks are undone here, so that a session would end while its owner is still asking.
        Session.objects.update(expires_at=timezone.now() + timedelta(days=1))
        for client in self.clients.values():
            client.handler.load_middleware()

    def _prove(self) -> None:
        """Everybody shows a passkey, so that relation and role alone decide what is answered."""
        for relation, account in self.world.people.items():
            show_passkey(self.clients[relation], account)

    def signed_out(self) -> list[str]:
        """Whoever is taken for a guest although they are none: what they ask would say nothing."""
        return [who.name for who in Relation if self.ask(Viewer(who), "GET", "/home/").status_code != 200]

    def ask(self, viewer: Viewer, method: str, path: str, body: Any = None, **more: Any) -> Any:
        with undone():
            return self.do(viewer, method, path, body, **more)

    def do(self, viewer: Viewer, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The same, for whoever undoes it themselves."""
        if viewer.who is not None and viewer.role != Role.MEMBER:
            Account.objects.filter(pk=self.world.people[viewer.who].pk).update(role=viewer.role)
        client: Any = self.clients[viewer.who or viewer.role]
        # Not through the client: it keeps a copy of everything that a template was told.
        response = client.handler(_environ(client, method, path, body, more))
        assert wrong_with(response, path) == [], (method, path, response.status_code)
        return response


def _environ(client: Any, method: str, path: str, body: Any, more: dict[str, Any]) -> dict[str, Any]:
    plain, _, query = path.partition("?")
    sent = body if isinstance(body, bytes) else urlencode(body or (), errors="surrogatepass").encode()
    told = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(plain).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(sent)),
        "wsgi.input": FakePayload(sent),
    }
    if method == "POST":
        told["CONTENT_TYPE"] = FORM
    environ: dict[str, Any] = client._base_environ(**{**told, **more})
    return environ


@contextmanager
def undone() -> Iterator[None]:
    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)
    index._opened.clear()


def outcome(response: Any) -> Refusal | str:
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


def masked(response: Any, ids: dict[str, Any]) -> Any:
    """Ready to be compared; an address that somebody typed tells them nothing."""
    status, headers, body = normalised(response)
    for value, other in zip(map(str, ids.values()), map(str, absent(ids).values()), strict=True):
        # As a word of its own: a language's two letters stand inside of many others.
        words = "|".join(map(re.escape, {value, quote(value, safe="")}))
        as_typed = re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")
        body = as_typed.sub(other, body.decode("utf-8", "replace")).encode()
        headers = {name: as_typed.sub(other, text) for name, text in headers.items()}
    headers.pop("Content-Length", None)
    return status, headers, body


def someone(row: Row) -> Relation:
    """A person whom the rule admits."""
    first = [Relation.OWNER, Relation.STRANGER, Relation.MATCH]
    return next((who for who in first if who in row.rule.admits), next(iter(row.rule.admits), Relation.OWNER))


def body_of(row: Row, method: str) -> dict[str, str] | None:
    return {"as": worlds.card()} if row.rule is rules.DEMO and method == "POST" else None
