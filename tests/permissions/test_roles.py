"""Every address, with every method, in every role: held to config/policy.py."""

import time

import pytest
from django.conf import settings

from positivesocials.accounts.models import Role
from positivesocials.config import policy, rows, rules
from positivesocials.config.rows import Row
from positivesocials.config.rules import Refusal
from tests.normalise import normalised
from tests.permissions.asking import (
    GUEST,
    UNCONFIRMED,
    Viewer,
    body_of,
    object_of,
    outcome,
    path_of,
    someone,
    undone,
)

UNLISTED = ("PUT", "DELETE")
# Staff pages that have no other page of theirs to go back to: simply not there.
FOR_A_DEMO = {"core:parts"}
STAFF_ROWS = [row for row in policy.ROWS if Role.MEMBER not in row.who and row.who <= rows.STAFF]
every_row = pytest.mark.parametrize("row", policy.ROWS, ids=lambda row: row.route)


def viewers_of(row: Row, method: str) -> list[Viewer]:
    members = [Viewer(someone(row), role) for role in Role.values]
    return [GUEST, UNCONFIRMED, *members] if method != "HEAD" else [GUEST, UNCONFIRMED, members[0]]


@every_row
def test_each_role_gets_what_its_row_says(row, site, world, demo, cells):
    path = path_of(row, object_of(row, world))
    for method in ("GET", "POST", "HEAD", *UNLISTED):
        for viewer in viewers_of(row, method):
            response = site.ask(viewer, method, path, body_of(row, method))
            assert is_as_said(row, viewer, method, response), (viewer, method, response.status_code, path)
            cells["roles"] += 1


@pytest.mark.parametrize("row", STAFF_ROWS, ids=lambda row: row.route)
def test_staff_who_showed_no_passkey_reach_nothing_of_their_work(row, site, world, demo, cells):
    path = path_of(row, object_of(row, world))
    for role in sorted(row.who):
        viewer = Viewer(someone(row), role)
        for method in sorted(row.methods):
            with undone():
                forget_proof(site.clients[viewer.who])
                response = site.do(viewer, method, path)
            asked = response.status_code == 302 and response["Location"].startswith("/prove/?next=")
            assert asked or (row.route in FOR_A_DEMO and response.status_code == 404), (viewer, method, path)
            cells["asleep"] += 1


def forget_proof(browser) -> None:
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()


def is_as_said(row: Row, viewer: Viewer, method: str, response) -> bool:
    # A photo's link is made for one session, so that none is there for the table to hold.
    without_link = row.rule.refusal if row.rule is rules.PHOTO_LINK else None
    refusal, got = row.refusal(viewer.role) or without_link, outcome(response)
    if method == "HEAD" and "GET" in row.methods:
        return got in {refusal or "reached", "method refused"}
    if method not in row.methods:
        return got == "method refused" or (refusal is not None and got == refusal)
    return got == (refusal or "reached")


def test_who_has_not_confirmed_yet_is_let_in_by_the_mailed_link_alone(site, world, cells):
    """A password that nobody has confirmed opens nothing."""
    link, chosen = f"/join/confirm/{world.newcomer.token}/", {"password": world.newcomer.password}
    typed = {"login": world.newcomer.address, "device": "shared", **chosen}
    answer = site.ask(UNCONFIRMED, "POST", "/log-in/", typed)
    unknown = site.ask(UNCONFIRMED, "POST", "/log-in/", typed | {"login": "nobody@example.org"})
    confirmed = site.ask(UNCONFIRMED, "POST", link, {"device": "shared", **chosen})
    other = site.ask(UNCONFIRMED, "POST", "/join/confirm/something-else/", {"device": "shared", **chosen})

    assert normalised(answer)[0] == normalised(unknown)[0] == 200
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    assert settings.SESSION_COOKIE_NAME in confirmed.cookies
    assert outcome(other) == Refusal.LINK_ENDED
    cells["unconfirmed"] += 4


def test_asking_to_join_leaves_a_browser_without_a_session(site):
    typed = {
        "address": "soon@example.org",
        "password": "a long enough sentence",
        "adult": "on",
        "terms": "on",
    }
    answer = site.ask(UNCONFIRMED, "POST", "/join/account/", typed)

    assert answer.status_code == 302
    assert not {**answer.cookies}
