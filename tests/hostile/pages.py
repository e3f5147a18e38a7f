"""Hostile requests to every address, as a person whom it admits. No answer may be a failure of the server."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

from django.test import override_settings

from positivesocials.accounts.models import Role
from positivesocials.config import policy, rows
from positivesocials.config.rows import Row
from positivesocials.config.rules import Refusal, Relation
from positivesocials.core.models import Instance
from positivesocials.demo import material
from tests.hostile import inputs
from tests.hostile.inputs import Pairs
from tests.permissions.asking import GUEST, ROUTES, Site, Viewer, object_of, outcome, path_of, someone
from tests.permissions.diary import LAST, Page

POSTS = [row for row in policy.ROWS if "POST" in row.methods]
GETS = [row for row in policy.ROWS if "GET" in row.methods and row.route not in LAST]
# What the views read out of an address: tests/hostile/test_pages.py compares it with their source.
QUERY = ["page", "undo", "in", "as", "show", "to", "before", "country", "for", "next", "t", "reply", "take"]
# What is sent to addresses that no page shows a form for as it stands.
FIELDS: dict[str, Pairs] = {
    "accounts:set-password": [("password", "a long enough sentence")],
    "core:set-language": [("language", "es"), ("next", "/")],
    "core:set-theme": [("theme", "dark"), ("next", "/")],
    "demo:sign-in": [("as", next(iter(material.cards())).person)],
    "events:answer": [("says", "maybe"), ("remind", "day")],
    "events:suggest-alias": [("says", "maybe"), ("remind", "day")],
    "polls:vote": [("option", "1")],
    "groups:preview-post": [("text", "Hello"), ("title", ""), ("voice", "name"), ("alias", "Heron")],
    "groups:reply-to-post": [("text", "Hello"), ("voice", ""), ("parent_id", ""), ("client_key", "k")],
    "groups:preview-reply": [("text", "Hello"), ("voice", ""), ("quotes", "on"), ("mentions", "")],
    "groups:keep-draft": [("text", "Hel"), ("title", ""), ("note", ""), ("draft", "0")],
    "groups:keep-reply-draft": [("text", "Hel"), ("draft", "0"), ("drop", "")],
    "groups:support": [("sign", "thanks"), ("on", ""), ("back", "")],
    "groups:suggest-alias": [("text", "Hello"), ("title", ""), ("client_key", "k")],
    "matching:save-wishes": [("kinds", "individual"), ("band", "1"), ("goals", ""), ("mode", "friends")],
    "matching:take-step": [("step", "anywhere"), ("mode", "friends")],
    "messaging:react": [("sign", "heart")],
    "messaging:take-reaction-back": [("sign", "heart")],
    "messaging:keep-draft": [("text", "Hel"), ("draft", "0")],
    "messaging:search": [("words", "Hello"), ("further", "")],
    "messaging:send-message": [("text", "Hello"), ("client_key", "k"), ("reply_to", ""), ("shown", "")],
    "moderation:remove-item": [("reason", "Rule two")],
    "newsletter:leave": [("List-Unsubscribe", "One-Click")],
    "onboarding:draw": [("name", "Heron")],
    "replies:edit-own": [("text", "Hello again")],
}
HEADERS = [
    *(
        "HTTP_HOST",
        "HTTP_ACCEPT_LANGUAGE",
        "HTTP_REFERER",
        "HTTP_X_FORWARDED_FOR",
        "HTTP_COOKIE",
        "HTTP_ORIGIN",
    ),
    *("HTTP_ACCEPT", "HTTP_SEC_FETCH_SITE", "HTTP_SEC_FETCH_MODE", "HTTP_IF_NONE_MATCH", "HTTP_RANGE"),
    *("HTTP_IF_MODIFIED_SINCE", "HTTP_USER_AGENT", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO"),
    *("HTTP_X_CSRFTOKEN", "HTTP_X_HTTP_METHOD_OVERRIDE", "CONTENT_TYPE", "HTTP_HX_REQUEST", "REMOTE_ADDR"),
]
TYPED = [
    *(
        "es;q=nan,ar;q=1e999",
        "*;q=-1," * 300,
        "a" * 3000,
        "x, 127.0.0.1, ]",
        "[::1",
        "::ffff:1.2.3.4",
        "fe80::1%eth0",
    ),
    *(
        "http://[",
        "//",
        "https://testserver:99999999/",
        "null",
        'W/"',
        "bytes=9-1",
        "Thu, 99 Abc 2026",
        "\x80\xff",
    ),
    *(
        "sessionid=; =;;",
        "ps_session=" + "a" * 4000,
        'a="\x01',
        "theme=<b>; language=../..",
        "testserver\tx",
        "a b",
    ),
]


def viewer_of(row: Row) -> Viewer:
    if row.route in {"accounts:log-in", "demo:sign-in"} or not rows.MEMBERS & row.who:
        return GUEST
    roles = [Role.MEMBER, Role.MODERATOR, Role.EDITOR, Role.OPERATOR]
    role = next(role for role in roles if role in row.who)
    who = someone(row)
    return Viewer(who if role == Role.MEMBER or who != Relation.OWNER else Relation.STRANGER, role)


def body_of(site: Site, row: Row, viewer: Viewer, path: str) -> Pairs:
    """What the form at this address would send, from its own page where it has one."""
    if row.route in FIELDS:
        return FIELDS[row.route]
    response = site.ask(viewer, "GET", path)
    if not response.get("Content-Type", "").startswith("text/html") or "GET" not in row.methods:
        return []
    found = [each for each in Page(response.content.decode(), path).found if each.method == "POST"]
    return next((list(each.body) for each in found if each.path == path), [])


@contextmanager
def in_place(row: Row) -> Iterator[None]:
    """Demo pages are there in a demo."""
    is_demo = row in policy.DEMO_ONLY
    Instance.objects.update(is_demo=is_demo)
    with override_settings(DEMO=is_demo):
        yield


def posts(site: Site, count: int) -> Iterator[tuple[Row, list[str]]]:
    for row in POSTS:
        viewer, path = viewer_of(row), path_of(row, object_of(row, site.world))
        with in_place(row):
            sent = inputs.bodies(row.route, body_of(site, row, viewer, path), count)
            told = [send(site, viewer, "POST", path, body, kind) for body, kind in sent]
        yield row, list(filter(None, told))


def queries(site: Site, count: int) -> Iterator[tuple[Row, list[str]]]:
    for row in GETS:
        viewer, path = viewer_of(row), path_of(row, object_of(row, site.world))
        with in_place(row):
            told = [send(site, viewer, "GET", path + query) for query in _queries(row, count)]
        yield row, list(filter(None, told))


def _queries(row: Row, count: int) -> Iterator[str]:
    for number in range(count):
        draw = random.Random(f"{row.route} {number}")
        pairs = [(name, draw.choice(inputs.values())[:2000]) for name in QUERY]
        yield "?" + urlencode(pairs, errors="surrogatepass")


def paths(site: Site, count: int) -> Iterator[tuple[Row, list[str]]]:
    """Each part of an address that names something, replaced `count` times."""
    for row in policy.ROWS:
        names = ROUTES[row.route].pattern.converters
        viewer, method = viewer_of(row), "GET" if "GET" in row.methods else "POST"
        whole = path_of(row, object_of(row, site.world))
        draw = random.Random(row.route)
        values = [(name, value) for name in names for value in draw.sample(PARTS, count)]
        asked = [_replaced(site, row, whole, name, value) for name, value in values]
        yield row, list(filter(None, [send(site, viewer, method, path) for path in asked]))


PARTS = [
    "%00",
    "%ff%fe",
    "..%2f..",
    "%ed%a0%80",
    "a" * 3000,
    "%E2%80%AE",
    "0",
    "%0d%0aX: y",
    "%252e",
    " ",
    "{{7}}",
]


def _replaced(site: Site, row: Row, whole: str, name: str, value: str) -> str:
    own = object_of(row, site.world).get(name)
    return whole.replace(quote(str(own)), value) if own else whole.rstrip("/") + f"{value}/"


def headers(site: Site, count: int) -> Iterator[tuple[str, list[str]]]:
    """A few addresses that read more than others."""
    asked = [("GET", "/"), ("GET", "/home/"), ("GET", "/news/"), ("POST", "/log-in/"), ("POST", "/language/")]
    for method, path in asked:
        viewer, broken = Viewer(Relation.OWNER) if path == "/home/" else GUEST, []
        for number in range(count):
            draw = random.Random(f"{method} {path} {number}")
            names = draw.sample(HEADERS, draw.choice((1, 1, 2, len(HEADERS))))
            more = {name: _as_header(draw.choice(TYPED + inputs.values())) for name in names}
            told = send(site, viewer, method, path, [("login", "a"), ("next", more[names[0]])], **more)
            broken += [told] if told else []
        yield f"{method} {path}", broken


def _as_header(text: str) -> str:
    """No server lets a line break into a header."""
    flat = text.replace("\n", " ").replace("\r", " ").replace("\x00", " ")
    return flat.encode("utf-8", "surrogatepass").decode("latin-1")[:4000]


def send(
    site: Site, viewer: Viewer, method: str, path: str, body: Any = None, kind: str = inputs.FORM, **more: str
) -> str:
    """What broke, or nothing."""
    if method == "POST":
        more.setdefault("CONTENT_TYPE", kind)
    told = f"for {viewer.name}: {method} {path:.120} {body!r:.300} {more!r:.200}"
    try:
        response = site.ask(viewer, method, path, body, **more)
    except Exception as error:
        return f"{type(error).__name__} {told}"
    failed = outcome(response) == "error" or b"Traceback" in response.content
    return f"{response.status_code} {told}" if failed else ""


def reaches(site: Site, row: Row) -> bool:
    """Whether the viewer of a form comes as far as what it does with what was typed."""
    viewer, path = viewer_of(row), path_of(row, object_of(row, site.world))
    with in_place(row):
        response = site.ask(viewer, "POST", path, body_of(site, row, viewer, path))
    refused = {Refusal.LOG_IN, Refusal.NOT_THERE, Refusal.LINK_ENDED, "forbidden", "method refused"}
    return outcome(response) not in refused
