"""Editors who act in the same moment, and a start of the site beside them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connections

from positivesocials.audit.models import AuditRecord
from positivesocials.claims import loading, seed, selectors, services
from positivesocials.claims.models import Claim, ClaimSource, Suggestion
from positivesocials.claims.services import NewSource
from positivesocials.claims.tests.factories import SOURCE, add, wording
from positivesocials.core.refusals import Refused
from tests.moments import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)
VALUES = [f"{number} hours" for number in range(4)]


def test_of_many_who_correct_one_fact_at_once_one_is_first_and_the_others_are_told(edda):
    claim = add(edda)

    def correct(value):
        try:
            said = wording(value)
            return services.correct(edda, claim.pk, version=1, wording=said, reason="New.").value
        except services.ChangedMeanwhile:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(VALUES)) as pool:
        (first,) = filter(None, pool.map(correct, VALUES))

    assert {fact.value for fact in selectors.facts()} == {first}
    assert [change.act for change in Claim.objects.get().changes.all()] == ["added", "corrected"]
    assert AuditRecord.objects.count() == 2


def add_by(edda, key, source=SOURCE):
    return add(edda, key=key, source=source)


@pytest.fixture
def others(edda):
    """Two facts of another source."""
    source = NewSource("Elsewhere", "Other Board", "https://example.org/other", 2020)
    return [add_by(edda, f"hiv.testing.{name}", source) for name in ("one", "two")]


def correct(edda, claim, source):
    said = wording("21 days", source=source)
    return services.correct(edda, claim.pk, version=1, wording=said, reason="New.")


def test_two_who_correct_with_the_same_new_source_at_once_name_one_source(edda, others):
    one, two = others

    with meanwhile(lambda: correct(edda, two, SOURCE)) as second:
        first = correct(edda, one, SOURCE)

    assert second.result().source == first.source
    assert ClaimSource.objects.filter(url=SOURCE.url).count() == 1


def test_two_who_add_with_the_same_new_source_at_once_name_one_source(edda):
    with meanwhile(lambda: add_by(edda, "hiv.testing.two")) as second:
        first = add_by(edda, "hiv.testing.one")

    assert second.result().source == first.source
    assert ClaimSource.objects.count() == 1


def test_two_new_sources_of_one_publisher_and_year_at_once_are_two(edda, others):
    one, two = others
    other = replace(SOURCE, title="Testing at home", url="https://example.org/home")

    with meanwhile(lambda: correct(edda, two, other)) as second:
        correct(edda, one, SOURCE)

    assert second.result().source.key == "health_board_2026_2"


def test_of_two_who_add_one_key_at_once_the_second_is_told_that_it_is_there(edda):
    with pytest.raises(Refused, match="a fact with this key"), meanwhile(lambda: add(edda)):
        add(edda)

    assert Claim.objects.count() == 1


@pytest.fixture
def new_sheet(monkeypatch):
    """The next load finds a sheet that says something else of its first figure and has one more."""
    first, *rest = list(seed.seeds())[:3]
    monkeypatch.setattr(seed, "seeds", lambda: iter([first, *rest]))
    loading.load_claims()
    news = [replace(first, value="9 days"), *rest, replace(first, key="hiv.testing.own")]
    monkeypatch.setattr(seed, "seeds", lambda: iter(news))
    return Claim.objects.get(key=first.key)


def test_a_sheet_that_loads_while_an_editor_corrects_waits_beside_the_correction(new_sheet, edda):
    with meanwhile(loading.load_claims) as loaded:
        correct(edda, new_sheet, SOURCE)

    assert loaded.result() == 2
    assert Claim.objects.get(pk=new_sheet.pk).value == "21 days"
    assert Suggestion.objects.get(claim=new_sheet).value == "9 days"


def test_a_sheet_that_loads_while_an_editor_adds_its_new_key_waits_beside_what_was_added(new_sheet, edda):
    with meanwhile(loading.load_claims) as loaded:
        added = add(edda)

    assert loaded.result() == 2
    assert Claim.objects.get(key=added.key).value == added.value
    assert Suggestion.objects.filter(claim=added).exists()


def test_an_editor_who_corrects_while_a_sheet_loads_is_told_what_it_says_now(new_sheet, edda):
    def late():
        with pytest.raises(services.ChangedMeanwhile) as told:
            correct(edda, new_sheet, SOURCE)
        return told.value.message

    with meanwhile(late) as said:
        loading.load_claims()

    assert "a new fact sheet changed" in said.result()
    assert "9 days" in said.result()


def test_two_processes_that_start_at_once_load_the_sheet_once(new_sheet):
    with meanwhile(loading.load_claims) as second:
        assert loading.load_claims() == 2

    assert second.result() == 0


def test_two_who_correct_linked_facts_at_once_do_not_lock_each_other_out(edda):
    whole, part = add(edda), add(edda, key="hiv.testing.part")
    Claim.objects.filter(pk=part.pk).update(part_of=whole.key)

    def correct(claim):
        try:
            services.correct(edda, claim.pk, version=1, wording=wording("9 hours"), reason="New.")
        except services.ChangedMeanwhile:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(correct, [whole, part]))

    # Whoever came second had their fact unsettled by the first, and is told so.
    assert sorted(done) == [False, True]
    states = dict(Claim.objects.values_list("key", "state"))
    assert sorted(states.values()) == ["confirmed", "waiting"]
