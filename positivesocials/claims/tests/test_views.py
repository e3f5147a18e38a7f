"""The editors' pages of facts."""

import pytest

from positivesocials.claims import loading, seed, selectors, services, uses
from positivesocials.claims.models import Claim
from positivesocials.claims.tests.factories import add, wording

pytestmark = pytest.mark.django_db
FORM = {
    "source": "new",
    "value": "21 days",
    "publisher": "Health Board",
    "title": "Testing in a lab",
    "url": "https://example.org/testing",
    "reason": "A new edition.",
}


@pytest.fixture
def desk(edda, signed_in):
    return signed_in(edda)


@pytest.fixture
def claim(edda):
    return add(edda)


def value_of(key):
    fact = selectors.facts().get(key)
    return fact and fact.value


def path(claim, act=""):
    return f"/facts/{claim.pk}/{act and act + '/'}"


def test_what_waits_stands_beside_its_source_by_condition(desk):
    loading.load_claims()
    waiting = selectors.waiting("hiv")

    page = desk.get(f"/facts/?of={selectors.mark_of('hiv')}").content.decode()

    assert all(f"{claim.key}</code>" in page for claim in waiting)
    assert waiting[0].source.url in page
    assert "chlamydia" not in page


def test_the_list_asks_the_same_number_of_questions_however_long(desk, django_assert_max_num_queries):
    loading.load_claims()

    with django_assert_max_num_queries(22):
        desk.get("/facts/")


@pytest.mark.parametrize("show", ["waiting", "confirmed", "expiring", "withdrawn", "nonsense", ""])
def test_each_filter_has_its_page(desk, claim, show):
    assert desk.get(f"/facts/?show={show}&of=zzz&page=x").status_code == 200


def test_a_fact_says_what_others_say_and_where_it_is_printed(desk, edda, claim):
    add(edda, key="hiv.testing.other", value="45 days")
    finder = lambda key: [uses.Use("The guide", "/guides/hiv/")] if key == claim.key else []  # noqa: E731
    uses.register(finder)

    page = desk.get(path(claim)).content.decode()
    uses._finders.remove(finder)

    assert "45 days" in page
    assert '<a href="/guides/hiv/">The guide</a>' in page


def test_an_editor_confirms_from_the_list(desk, edda, claim):
    services.withdraw(edda, claim.pk, version=1, reason="Old.")

    response = desk.post(path(claim, "confirm"), {"version": 2, "next": "/facts/?show=waiting"})

    assert response["Location"] == "/facts/?show=waiting"
    assert selectors.facts().get(claim.key) is not None


def test_an_editor_corrects(desk, claim):
    shown = desk.get(path(claim, "correct")).content.decode()
    response = desk.post(path(claim, "correct"), FORM | {"version": 1})

    assert "14 days" in shown
    assert response["Location"] == path(claim)
    assert value_of(claim.key) == "21 days"


def test_an_editor_withdraws(desk, claim):
    assert "Withdraw this fact?" in desk.get(path(claim, "withdraw")).content.decode()

    desk.post(path(claim, "withdraw"), {"version": 1, "reason": "Old."})

    assert Claim.objects.get().state == "withdrawn"


def test_what_was_typed_survives_that_another_was_quicker(desk, claim, olu):
    services.correct(olu, claim.pk, version=1, wording=wording("9 days"), reason="Mine.")

    stale = desk.post(path(claim, "correct"), FORM | {"version": 1})
    page = stale.content.decode()

    assert stale.status_code == 409
    assert "Olu changed" in page
    assert "It now says: 9 days" in page
    assert ">\n21 days</textarea>" in page
    assert "A new edition.</textarea>" in page
    assert value_of(claim.key) == "9 days"
    # Whoever saves once more has read what the other wrote.
    again = desk.post(path(claim, "correct"), FORM | {"version": stale.context["form"]["version"].value()})
    assert again.status_code == 302
    assert value_of(claim.key) == "21 days"


@pytest.mark.parametrize("act", ["confirm", "withdraw"])
def test_every_stale_form_is_refused_with_what_the_other_wrote(desk, claim, olu, act):
    services.correct(olu, claim.pk, version=1, wording=wording("9 days"), reason="Mine.")

    stale = desk.post(path(claim, act), {"version": 1, "reason": "Because it is old."})

    assert stale.status_code == 409
    assert "It now says: 9 days" in stale.content.decode()


def test_a_fact_of_ones_own_needs_a_source(desk):
    told = {"key": "hiv.testing.home-test", "about": "a home test", "value": "90 days", "source": "new"}

    refused = desk.post("/facts/add/", told)
    assert refused.status_code == 422
    assert "A fact needs a source" in refused.content.decode()

    desk.post("/facts/add/", FORM | told)
    assert value_of("hiv.testing.home-test") == "90 days"


def test_a_key_that_is_taken_is_said_in_the_form(desk, claim):
    told = FORM | {"key": claim.key, "about": "a home test"}

    refused = desk.post("/facts/add/", told)

    assert refused.status_code == 409
    assert "this key already" in refused.content.decode()


def test_what_one_source_says_is_confirmed_in_one_reading(desk):
    loading.load_claims()
    first = selectors.waiting()[0]
    all_of_it = selectors.of_source(first.source)
    ticks = [f"{claim.pk}:{claim.version}" for claim in all_of_it]
    here = f"/facts/source/{first.source_id}/"

    assert first.key in desk.get(here).content.decode()
    assert desk.post(here, {"facts": ticks}).status_code == 302
    assert selectors.of_source(first.source) == []


def test_ticks_stay_when_one_of_them_has_changed(desk, edda, olu):
    one, two = add(edda), add(edda, key="hiv.testing.other")
    Claim.objects.update(state="waiting", confirmed_on=None, expires_on=None)
    services.correct(olu, one.pk, version=1, wording=wording("9 days"), reason="Mine.")

    stale = desk.post(f"/facts/source/{two.source_id}/", {"facts": [f"{one.pk}:1", f"{two.pk}:1"]})

    assert stale.status_code == 409
    assert "Olu changed" in stale.content.decode()
    assert f'value="{two.pk}:1" checked' in stale.content.decode()
    assert Claim.objects.get(pk=two.pk).state == "waiting"


@pytest.mark.parametrize("facts", [[], ["nonsense"], ["1:1"], ["x:y:z"]])
def test_ticks_that_are_none_are_refused(desk, claim, facts):
    here = f"/facts/source/{claim.source_id}/"

    assert desk.post(here, {"facts": facts}).status_code == 409


def test_a_new_sheet_can_be_taken_over(desk, edda, claim):
    Claim.objects.update(is_from_sheet=True)
    loading._suggest(
        Claim.objects.get(),
        next(iter(seed.seeds())),
        claim.source,
        "new",
    )

    page = desk.get(path(claim)).content.decode()
    form = desk.get(f"{path(claim, 'correct')}?take=sheet").content.decode()

    assert "The new fact sheet says" in page
    assert "7 to 21 days" in form
    assert "As the new fact sheet has it." in form


def test_editors_find_the_page_from_everywhere(desk, ada, signed_in):
    assert 'href="/facts/"' in desk.get("/home/").content.decode()
    assert 'href="/facts/"' not in signed_in(ada).get("/home/").content.decode()
