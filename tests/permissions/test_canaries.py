"""Everything reachable, read by everybody: no word of anybody's that they were not granted.

A unique word stands in every sealed field that services can fill. The table in canaries.py says who else may
read which, and where; what is not in the table is a leak, and what is in it and never read is a mistake.
"""

import json
import re

import pytest
from django.apps import apps

from positivesocials.config import rules
from positivesocials.config.rules import Relation
from positivesocials.vault.fields import Sealed
from tests.permissions import canaries
from tests.permissions.asking import ROUTES, VIEWERS
from tests.permissions.canaries import KEPT, UNSHOWN, WORDLESS, ties
from tests.permissions.diary import LAST, Request

# Small numbers that people choose, how often a message was changed, which draft a page knows, how much goes
# with a report; an id of a row is never one.
NUMBERS = {"birth_month", "birth_year", "age_from", "age_to", "band", "version", "draft", "before"}
# Days and years of facts.
NUMBERS |= {"low", "high", "year", "phone"}
# How many can come to an event, how long a poll is open.
NUMBERS |= {"limit", "days"}


def sealed_columns() -> dict[str, list]:
    """Every sealed column with the values that it holds."""
    return {
        f"{model._meta.label}.{field.name}": [
            getattr(row, field.name) for row in model._default_manager.all()
        ]
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, Sealed)
    }


def test_every_sealed_column_holds_a_word_or_says_why_it_cannot(world):
    held = {
        column: {planted.kind for planted in world.words.found_in(json.dumps(values).encode())}
        for column, values in sealed_columns().items()
    }
    said = {column: {kind for kind, kept in KEPT.items() if column in kept.columns} for column in held}

    assert {column for column in held if not held[column]} == set(WORDLESS)
    assert held == said
    assert {planted.kind for planted in world.words.planted.values()} == set(KEPT)


def test_a_column_without_a_word_would_be_noticed(world):
    """The check above reads the columns themselves: an emptied one is missing from it."""
    model = apps.get_model("safety.Block")
    model.objects.update(shown_as=None)

    with pytest.raises(AssertionError, match=r"safety\.Block\.shown_as"):
        test_every_sealed_column_holds_a_word_or_says_why_it_cannot(world)


@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda viewer: viewer.name)
def test_nobody_reads_what_they_were_not_granted(viewer, days, world, cells):
    day = days(viewer)
    pages = {request: response for request, response in day.items() if response is not None}
    found = [
        f"{told} ({request.path})"
        for request, response in pages.items()
        for told in canaries.leaks(world.words, viewer, request.route, response)
    ]

    assert found == []
    assert [request.path for request, response in pages.items() if response.status_code >= 500] == []
    cells["crawled"] += len(pages)


def test_the_crawl_would_notice_a_leak(days, world):
    """A stranger's page with the owner's prompt on it is one, and so is a match's on another page."""
    stranger, match = (next(v for v in VIEWERS if v.name == name) for name in ("stranger", "match"))
    shown = days(match)[Request("GET", f"/people/{world.ids[rules.SHOWN_PROFILE]['profile_id']}/")]

    assert canaries.leaks(world.words, match, "matching:show-profile", shown) == []
    assert "stranger reads the prompt of owner at matching:show-profile" in canaries.leaks(
        world.words, stranger, "matching:show-profile", shown
    )
    assert "match reads the prompt of owner at groups:show-group" in canaries.leaks(
        world.words, match, "groups:show-group", shown
    )


def test_every_grant_is_made_use_of(days, world):
    unread, missing = [], []
    seen = list(all_seen(days, world))
    for kind, kept in KEPT.items():
        for grant in kept.grants:
            hits = {(tie, route) for found, tied, route in seen if found == kind for tie in tied}
            used = {(tie, route) for tie, route in hits if tie in grant.to and route in grant.at}
            unread += [(kind, str(who)) for who in grant.to if who not in {tie for tie, _ in used}]
            missing += [(kind, route) for route in grant.at if route not in {route for _, route in used}]

    assert unread == []
    assert missing == []


def test_everybody_reads_what_is_their_own(days, world):
    """So the crawl came to where each of them is shown at all."""
    own = {kind for kind, tied, _ in all_seen(days, world) if Relation.OWNER in tied}

    assert set(KEPT) - own == UNSHOWN


def all_seen(days, world):
    for viewer in VIEWERS:
        for request, response in days(viewer).items():
            for planted in canaries.seen(world.words, response) if response is not None else ():
                page = canaries.SAME_PAGE.get(request.route, request.route)
                yield planted.kind, ties(viewer, planted.whose), page


A_PICTURE = re.compile(r"/picture/[0-9a-f-]{36}/[0-3]/")


def test_no_row_is_counted_in_an_address_a_form_or_a_header(days):
    for viewer in VIEWERS:
        for request, response in days(viewer).items():
            where = f"{request.path}\n{response.headers.get('Location', '') if response is not None else ''}"
            # Which picture of one report, and no row.
            parts = A_PICTURE.sub("/picture/", where).replace("\n", "/").split("/")
            assert not any(part.isdigit() for part in parts), where
            assert not [name for name, value in request.body if value.isdigit() and name not in NUMBERS], (
                where
            )


def test_the_crawl_came_everywhere(days):
    """What only a mail, a log-out or a moderator's second look leads to is asked for by the other tests."""
    came = {request.route for viewer in VIEWERS for request in days(viewer)}
    mailed = {name for name, route in ROUTES.items() if {"token", "code"} & {*route.pattern.converters}}

    assert set(ROUTES) - came - mailed - LAST == BY_CHANCE


# Offered only after something else was done.
BY_CHANCE = {
    # By a script, for what is typed.
    "messaging:keep-draft",
    "accounts:ask-passkey",
    "accounts:log-in-passkey",
    "accounts:remove-app",
    "demo:sign-in",
    "gathering:resume-feed",
    "gathering:take-up",
    "groups:detach-reply-photo",
    "groups:stop-writing",
    "groups:unpin-post",
    "home:confirm-legal",
    "home:open-site",
    "home:send-test-mail",
    "matching:take-step",
    "matching:undo",
    "newsletter:move-item-earlier",
    "newsletter:open-topic",
    "newsletter:unschedule-issue",
    "notifications:add-device",
    "profiles:be-found",
    "profiles:resume",
    "profiles:show",
    "profiles:show-area",
    "profiles:take-back-photos",
    "profiles:unsay-vouch",
    "profiles:welcome-new",
}
