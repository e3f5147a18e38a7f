"""One account, two couple links: neither partner learns of the other, by no page and no address.

Nova is a couple with Kit and another with Rio, and meets alone too. Each of these sides of hers has words and
ids of its own; what Kit and Rio can reach is read for them.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from conftest import show_passkey
from positivesocials.accounts.models import Account
from positivesocials.config import policy, rules
from positivesocials.matching import services as matching
from positivesocials.matching import together
from positivesocials.matching.access import Me
from positivesocials.matching.models import Decision, Match, Mode, Said
from positivesocials.messaging import composing
from positivesocials.messaging.models import Message, Participant
from positivesocials.notifications.models import OutgoingMail
from positivesocials.profiles import places
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import CoupleLink, Profile
from tests.permissions.asking import ROUTES, absent, path_of
from tests.permissions.diary import ALIKE, LAST, Page, Request
from tests.permissions.words import Words

FRIENDS = Mode.FRIENDS
RULES = {rules.OWN_PROFILE, rules.OWN_COUPLE, rules.TO_CONFIRM, rules.TO_TAKE_BACK, rules.SEAT}
RULES |= {rules.OWN_SEAT, rules.MESSAGE, rules.OWN_MESSAGE, rules.SHOWN_PROFILE, rules.LIKABLE}
RULES |= {rules.UNDECIDED, rules.MATCHED}
A_QUESTION = re.compile(r"^/people/questions/q\d+/")
# What a partner never reads: by the name of the side that the words and ids belong to.
NOT_FOR = {
    "kit": {"nova alone", "nova & rio", "rio & nova", "nova's talk", "talk of nova & rio"},
    "rio": {"nova alone", "nova & kit", "kit & nova", "nova's talk", "talk of nova & kit"},
}


@dataclass
class Sides:
    words: Words = field(default_factory=Words)
    people: dict[str, Account] = field(default_factory=dict)
    faces: dict[str, Profile] = field(default_factory=dict)
    talks: dict[str, Any] = field(default_factory=dict)

    def know(self, whose: str, **rows: Any) -> None:
        """The ids of these rows give away the side that they belong to, however they are written."""
        for kind, row in rows.items():
            self.words.add(str(row.pk), whose, kind)
            self.words.add(row.pk.hex, whose, kind)


@pytest.fixture
def sides(make_member) -> Sides:
    made = Sides()
    for name in ("nova", "kit", "rio", "sam", "uma", "vic", "wim", "yan"):
        made.people[name] = make_member(name.title())
        _meets(made, f"{name} alone", made.people[name].profile)
    for partner in ("kit", "rio"):
        _link(made, partner)
    _talk(made, "nova's talk", made.faces["nova alone"], made.faces["sam alone"])
    for partner, other, half in (("kit", "uma", "wim"), ("rio", "vic", "yan")):
        couple = made.faces[f"nova & {partner}"]
        _talk(made, f"talk of nova & {partner}", couple, made.faces[f"{other} alone"])
        together.need_both(couple)
        matching.like(made.people["nova"], Me(couple), made.faces[f"{half} alone"].pk, mode=FRIENDS)
        matching.ask_to_be_told(made.people["nova"], Me(couple), FRIENDS)
    nova, later = made.people["nova"], made.faces["vic alone"]
    matching.set_aside(nova, Me(made.faces["nova alone"]), later.pk, mode=FRIENDS, said=Said.LATER)
    waiting = profiles.invite(nova, name=made.words("nova alone", "name on an invitation"))
    made.know("nova alone", invitation=waiting)
    made.words.add(str(waiting.code), "nova alone", "code")
    return made


def _meets(made: Sides, side: str, profile: Profile) -> None:
    said: dict[str, Any] = {"place": places.cell_of("gb-bristol"), "goals": ["friendship"]}
    said["prompts"] = [{"question": "sunday", "answer": made.words(side, "prompt")}]
    if profile.is_couple:
        mine, theirs = side.split(" & ")
        said["about"] = [{"gender": made.words(f"{mine} & {theirs}", "gender")}]
        said["about"] += [{"gender": made.words(f"{theirs} & {mine}", "gender")}]
    else:
        said |= {"gender": made.words(side, "gender"), "pronouns": made.words(side, "pronouns")}
        assert profile.account
        assert profile.persona
        profiles.rename(profile.account, profile.persona, name=made.words(side, "name"))
    profiles.change_facets(profile, facets=said)
    matching.save_preferences(profile, FRIENDS, {"on": True})
    made.faces[side] = Profile.objects.with_faces().get(pk=profile.pk)
    made.know(side, profile=profile)


def _link(made: Sides, partner: str) -> None:
    nova, other, side = made.people["nova"], made.people[partner], f"nova & {partner}"
    link = profiles.invite(nova, name=made.words(side, "name"))
    profiles.accept(other, str(link.code), name=made.words(f"{partner} & nova", "name"))
    couple = profiles.confirm(nova, link.pk)
    _meets(made, side, couple)
    made.know(side, link=link)
    for persona in couple.personas:
        made.words.add(persona.salt, side, "salt")


def _talk(made: Sides, side: str, one: Profile, other: Profile) -> None:
    """Both say yes, and everybody writes something."""
    for me, about in ((one, other), (other, one)):
        actor = Account.objects.get(pk=me.account_ids[0])
        match = matching.like(actor, Me(me), about.pk, mode=FRIENDS)
    assert match is not None
    made.talks[side] = match.conversation
    made.know(side, conversation=match.conversation)
    for seat in Participant.objects.filter(conversation=match.conversation):
        text = made.words(side, f"message of seat {seat.side}{int(seat.is_second)}")
        assert seat.account
        said = composing.send(seat.account, seat.conversation_id, text=text, client_key=uuid4().hex)
        made.know(side, **{"id of a message": said})


def browser_of(account: Account) -> Client:
    browser = Client()
    browser.force_login(account)
    show_passkey(browser, account)
    return browser


def reachable(account: Account, *more: str) -> dict[str, Any]:
    """Every page that links lead this account to, from all addresses that name no object, and from `more`."""
    browser = browser_of(account)
    plain = [row for row in policy.ROWS if "GET" in row.methods and not ROUTES[row.route].pattern.converters]
    waiting = [path_of(row, {}) for row in plain if row.route not in LAST] + list(more)
    pages: dict[str, Any] = {}
    seen: set[str] = set()
    while waiting:
        path = waiting.pop()
        # One question stands for all of its side.
        alike = A_QUESTION.sub("/people/questions/q/", path)
        if alike in seen:
            continue
        seen.add(alike)
        pages[path] = response = browser.get(path)
        assert response.status_code < 500, path
        if response.get("Content-Type", "").startswith("text/html"):
            waiting += [
                each.path
                for each in Page(response.text, path).found
                if each.method == "GET" and each.route not in ALIKE
            ]
    return pages


def read_in(sides: Sides, pages: dict[str, Any]) -> dict[str, Counter[str]]:
    """By side: what is read of it, and on which kinds of page."""
    found: dict[str, Counter[str]] = {}
    for path, response in pages.items():
        told = f"{path}\n{response.headers}\n".encode() + response.content
        for planted in sides.words.found_in(told):
            where = f"{planted.kind} at {Request('GET', path).route}"
            found.setdefault(planted.whose, Counter())[where] += 1
    return found


def kinds(read: Counter[str]) -> set[str]:
    return {what.partition(" at ")[0] for what in read}


def test_an_account_with_two_links_leaks_nothing_between_the_partners(sides):
    """Each crawls once. Nova reaches every side of hers, so that none was out of reach, and taken for Kit,
    Nova's pages would be noticed as a leak."""
    read = {}
    for name in ("nova", "kit", "rio"):
        pages = reachable(sides.people[name])
        assert sum(response.status_code == 200 for response in pages.values()) > 40
        read[name] = read_in(sides, pages)

    for partner in ("kit", "rio"):
        assert {side: read[partner][side] for side in NOT_FOR[partner] if side in read[partner]} == {}
    assert {side for forbidden in NOT_FOR.values() for side in forbidden} <= set(read["nova"])
    assert {"nova & kit", "kit & nova", "talk of nova & kit", "kit alone"} <= set(read["kit"])
    assert any("message" in what for what in read["nova"]["talk of nova & rio"])
    assert any("profile" in what for what in read["nova"]["nova & rio"])


@pytest.mark.parametrize("partner", ["kit", "rio"])
def test_every_address_of_the_other_couple_is_one_that_does_not_exist(sides, partner):
    other = "rio" if partner == "kit" else "kit"
    browser, asked = browser_of(sides.people[partner]), 0
    for ids in _ids_of(sides, other):
        for row in policy.ROWS:
            if row.rule not in RULES or not {*ROUTES[row.route].pattern.converters} <= {*ids, "section"}:
                continue
            for method in row.methods:
                send = getattr(browser, method.lower())
                here, there = send(path_of(row, ids)), send(path_of(row, absent(ids)))
                assert (here.status_code, there.status_code) == (404, 404), (row.route, method)
                asked += 1
    assert asked > 60


def _ids_of(sides: Sides, other: str) -> list[dict[str, Any]]:
    """What stands in the addresses of Nova's other couple, and of Nova alone."""
    couple = sides.faces[f"nova & {other}"]
    talks = [sides.talks["nova's talk"], sides.talks[f"talk of nova & {other}"]]
    said = [Message.objects.filter(conversation=talk)[0] for talk in talks]
    return [
        {"profile_id": couple.pk},
        {"profile_id": sides.faces["nova alone"].pk},
        {"link_id": couple.link_id},
        *({"conversation_id": talk.pk, "message_id": m.pk} for talk, m in zip(talks, said, strict=True)),
    ]


@pytest.mark.parametrize("partner", ["kit", "rio"])
def test_nobody_meets_as_the_other_couple_of_their_partner(sides, partner):
    other = sides.faces["nova & rio" if partner == "kit" else "nova & kit"]
    browser = browser_of(sides.people[partner])

    for path in ("/people/", "/people/likes/", "/people/later/"):
        assert browser.get(path, {"as": str(other.pk)}).status_code == 404


@pytest.mark.parametrize("who", ["nova", "kit"])
def test_after_parting_neither_keeps_anything_of_the_others_own(sides, who):
    """Either ends it; then Kit still reads what was written to the two, and nothing else of Nova's."""
    couple = sides.faces["nova & kit"]
    mails, talk = OutgoingMail.objects.count(), f"/conversations/{sides.talks['talk of nova & kit'].pk}/"
    profiles.end_couple(sides.people[who], couple.link_id)

    hers, theirs = (read_in(sides, reachable(sides.people[name], talk)) for name in ("nova", "kit"))

    assert {side: theirs[side] for side in NOT_FOR["kit"] if side in theirs} == {}
    assert not {"profile", "link", "gender", "prompt"} & kinds(theirs["nova & kit"])
    for read in (hers, theirs):
        assert len({kind for kind in kinds(read["talk of nova & kit"]) if kind.startswith("message")}) == 3
    assert OutgoingMail.objects.count() == mails


def test_the_end_of_one_couple_leaves_the_other_as_it_was(sides):
    before = _state(sides.faces["nova & rio"])

    profiles.end_couple(sides.people["kit"], sides.faces["nova & kit"].link_id)

    assert _state(sides.faces["nova & rio"]) == before
    assert not Decision.objects.filter(profile=sides.faces["nova & kit"]).exists()
    assert CoupleLink.objects.in_force().filter(first=sides.people["nova"]).count() == 1
    assert CoupleLink.objects.get(pk=sides.faces["nova & kit"].link_id).ended_at is not None


def _state(couple: Profile) -> list[Any]:
    open_talks = Match.objects.filter(other=couple, ended_at=None) | Match.objects.filter(
        one=couple, ended_at=None
    )
    said = Decision.objects.filter(profile=couple).order_by("pk")
    return [
        list(said.values_list("about", "said", "said_by")),
        list(open_talks.values_list("conversation", "conversation__closed_at")),
        Profile.objects.standing().filter(pk=couple.pk).exists(),
    ]
