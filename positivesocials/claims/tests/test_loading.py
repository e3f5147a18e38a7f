"""The fact sheet becomes rows, and undoes nothing that an editor did."""

import re
from copy import deepcopy
from dataclasses import replace
from datetime import date

import pytest

from positivesocials.claims import loading, seed, selectors, services
from positivesocials.claims.models import Claim, ClaimSource
from positivesocials.core.refusals import Refused

pytestmark = pytest.mark.django_db
ALL = list(seed.seeds())


def test_what_was_read_in_its_source_may_be_printed_and_the_rest_waits():
    loading.load_claims()

    verified = {each.key for each in ALL if each.is_verified}
    assert {fact.key for fact in selectors.facts()} == verified
    assert {claim.key for claim in selectors.waiting()} == {each.key for each in ALL} - verified


def test_loading_again_changes_nothing(django_assert_max_num_queries):
    assert loading.load_claims() == len(ALL)
    before = selectors.facts().version

    with django_assert_max_num_queries(4):
        assert loading.load_claims() == 0

    assert selectors.facts().version == before


def test_a_fact_says_who_says_it_and_where_it_was_read():
    loading.load_claims()

    fact = selectors.facts().get("chlamydia.signs")

    assert fact is not None
    assert (fact.value, fact.low, fact.high, fact.unit) == ("7 to 21 days", 7, 21, "days")
    assert (fact.source.publisher, fact.source.year) == ("IDdx", 2023)
    assert fact.confirmed_on == date(2026, 11, 22)
    assert Claim.objects.get(key=fact.key).expires_on == date(2028, 11, 22)
    assert selectors.source("iddx") == fact.source
    assert selectors.source("nobody") is None


def test_facts_of_one_topic_stand_in_the_order_of_their_keys():
    loading.load_claims()

    keys = [fact.key for fact in selectors.facts().of("chlamydia", "treatment")]

    assert keys[:2] == ["chlamydia.treatment.1", "chlamydia.treatment.2"]
    assert selectors.in_order("a.10") > selectors.in_order("a.2")
    assert selectors.facts().of("chlamydia", "nothing") == ()


def test_every_source_of_the_sheet_can_be_looked_up():
    loading.load_claims()

    assert ClaimSource.objects.count() == len(seed.sheet()["sources"])


def test_facts_cost_one_question_while_nothing_changes(django_assert_num_queries):
    loading.load_claims()
    first = selectors.facts()

    with django_assert_num_queries(1):
        assert selectors.facts() is first


@pytest.fixture
def sheet(monkeypatch):
    """A function that puts another sheet in place of the one that ships."""
    loading.load_claims()

    def put(*seeds):
        monkeypatch.setattr(seed, "seeds", lambda: iter(seeds))
        return loading.load_claims()

    return put


def acts_of(key):
    return [change.act for change in Claim.objects.get(key=key).changes.all()]


def test_a_new_sheet_renews_what_no_editor_has_touched(sheet):
    first, *rest = ALL

    assert sheet(replace(first, note="As before."), *rest) == 1

    fact = selectors.facts().get(first.key)
    assert fact is not None
    assert (fact.value, fact.note) == (first.value, "As before.")
    assert acts_of(first.key) == ["loaded", "renewed"]


@pytest.mark.parametrize(
    "change",
    [
        {"value": "8 to 20 days", "low": 8, "high": 20},
        {"about": "something else"},
        {"source": "cdc_sti_2021"},
    ],
)
def test_what_a_new_sheet_says_in_other_words_waits_for_an_editor(sheet, change):
    first, *rest = ALL
    assert first.is_verified

    sheet(replace(first, **change), *rest)

    assert selectors.facts().get(first.key) is None
    claim = Claim.objects.get(key=first.key)
    assert (claim.state, claim.value) == ("waiting", change.get("value", first.value))
    assert acts_of(first.key) == ["loaded", "reworded"]


def test_no_later_sheet_confirms_what_waits_for_an_editor(sheet):
    first, *rest = ALL
    other = replace(first, value="8 to 20 days")
    sheet(other, *rest)

    sheet(replace(other, note="More."), *rest)

    assert Claim.objects.get(key=first.key).state == "waiting"


def test_a_row_that_may_be_another_one_in_other_words_waits(sheet):
    first, *rest = ALL
    new = replace(first, key="chlamydia.signs.other-1a2b3c", about="first signs, told otherwise")
    apart = replace(first, key="chlamydia.seen.other-1a2b3c", topic="seen")

    sheet(new, apart, *rest)

    assert Claim.objects.get(key=new.key).state == "waiting"
    assert Claim.objects.get(key=apart.key).state == "confirmed"


@pytest.fixture
def rows(monkeypatch):
    """The sheet as it ships, to be changed."""
    changed = deepcopy(seed.sheet())
    loading.load_claims()
    monkeypatch.setattr(seed, "sheet", lambda: changed)
    return changed


LISTS = ("tests", "treatment", "partner_notification", "prevalence", "updates", "u_equals_u")


def test_rows_keep_their_keys_wherever_they_stand(rows):
    before = {each.key: each for each in ALL}
    for condition in rows["conditions"]:
        for name in LISTS:
            condition.get(name, []).reverse()

    assert {each.key: each for each in seed.seeds()} == before
    assert loading.load_claims() == 0


def test_a_new_row_takes_no_key_of_another(rows):
    before = {each.key for each in ALL}
    treatments = rows["conditions"][0]["treatment"]
    treatments.insert(0, {**treatments[0], "population": "people on a journey", "regimen": "tea"})

    assert loading.load_claims() == 1

    (new,) = {each.key for each in seed.seeds()} - before
    assert new.startswith("chlamydia.treatment.people-on-a-journey")
    assert re.fullmatch(services.KEY, new)
    assert Claim.objects.get(key="chlamydia.treatment.1").value != "tea"


def test_a_sheet_whose_rows_nothing_tells_apart_is_refused_by_its_rows(rows):
    treatments = rows["conditions"][0]["treatment"]
    treatments.append({**treatments[0], "regimen": "tea"})

    with pytest.raises(Refused, match="adults and adolescents, all sites: tea") as refused:
        loading.load_claims()
    assert "doxycycline 100 mg" in refused.value.message
    assert not Claim.objects.filter(value="tea").exists()

    treatments[-1]["name"] = "at sea"
    assert loading.load_claims() == 1


def test_every_kept_key_is_kept_for_one_row():
    kept = seed.kept_keys()

    assert len(set(kept.values())) == len(kept)
    assert set(kept.values()) <= {each.key for each in ALL}


def test_what_a_new_sheet_leaves_out_is_withdrawn(sheet):
    first, *rest = ALL

    assert sheet(*rest) == 1
    assert selectors.facts().get(first.key) is None
    assert sheet(*rest) == 0


def test_every_key_is_there_once_and_its_source_and_condition_are_on_the_sheet():
    assert len({each.key for each in ALL}) == len(ALL)
    assert {each.source for each in ALL} <= seed.sheet()["sources"].keys()
    assert {each.subject for each in ALL} <= seed.names().keys()


@pytest.mark.parametrize("fact", list(seed.guide_facts()), ids=lambda fact: fact.key)
def test_what_only_guides_say_is_verified_where_a_verified_row_of_the_sheet_says_it(fact):
    on_sheet = {each.key: each for each in ALL if each not in seed.guide_facts()}

    assert fact.is_verified is bool(fact.part_of and on_sheet[fact.part_of].is_verified)


def test_a_corrected_figure_of_the_guides_is_kept_when_the_sheet_is_loaded_again():
    loading.load_claims()
    Claim.objects.filter(key="hsv2.shedding.first-year").update(value="on 30 of 100 days", is_edited=True)

    assert loading.load_claims() == 0

    assert Claim.objects.get(key="hsv2.shedding.first-year").value == "on 30 of 100 days"
