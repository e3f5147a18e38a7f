"""No page reads all of a table that grows with the members: an index finds what it asks for."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from positivesocials.accounts.models import Role
from positivesocials.config import policy
from positivesocials.config.rules import Relation
from tests.permissions.asking import Viewer, object_of, path_of

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite",
    reason="with few rows PostgreSQL reads a table whole whatever indexes it has",
)
# What an operator and editors make, or one row a day. An index only tells in which order it is read.
FEW = {"core_instance", "membership_membercount", "articles_newspage", "wagtailcore_page"}
FEW |= {"newsletter_topic", "claims_claim", "claims_claimchange", "care_ownline"}
# Read into memory when an editor has changed something.
FEW |= {"search_head", "search_document", "search_wordgroup"}
# Reads everybody while a site is small, where each one is looked at; later the engine answers from memory.
LOOKED_AT = {"profiles_profile"}
# Needs the secret address of a new site, once.
FIRST = "home:first-operator"


def asked(site, path) -> Iterator[tuple[str, str]]:
    """Each question that the page asks, with the database that is asked."""
    with ExitStack() as stack:
        heard = {
            alias: stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections
        }
        site.ask(Viewer(Relation.OWNER), "GET", path)
    for alias, questions in heard.items():
        for question in questions.captured_queries:
            if question["sql"].startswith("SELECT"):
                yield alias, question["sql"]


def read_whole(alias: str, sql: str) -> set[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + sql.replace("%", "%%"))
        steps = [str(row[3]) for row in cursor.fetchall()]
    names = {step.split()[1] for step in steps if step.startswith("SCAN ")}
    return {_table(name, sql) for name in names}


def _table(name: str, sql: str) -> str:
    """Of two subqueries both may call theirs by the same letter."""
    return "/".join(sorted(set(re.findall(rf'"(\w+)" {name}\b', sql)))) or name


def test_every_question_of_every_page_of_a_member_is_answered_by_an_index(site):
    rows = [row for row in policy.ROWS if "GET" in row.methods and Role.MEMBER in row.who]
    pages = {path_of(row, object_of(row, site.world)) for row in rows if row.route != FIRST}

    found = {
        (path, table, sql)
        for path in pages
        for alias, sql in asked(site, path)
        for table in read_whole(alias, sql) - FEW - LOOKED_AT
    }

    assert found == set()


def test_a_question_without_an_index_is_seen(site):
    assert read_whole("default", 'SELECT "id" FROM "accounts_account" WHERE "is_active"') == {
        "accounts_account"
    }
