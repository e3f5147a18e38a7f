"""The fact sheet becomes rows, and undoes nothing that an editor did."""

import re
from dataclasses import replace
from datetime import date

import pytest

from positivesocials.claims import loading, seed, selectors
from positivesocials.claims.models import Claim, ClaimSource

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


def test_a_new_sheet_renews_what_no_editor_has_touched(sheet):
    first, *rest = ALL

    assert sheet(replace(first, value="8 to 20 days", low=8, high=20), *rest) == 1

    fact = selectors.facts().get(first.key)
    assert fact is not None
    assert (fact.value, fact.low) == ("8 to 20 days", 8)
    assert [change.act for change in Claim.objects.get(key=first.key).changes.all()] == ["loaded", "renewed"]


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
    named = re.search(r"stands in ([\w.-]+):", fact.note)

    assert fact.is_verified is bool(named and on_sheet[named[1]].is_verified)


def test_a_corrected_figure_of_the_guides_is_kept_when_the_sheet_is_loaded_again():
    loading.load_claims()
    Claim.objects.filter(key="hsv2.shedding.first-year").update(value="on 30 of 100 days", is_edited=True)

    assert loading.load_claims() == 0

    assert Claim.objects.get(key="hsv2.shedding.first-year").value == "on 30 of 100 days"
