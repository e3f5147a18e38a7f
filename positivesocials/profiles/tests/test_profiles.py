import math
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from positivesocials.accounts import services as accounts
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.privacy import services as privacy
from positivesocials.privacy.models import Consent
from positivesocials.privacy.services import NoConsent
from positivesocials.profiles import access, places, selectors
from positivesocials.profiles import services as profiles
from positivesocials.profiles.facets import Facets, Person, Prompt
from positivesocials.profiles.models import Persona, Profile
from positivesocials.profiles.visibility import A_MATCH, seen_by
from positivesocials.safety import services as safety

LEEDS, LONDON = places.cell_of("gb-leeds"), places.cell_of("gb-london")


@pytest.fixture
def profile(ada):
    return selectors.profile_of(ada)


@pytest.fixture
def couple(eli, fern):
    link = profiles.invite(eli, name="Elm")
    profiles.accept(fern, link.code, name="Fig")
    return profiles.confirm(eli, link.pk)


def circles_of(profile):
    return Profile.objects.get(pk=profile.pk).said.all_circles


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*Facets.__dataclass_fields__, "other"]), json) | json)
def test_any_kept_value_reads_and_reads_the_same_again(raw):
    once = Facets.from_dict(raw)

    assert Facets.from_dict(once.to_dict()) == once


def test_facets_come_back_as_they_were_kept():
    said = Facets(
        gender="woman", place=LEEDS, prompts=(Prompt("sunday", "Bus."),), about=(Person(), Person())
    )

    assert Facets.from_dict(said.to_dict()) == said


@pytest.mark.parametrize(
    ("today", "age"),
    [(date(2026, 5, 31), 35), (date(2026, 6, 30), 35), (date(2026, 7, 1), 36), (date(2026, 12, 31), 36)],
)
def test_an_age_changes_with_the_quarter_and_not_on_the_birthday(today, age):
    assert Person(birth_year=1990, birth_month=5).age(today) == age


def test_somebody_just_of_age_never_reads_as_seventeen():
    assert Person(birth_year=2008, birth_month=11).age(date(2026, 11, 25)) == 18


def test_a_hidden_age_is_not_shown_but_still_counts():
    said = Facets(birth_year=1990, birth_month=5, seen=(("age", "nobody"),))

    shown = [each.age(date(2026, 8, 1)) for each in (seen_by(said, A_MATCH), said)]

    assert shown == [None, 36]


def test_a_new_name_takes_the_place_of_the_old_one_everywhere(ada, profile):
    profiles.rename(ada, profile.persona, name="Quiet  Heron ")

    assert [p.name for p in Persona.objects.filter(account=ada)] == ["Quiet Heron"]


def test_nobody_renames_or_redraws_somebody_else(profile, ben):
    with pytest.raises(NotThere):
        profiles.rename(ben, profile.persona, name="Mine")
    with pytest.raises(NotThere):
        profiles.draw_anew(ben, profile.persona)


def test_another_picture_is_drawn(ada, profile):
    before = profile.persona.salt

    profiles.draw_anew(ada, profile.persona)

    assert Persona.objects.get(pk=profile.persona_id).salt != before


def test_hidden_blocked_and_withheld_profiles_are_not_there(profile, ben):
    assert access.get_profile_for(ben, profile.pk)

    for vanish in (profiles.hide, profiles.withhold):
        vanish(profile)
        with pytest.raises(NotThere):
            access.get_profile_for(ben, profile.pk)
        Profile.objects.update(hidden_at=None, withheld_at=None)
    safety.block(ben, [profile.account_id])
    with pytest.raises(NotThere):
        access.get_profile_for(ben, profile.pk)


def test_circles_are_refused_without_consent(ada, profile):
    with pytest.raises(NoConsent):
        profiles.change_facets(profile, facets={"circles": ["hsv"]})
    assert circles_of(profile) == ()

    privacy.give_consent(ada, purpose="circles")
    profiles.change_facets(profile, facets={"circles": ["hsv"]})

    assert circles_of(profile) == ("hsv",)


def test_a_new_profile_with_circles_is_refused_without_consent(db):
    account = accounts.open_account()

    with pytest.raises(NoConsent):
        profiles.make_individual(account, name="Ada", facets={"circles": ["hsv"]})

    assert not Profile.objects.filter(account=account).exists()


def test_circles_of_a_couple_need_the_consent_of_whoever_adds_them(couple, eli, fern):
    privacy.give_consent(eli, purpose="circles")

    with pytest.raises(NoConsent):
        profiles.change_facets(couple, facets={"about": [{}, {"circles": ["hsv"]}]}, actor=fern)
    with pytest.raises(NoConsent):
        profiles.change_facets(couple, facets={"circles": ["hsv"]})


def test_a_partners_save_brings_no_circles_back_that_were_taken_back_meanwhile(couple, eli, fern):
    privacy.give_consent(eli, purpose="circles")
    read_before = {"about": [{"circles": ["hsv"]}, {}]}
    profiles.change_facets(couple, facets=read_before, actor=eli)
    privacy.withdraw_consent(eli, purpose="circles")

    profiles.change_facets(couple, facets={**read_before, "place": LEEDS}, actor=fern)

    assert circles_of(couple) == ()


def test_after_a_new_wording_circles_stay_and_a_further_one_is_asked_anew(ada, profile):
    privacy.give_consent(ada, purpose="circles")
    profiles.change_facets(profile, facets={"circles": ["hsv"]})
    Consent.objects.update(text_version="0")

    profiles.change_facets(profile, facets={"circles": ["hsv"], "place": LEEDS})
    with pytest.raises(NoConsent):
        profiles.change_facets(profile, facets={"circles": ["hsv", "hiv"]})

    assert circles_of(profile) == ("hsv",)


def test_withdrawing_consent_removes_own_circles_from_every_profile(couple, eli, fern):
    for account in (eli, fern):
        privacy.give_consent(account, purpose="circles")
    profiles.change_facets(couple, facets={"about": [{"circles": ["hsv"]}, {"circles": ["partners"]}]})

    privacy.withdraw_consent(eli, purpose="circles")

    assert circles_of(couple) == ("partners",)


def test_the_place_changes_three_times_in_thirty_days(profile):
    for place in (LEEDS, LONDON, LEEDS, LONDON):
        profiles.change_facets(profile, facets={"place": place})

    with pytest.raises(Refused):
        profiles.change_facets(profile, facets={"place": LEEDS})
    profiles.change_facets(profile, facets={})
    with pytest.raises(Refused):
        profiles.change_facets(profile, facets={"place": LEEDS})
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        profiles.change_facets(profile, facets={"place": LEEDS})


def test_bands_grow_with_distance_and_a_cell_is_its_own_area():
    bristol = places.cell_of("gb-bristol")
    bands = [places.band(bristol, places.cell_of(t)) for t in ("gb-bristol", "gb-cardiff", "gb-leeds")]

    assert bands == [places.SAME_AREA, 2, 5]
    assert places.band(bristol, None) == places.ANYWHERE


@given(st.integers(-800, 800), st.integers(-1800, 1799))
def test_a_cell_is_about_eleven_kilometres_wide_everywhere(latitude, longitude):
    row, column = divmod(places.cell_at(latitude, longitude), 10_000)
    around = 40_075 * math.cos(math.radians(row / 10 - 90 + 0.05))

    assert 0 <= column < places.columns(row)
    assert 10.5 < around / places.columns(row) < 11.8


def test_no_town_is_kept_only_its_area(profile):
    profiles.change_facets(profile, facets={"place": LEEDS})

    assert "leeds" not in str(Profile.objects.get(pk=profile.pk).facets).lower()


def test_two_first_submits_are_one_profile(db):
    account = accounts.open_account()
    first = profiles.make_individual(account, name="Ada")

    assert profiles.make_individual(account, name="Ada again") == first
    assert Persona.objects.count() == 1


def test_moves_are_counted_from_what_is_kept(profile):
    cells = sorted({town.cell for town in places.towns()})[:6]
    stale = [Profile.objects.get(pk=profile.pk) for _cell in cells]
    assert all(copy.said.moves == () for copy in stale)

    for copy, cell in zip(stale[:4], cells, strict=False):
        profiles.change_facets(copy, facets={"place": cell})

    with pytest.raises(Refused, match="three times"):
        profiles.change_facets(stale[4], facets={"place": cells[4]})


@pytest.mark.parametrize("name", ["\u200d", "\u2067\u2069", " \u200b\u200b "])
def test_a_name_of_nothing_to_see_is_refused(ada, name):
    with pytest.raises(Refused, match="name"):
        profiles.rename(ada, ada.personas.get(), name=name)


def test_marks_that_turn_the_line_are_left_out_of_a_name(ada):
    profiles.rename(ada, ada.personas.get(), name="Quiet\u202e Heron")

    assert ada.personas.get().name == "Quiet Heron"
