"""Every address has its row in the policy, and what has none lies below a prefix."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import URLPattern

from positivesocials.accounts.models import Role
from positivesocials.articles.desk import PREFIX
from positivesocials.config import policy, rows
from positivesocials.config.rules import Refusal, Relation
from tests.permissions.asking import ABSENT, CONTEXTS, GUEST, ROUTES, Viewer, outcome


def test_every_route_has_a_row_and_every_row_a_route():
    assert [row.route for row in policy.ROWS] == list(dict.fromkeys(row.route for row in policy.ROWS))
    assert {row.route for row in policy.ROWS} == set(ROUTES)


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


def test_nothing_on_the_desk_is_there_for_who_is_no_editor(site, cells):
    # The site's own log-out and devices answer for these two.
    for pattern in set(apart()) - {"desk/logout/", "desk/account/"}:
        path = "/" + re.sub(r"<(int|str|slug):\w+>", "1", re.sub(r"<uuid:\w+>", str(ABSENT), pattern))
        if re.search(r"[<(*$^]", path):
            continue
        for method in ("GET", "POST"):
            assert outcomes(site, method, path) == (Refusal.LOG_IN, Refusal.NOT_THERE), path
            cells["desk"] += 2


def outcomes(site, method, path):
    return tuple(outcome(site.ask(viewer, method, path)) for viewer in (GUEST, Viewer(Relation.OWNER)))


@pytest.mark.parametrize("role", [rows.GUEST, *Role.values])
def test_the_desk_is_for_editors(role, site, cells):
    viewer = GUEST if role == rows.GUEST else Viewer(Relation.OWNER, role)
    expected = {rows.GUEST: Refusal.LOG_IN, Role.EDITOR: "reached", Role.OPERATOR: "reached"}

    assert outcome(site.ask(viewer, "GET", "/desk/")) == expected.get(role, Refusal.NOT_THERE)
    cells["desk"] += 1


@pytest.mark.parametrize("row", policy.ROWS, ids=lambda row: row.route)
def test_the_guard_of_a_rule_exists(row):
    module, _, name = row.rule.guard.rpartition(".")

    assert not name or callable(getattr(import_module(f"positivesocials.{module}"), name))
