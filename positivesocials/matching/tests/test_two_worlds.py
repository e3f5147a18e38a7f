"""Two worlds that differ in somebody's health record alone: no setting of one's own tells them apart.

The attacker turns every setting there is: each line of both modes, must-have and nice to have, modes on and
off, own circles, hopes, place, age, searches, interests, pause and hiding. After each the same pages are
read in both worlds and held against each other, byte by byte.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.db import transaction

from positivesocials.core.models import RateCount
from positivesocials.matching import proposals, shared
from positivesocials.matching import services as matching
from positivesocials.matching.answers import Answer, Importance
from positivesocials.matching.models import Mode, Preferences
from positivesocials.matching.wishes import Wishes, lines_in
from positivesocials.privacy import services as privacy
from positivesocials.privacy import texts
from positivesocials.privacy.models import Consent
from positivesocials.profiles import places
from positivesocials.profiles import services as profiles
from positivesocials.profiles.choices import SEARCHES, goals_in
from positivesocials.profiles.circles import CIRCLES
from positivesocials.profiles.models import Profile
from tests.normalise import normalised

MODES = {"f": Mode.FRIENDS.value, "d": Mode.DATING.value}
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
RECORD = [{"condition": "hiv", "since": "2019-03", "treatment": "daily", "undetectable": True}]
EVERY_LINE: dict[str, list] = {
    "kinds": [("individual",), ("couple",)],
    "searches": [(slug,) for slug in SEARCHES],
    "ages": [(18, 30), (31, 50), (51, 99)],
    "band": list(range(places.ANYWHERE)),
    "goals": [],
    "circles": [True],
}
FACETS: dict[str, list] = {
    "circles": [[circle.slug] for circle in CIRCLES],
    "goals": [[slug] for mode in MODES.values() for slug in goals_in(mode)],
    "searches": [[slug] for slug in SEARCHES],
    "birth_year": [1950, 1985, 2005],
    "place": [places.cell_of("gb-leeds"), places.cell_of("gb-bristol")],
    "interests": [["tea"], ["boats"]],
}
Turn = Callable[[Profile], None]


def looking_for(mode: str, line: str, value, nice: tuple[str, ...]) -> Turn:
    names = {"ages": ("age_from", "age_to"), "circles": ("circles_only",)}.get(line, (line,))
    said = dict(zip(names, value if line == "ages" else (value,), strict=True))
    return lambda me: matching.save_preferences(me, mode, replace(Wishes(on=True, nice=nice), **said))


def saying(name: str, value) -> Turn:
    return lambda me: profiles.change_facets(me, facets={**(me.facets or {}), name: value})


def wishing(mode: str, wishes: Wishes) -> Turn:
    return lambda me: matching.save_preferences(me, mode, wishes)


def every_turn() -> Iterator[tuple[str, Turn]]:
    """Every setting, one after the other, each under a name."""
    for code, mode in MODES.items():
        for line in lines_in(mode):
            for value in EVERY_LINE[line] or [(slug,) for slug in goals_in(mode)]:
                for nice in ((), (line,)):
                    yield f"{code} {line} {value} {nice}", looking_for(mode, line, value, nice)
        yield f"{code} anything", wishing(mode, Wishes(on=True))
    for only in (True, False):
        for name, values in FACETS.items():
            for value in values:
                yield f"{name} {value} {only}", saying(name, value)
        yield "my circles only", wishing(Mode.FRIENDS, Wishes(on=True, circles_only=True))
    for code, mode in MODES.items():
        yield f"{code} off", wishing(mode, Wishes(on=False))
        yield f"{code} on", wishing(mode, Wishes(on=True))
    for turn in (profiles.pause, profiles.resume, profiles.hide, profiles.show):
        yield turn.__name__, turn


@pytest.fixture
def crowd(meets, make_member, ada, ben):
    """Ada attacks. Ben is the victim; Gus, Hal and Ivy are there so that there is an order."""
    with time_machine.travel(NOW, tick=False):
        said = {"searches": ["men"], "birth_year": 1980, "birth_month": 3, "goals": ["friendship", "slow"]}
        others = [make_member(name) for name in ("Gus", "Hal", "Ivy")]
        for number, account in enumerate([ben, *others]):
            meets(account, dating={}, **{**said, "birth_year": 1980 + number})
        me = meets(ada, dating={}, circles=["hsv"], **said)
        matching.save_answer(me.profile, 1, OPEN)
        yield me, Profile.objects.get(account=ben)
    proposals.forget()
    shared.leave()


OPEN = Answer("a", frozenset("ab"), Importance.VERY, is_visible=True)


def answers(me, victim, signed_in, *, step: int, differ: Callable[[Profile], None] | None) -> list:
    """What each page says after each turn, in a world that is gone afterwards."""
    with transaction.atomic():
        if differ:
            differ(Profile.objects.get(pk=victim.pk))
        said = list(pages(me, victim, signed_in, step))
        transaction.set_rollback(True)
    return said


def pages(me, victim, signed_in, step: int) -> Iterator:
    browser = signed_in(me.profile.account)
    for number, (name, turn) in enumerate(every_turn()):
        turn(Profile.objects.get(pk=me.profile.pk))
        if number % step:
            continue
        RateCount.objects.all().delete()
        for path in addresses(victim, number // step):
            yield name, path, normalised(browser.get(path))


def addresses(victim, number: int) -> Iterator[str]:
    """The list in both modes each time, whoever is in it, and the other pages in turn."""
    yield from (f"/people/?in={code}" for code in MODES)
    rest = [f"/people/{victim.pk}/", f"/people/{victim.pk}/common/", "/people/likes/", "/people/later/", "/"]
    yield f"{rest[number % len(rest)]}?in={'fd'[number // len(rest) % 2]}"


def keep_a_record(victim: Profile) -> None:
    """As near to a health record as there is: its consent, sealed entries beside what meeting reads, and a
    private answer. Whatever reads the profile must pass all of it over."""
    # No context keeps the purpose yet, so that the service would refuse it.
    said = {"text_version": texts.version(texts.RECORD), "wording": texts.current(texts.RECORD)}
    assert victim.account is not None
    Consent.objects.create(account=victim.account, purpose=texts.RECORD, **said)
    victim.facets = {**victim.facets, "health": RECORD, "entries": RECORD, "condition": "hiv"}
    victim.save(update_fields=["facets"])
    for row in Preferences.objects.filter(profile=victim):
        row.profile = victim
        row.wishes = {**row.wishes, "health": RECORD, "condition": "hiv"}
        row.save()
    private = replace(OPEN, is_visible=False)
    matching.save_answer(victim, 1, private)
    profiles.mark_changed(victim)


CONTROLS = {
    "a circle": lambda victim: profiles.change_facets(victim, facets={**victim.facets, "circles": ["hsv"]}),
    "a hope": lambda victim: profiles.change_facets(
        victim, facets={**victim.facets, "goals": ["activities"]}
    ),
    "an answer": lambda victim: matching.save_answer(victim, 1, OPEN),
    "a must-have": lambda victim: matching.save_preferences(
        victim, Mode.FRIENDS, Wishes(on=True, kinds=("couple",))
    ),
}


def differing(one, other) -> list[str]:
    assert [row[:2] for row in one] == [row[:2] for row in other]
    return [f"{name}: {path}" for (name, path, a), (_, _, b) in zip(one, other, strict=True) if a != b]


@pytest.mark.parametrize("is_pooled", [False, True], ids=["looked at", "proposed"])
def test_no_setting_of_ones_own_reveals_anybodys_health(crowd, signed_in, is_pooled):
    me, victim = crowd
    if is_pooled:
        proposals.build()

    plain = answers(me, victim, signed_in, step=9, differ=None)
    recorded = answers(me, victim, signed_in, step=9, differ=keep_a_record)

    assert differing(plain, recorded) == []
    assert sum(b"<bdi>Ben</bdi>" in body for _, _, (_, _, body) in plain) > 10


@pytest.mark.parametrize("how", CONTROLS)
def test_what_somebody_shows_does_differ(crowd, signed_in, how):
    me, victim = crowd
    privacy.give_consent(victim.account, purpose="circles")

    plain = answers(me, victim, signed_in, step=20, differ=None)
    other = answers(me, victim, signed_in, step=20, differ=CONTROLS[how])

    assert differing(plain, other) != []


def test_the_same_world_twice_is_the_same(crowd, signed_in):
    me, victim = crowd

    once, again = (answers(me, victim, signed_in, step=15, differ=None) for _ in range(2))

    assert differing(once, again) == []


def test_there_is_no_health_record_yet_that_these_worlds_leave_out():
    """When there is one, `keep_a_record` has to write to it."""
    assert not apps.is_installed("positivesocials.health")


def test_every_line_is_turned():
    turned = {name.split()[1] for name, _ in every_turn() if name[:2] in ("f ", "d ")}

    assert turned >= set(EVERY_LINE) == {line for mode in MODES.values() for line in lines_in(mode)}
