"""Confirm, correct, withdraw and add: what is printed, what is kept of it, and who is refused."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from positivesocials.audit.models import AuditRecord
from positivesocials.claims import changing, loading, seed, selectors, services
from positivesocials.claims.changing import expiry_of
from positivesocials.claims.models import CannotChange, Claim, ClaimChange, Suggestion
from positivesocials.claims.tests.factories import SOURCE, add, wording
from positivesocials.core.refusals import NotThere, Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(edda):
    return add(edda)


@pytest.fixture
def waiting(claim):
    Claim.objects.update(state="waiting", confirmed_on=None, expires_on=None, confirmed_by="")
    changing.tell_every_process()
    return Claim.objects.get()


def printed():
    return {fact.key: fact.value for fact in selectors.facts()}


def test_a_confirmed_fact_is_printed_in_the_name_of_its_editor(waiting, edda):
    assert printed() == {}

    services.confirm(edda, waiting.pk, version=1)

    fact = selectors.facts().get(waiting.key)
    assert fact is not None
    assert (fact.confirmed_by, fact.confirmed_on) == ("Edda", timezone.localdate())
    assert Claim.objects.get().expires_on == expiry_of(timezone.localdate())


def test_a_correction_changes_what_is_printed_and_keeps_what_was(claim, edda):
    services.correct(edda, claim.pk, version=1, wording=wording("21 days"), reason="A new edition.")

    change = selectors.history_of(claim)[0]
    assert printed() == {claim.key: "21 days"}
    assert (change.by, change.before["value"], change.after["value"]) == ("Edda", "14 days", "21 days")
    assert change.reason == "A new edition."


def test_what_is_withdrawn_is_not_printed_until_somebody_confirms_it(claim, edda):
    services.withdraw(edda, claim.pk, version=1, reason="Out of date.")
    assert printed() == {}
    assert claim not in selectors.waiting()

    services.confirm(edda, claim.pk, version=2)

    assert printed() == {claim.key: "14 days"}


def test_an_expired_fact_is_not_printed_and_waits_to_be_confirmed_again(claim, edda):
    version = selectors.facts().version
    Claim.objects.update(expires_on=timezone.localdate())
    changing.tell_every_process()

    assert printed() == {}
    assert selectors.facts().version != version
    assert selectors.waiting() == [claim]

    services.confirm(edda, claim.pk, version=1)
    assert printed() == {claim.key: "14 days"}


def test_facts_expire_by_the_day_alone(claim, monkeypatch):
    before = selectors.facts()
    later = timezone.localdate() + timedelta(days=3 * 365)
    monkeypatch.setattr(timezone, "localdate", lambda: later)

    assert len(before) == 1
    assert len(selectors.facts()) == 0
    assert selectors.facts().version != before.version


@pytest.mark.parametrize(
    ("day", "last"),
    [(date(2026, 11, 22), date(2028, 11, 22)), (date(2028, 2, 29), date(2030, 2, 28))],
)
def test_a_fact_lasts_for_two_years(day, last):
    assert expiry_of(day) == last


def test_an_editor_may_choose_an_earlier_day_and_no_later_one(claim, edda):
    soon = timezone.localdate() + timedelta(days=30)
    services.confirm(edda, claim.pk, version=1, until=soon)
    assert Claim.objects.get().expires_on == soon

    for day in (timezone.localdate(), timezone.localdate() + timedelta(days=800)):
        with pytest.raises(Refused, match="within 24 months"):
            services.confirm(edda, claim.pk, version=2, until=day)


def test_who_was_slower_learns_what_the_other_wrote(claim, edda, olu):
    services.correct(edda, claim.pk, version=1, wording=wording("21 days"), reason="New.")

    with pytest.raises(services.ChangedMeanwhile) as refused:
        services.withdraw(olu, claim.pk, version=1, reason="Old.")

    assert "Edda" in refused.value.message
    assert "21 days" in refused.value.message
    assert printed() == {claim.key: "21 days"}
    assert [change.act for change in Claim.objects.get().changes.all()] == ["added", "corrected"]


def test_many_are_confirmed_together_or_none(edda):
    one, two = add(edda), add(edda, key="hiv.testing.other")
    services.withdraw(edda, one.pk, version=1, reason="Old.")
    services.withdraw(edda, two.pk, version=1, reason="Old.")

    with pytest.raises(services.ChangedMeanwhile):
        services.confirm_many(edda, {one.pk: 2, two.pk: 1})
    assert printed() == {}

    assert services.confirm_many(edda, {one.pk: 2, two.pk: 2}) == 2
    assert len(printed()) == 2


def test_each_act_is_on_record_with_its_reason(claim, edda):
    services.confirm(edda, claim.pk, version=1)
    services.correct(edda, claim.pk, version=2, wording=wording("21 days"), reason="New.")
    services.withdraw(edda, claim.pk, version=3, reason="Old.")

    rows = AuditRecord.objects.order_by("number")
    assert [row.verb for row in rows] == ["add-fact", "confirm-fact", "correct-fact", "withdraw-fact"]
    assert {row.item_id for row in rows} == {claim.pk}
    assert rows[3].reason == "Old."


def test_the_history_is_appended_only(claim):
    change = claim.changes.get()

    for act in (change.save, change.delete, ClaimChange.objects.all().delete):
        with pytest.raises(CannotChange):
            act()
    with pytest.raises(CannotChange):
        ClaimChange.objects.update(reason="")


@pytest.mark.parametrize("account", ["ada", "mo"])
def test_for_others_facts_are_not_there(account, claim, request):
    other = request.getfixturevalue(account)

    with pytest.raises(NotThere):
        services.confirm(other, claim.pk, version=1)
    with pytest.raises(NotThere):
        add(other, key="hiv.testing.more")
    assert Claim.objects.get().version == 1


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"source": None}, "needs a source"),
        ({"source": replace(SOURCE, title="")}, "needs a source"),
        ({"source": replace(SOURCE, url="javascript:alert(1)")}, "begins with https"),
        ({"value": " \u202e "}, "Write what it says"),
        ({"value": "x" * 601}, "too long"),
        ({"low": 9, "high": 3}, "after the last"),
    ],
)
def test_a_fact_without_a_source_or_a_sense_is_refused(edda, more, words):
    with pytest.raises(Refused, match=words):
        add(edda, **more)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    "key", ["", "hiv", "HIV.testing", "hiv.testing.a.b.c", "hiv..x", "h.t\n", "a.b" * 40]
)
def test_a_key_that_is_none_is_refused(edda, key):
    with pytest.raises(Refused, match="key looks like"):
        add(edda, key=key)


def test_a_key_is_given_once(claim, edda):
    with pytest.raises(Refused, match="this key already"):
        add(edda)


def test_a_correction_needs_a_reason_and_a_difference(claim, edda):
    with pytest.raises(Refused, match="Say why"):
        services.correct(edda, claim.pk, version=1, wording=wording("21 days"), reason=" ")
    with pytest.raises(Refused, match="Nothing is different"):
        services.correct(edda, claim.pk, version=1, wording=wording(), reason="Just so.")


def test_words_and_days_cannot_part(edda):
    claim = add(edda, value="2 weeks", low=14, high=14)

    new = wording("3 weeks", low=14, high=14)
    with pytest.raises(Refused, match="other days"):
        services.correct(edda, claim.pk, version=1, wording=new, reason="New.")
    services.correct(edda, claim.pk, version=1, wording=wording("3 weeks", low=21, high=21), reason="New.")

    assert printed() == {claim.key: "3 weeks"}


def test_marks_that_turn_a_line_are_left_out(edda):
    assert add(edda, value="7\u202e to\n21\u2066 days").value == "7 to 21 days"


def test_the_same_document_is_one_source(edda):
    one, two = add(edda), add(edda, key="hiv.testing.other")

    assert one.source_id == two.source_id
    assert selectors.source("health_board_2026") is not None


@pytest.fixture
def new_sheet(monkeypatch):
    """A function that loads a sheet that says something else of the first figure."""
    loading.load_claims()
    first, *rest = seed.seeds()

    def load(value, **more):
        monkeypatch.setattr(seed, "seeds", lambda: iter([replace(first, value=value, **more), *rest]))
        return loading.load_claims()

    return load, Claim.objects.get(key=first.key)


@pytest.mark.parametrize("act", ["confirm", "correct", "withdraw"])
def test_a_new_sheet_waits_beside_what_an_editor_did(new_sheet, edda, act):
    load, claim = new_sheet
    more = {
        "confirm": {},
        "correct": {"wording": wording("9 days"), "reason": "New."},
        "withdraw": {"reason": "Old."},
    }[act]
    getattr(services, act)(edda, claim.pk, version=1, **more)
    before = Claim.objects.values("value", "state", "source").get(pk=claim.pk)

    assert load("5 days", low=5, high=5) == 1
    assert load("5 days", low=5, high=5) == 0

    assert Claim.objects.values("value", "state", "source").get(pk=claim.pk) == before
    assert Suggestion.objects.get(claim=claim).value == "5 days"
    assert claim in selectors.waiting()


def test_confirming_leaves_the_new_sheet_aside(new_sheet, edda):
    load, claim = new_sheet
    services.confirm(edda, claim.pk, version=1)
    load("5 days")

    services.confirm(edda, claim.pk, version=3)

    assert not Suggestion.objects.exists()
    assert load("5 days") == 0
    assert claim not in selectors.waiting()


def test_a_stale_form_is_refused_after_a_new_sheet_too(new_sheet, edda):
    load, claim = new_sheet
    load("5 days")

    with pytest.raises(services.ChangedMeanwhile, match="a new fact sheet"):
        services.confirm(edda, claim.pk, version=1)


def test_every_act_makes_other_processes_read_again(claim, edda):
    versions = [selectors.facts().version]
    services.confirm(edda, claim.pk, version=1)
    versions.append(selectors.facts().version)
    services.withdraw(edda, claim.pk, version=2, reason="Old.")
    versions.append(selectors.facts().version)

    assert len(set(versions)) == 3
