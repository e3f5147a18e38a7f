"""Whom each field is for: what somebody reads of a profile is decided in one place."""

from datetime import date
from functools import partial
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from positivesocials.profiles import choices, places, selectors, showing
from positivesocials.profiles import services as profiles
from positivesocials.profiles.facets import FIELDS, JOINT_FIELDS, OWN_FIELDS, Facets
from positivesocials.profiles.forms import SelfForm
from positivesocials.profiles.visibility import A_MATCH, SIGNED_IN, THOSE_WHO_FIT, Looker, is_open, seen_by

TODAY = date(2026, 11, 28)
NAMED, OTHER = uuid4(), uuid4()
LEEDS = places.cell_of("gb-leeds") or 0
OWN = {
    "pronouns": "zqpronouns",
    "gender": "zqgender",
    "orientation": "zqorientation",
    "birth_year": 1983,
    "birth_month": 1,
    "circles": ["hsv"],
}
JOINT = {
    "place": LEEDS,
    "prompts": [{"question": "sunday", "answer": "zqprompts"}],
    "interests": ["tea"],
    "languages": ["cy"],
    "goals": ["friendship", "slow"],
}
BOTH = frozenset({"friends", "dating"})
ROLES = {
    "signed in": SIGNED_IN,
    "fits": Looker(BOTH, frozenset({OTHER}), fits=True),
    "fits in friends": Looker(frozenset({"friends"}), frozenset({OTHER}), fits=True),
    "match": Looker(BOTH, frozenset({OTHER}), fits=True, is_match=True),
    "named": Looker(BOTH, frozenset({NAMED}), fits=True),
    "named match": Looker(BOTH, frozenset({NAMED}), fits=True, is_match=True),
}
READS = {
    "signed in": {"everyone"},
    "fits": {"everyone", "fitting"},
    "fits in friends": {"everyone", "fitting"},
    "match": {"everyone", "fitting", "matches"},
    "named": {"everyone", "fitting", "named"},
    "named match": {"everyone", "fitting", "matches", "named"},
}
audiences = st.sampled_from(list(choices.AUDIENCES))


def shown(person) -> dict[str, bool]:
    return {
        "pronouns": bool(person.pronouns),
        "gender": bool(person.gender),
        "orientation": bool(person.orientation),
        "age": person.age(TODAY) is not None,
        "circles": bool(person.circles),
    }


def expected(role: str, field: str, audience: str) -> bool:
    if field == "orientation" and role in ("signed in", "fits in friends"):
        return audience == "everyone"
    return audience in READS[role]


@given(seen=st.fixed_dictionaries(dict.fromkeys(FIELDS, audiences)), role=st.sampled_from(list(ROLES)))
def test_a_field_is_read_by_whom_it_is_for_and_by_nobody_else(seen, role):
    said = Facets.from_dict({**OWN, **JOINT, "seen": seen, "named": [NAMED.hex]})

    read = seen_by(said, ROLES[role])

    told = shown(read) | {field: bool(getattr(read, field)) for field in JOINT_FIELDS}
    assert told == {field: expected(role, field, seen[field]) for field in FIELDS}


@given(
    joint=st.fixed_dictionaries(dict.fromkeys(JOINT_FIELDS, audiences)),
    parts=st.tuples(*[st.fixed_dictionaries(dict.fromkeys(OWN_FIELDS, audiences))] * 2),
    names=st.sampled_from([(), (0,), (1,), (0, 1)]),
    role=st.sampled_from(list(ROLES)),
)
def test_of_a_couple_each_partner_says_whom_their_own_part_is_for(joint, parts, names, role):
    about = [
        {**OWN, "seen": seen, "named": [NAMED.hex] if place in names else []}
        for place, seen in enumerate(parts)
    ]
    said = Facets.from_dict({**JOINT, "seen": joint, "named": [NAMED.hex], "about": about})

    read = seen_by(said, ROLES[role])

    for place, (person, seen) in enumerate(zip(read.people, parts, strict=True)):
        named = place in names or not role.startswith("named")
        for field, is_shown in shown(person).items():
            assert is_shown == (expected(role, field, seen[field]) and (named or seen[field] != "named"))
    assert {field: bool(getattr(read, field)) for field in JOINT_FIELDS} == {
        field: expected(role, field, joint[field]) for field in JOINT_FIELDS
    }


def test_what_is_read_never_tells_whom_one_named_or_how_often_one_moved():
    said = Facets.from_dict(
        {**JOINT, "named": [NAMED.hex], "seen": {"place": "everyone"}, "settled": 7, "moves": ["2026"]}
    )

    read = seen_by(said, A_MATCH)

    assert (read.named, read.seen, read.settled, read.moves, read.searches) == ((), (), None, (), ())


def test_a_mode_shows_only_its_own_hopes_whoever_may_see_them():
    said = Facets.from_dict({**JOINT, "seen": {"goals": "everyone"}})

    assert seen_by(said, SIGNED_IN).goals == ("friendship",)
    assert seen_by(said, Looker(frozenset({"dating"}), fits=True)).goals == ("slow",)


@pytest.mark.parametrize(
    ("kept", "audience"),
    [
        ({"show_age": False}, "nobody"),
        ({"show_age": True}, "fitting"),
        ({"show_age": False, "seen": {"age": "matches"}}, "matches"),
        ({"seen": {"age": "a later idea"}}, "nobody"),
        ({"seen": {"age": ["matches"]}}, "nobody"),
        ({"seen": "damaged"}, "fitting"),
        ({}, "fitting"),
    ],
)
def test_earlier_and_damaged_values_are_read_as_they_were_meant_or_as_nobody(kept, audience):
    assert Facets.from_dict(kept).audience("age") == audience


@given(seen=st.dictionaries(st.sampled_from(FIELDS), audiences), ids=st.lists(st.uuids(), max_size=5))
def test_what_is_kept_reads_back_the_same(seen, ids):
    said = Facets.from_dict({**OWN, **JOINT, "seen": seen, "named": [pk.hex for pk in ids]})

    assert Facets.from_dict(said.to_dict()) == said


def test_a_page_opens_for_everyone_only_by_what_its_owner_says_to_everyone():
    assert not is_open(Facets.from_dict({**OWN, **JOINT}))
    assert not is_open(Facets.from_dict({**OWN, "seen": {"interests": "everyone"}}))
    assert is_open(Facets.from_dict({**OWN, "seen": {"gender": "everyone"}}))


def test_a_partner_alone_does_not_open_the_page_of_a_couple():
    about = [{**OWN, "seen": {"gender": "everyone"}}, OWN]

    assert not is_open(Facets.from_dict({**JOINT, "about": about}))
    assert is_open(Facets.from_dict({**JOINT, "about": about, "seen": {"interests": "everyone"}}))


def test_a_region_is_the_same_for_all_its_cells():
    cells = places.region_cells(LEEDS)

    assert LEEDS in cells
    assert {places.region_of(each) for each in cells} == {places.region_of(LEEDS)}
    assert 15 <= len(cells) <= 35


@given(st.integers(0, 1799), st.floats(0, 1, exclude_max=True))
def test_every_cell_is_in_its_own_region(row, part):
    cell = row * places.ROW + int(part * places.columns(row))

    assert cell in places.region_cells(cell)
    assert places.region_of(places.region_of(cell)) == places.region_of(cell)


def test_who_shows_a_region_is_nowhere_finer_for_anybody():
    read = seen_by(Facets.from_dict({**JOINT, "region": True}), THOSE_WHO_FIT)

    assert read.cell == places.region_of(LEEDS)


@pytest.fixture
def couple(eli, fern):
    link = profiles.invite(eli, name="Elm")
    profiles.accept(fern, link.code, name="Fig")
    return profiles.confirm(eli, link.pk)


def test_what_a_partner_changes_meanwhile_is_kept(couple, eli):
    profiles.change_facets(couple, facets={"about": [{}, {"gender": "woman", "seen": {"gender": "matches"}}]})

    showing.show_region(type(couple)(pk=couple.pk, kind="couple", link=couple.link))

    kept = type(couple).objects.get(pk=couple.pk).said
    assert (kept.region, kept.people[1].audience("gender")) == (True, "matches")


def test_a_form_that_was_open_meanwhile_shows_nothing_again_that_a_partner_hid(couple):
    part = couple.said.part(0)
    form = SelfForm("couple", couple.said, part, {"gender": "man", "seen_gender": "matches"})
    assert form.is_valid()
    hidden = {"gender": "woman", "seen": {"gender": "nobody"}}
    profiles.change_facets(couple, facets={"about": [{}, hidden], "interests": ["tea"]})

    profiles.revise(couple, partial(form.applied, 0))

    kept = type(couple).objects.get(pk=couple.pk).said
    assert [(person.gender, person.audience("gender")) for person in kept.people] == [
        ("man", "matches"),
        ("woman", "nobody"),
    ]
    assert kept.interests == ("tea",)


def test_a_face_has_nothing_that_its_looker_may_not_see(couple):
    about = [{**OWN, "seen": dict.fromkeys(OWN_FIELDS, "nobody")}, {}]
    seen = dict.fromkeys(JOINT_FIELDS, "nobody")
    couple.facets = {**JOINT, "about": about, "seen": seen}

    face = selectors.face_of(couple, A_MATCH)

    assert [partner.name for partner in face.partners] == ["Elm", "Fig"]
    assert "zq" not in repr(face)
    assert (face.ages, face.cell, face.goals, face.circles) == ("", None, (), ())


def test_names_are_ids_of_profiles():
    said = Facets.from_dict({"named": [NAMED.hex]})

    assert said.has_named(UUID(hex=NAMED.hex))
    assert not said.has_named(OTHER)
