"""Two facts that say the same: whoever changes one is led to the other, and nobody reads two figures."""

from dataclasses import replace

import pytest

from positivesocials.claims import loading, seed, selectors, services
from positivesocials.claims.models import Claim
from positivesocials.claims.tests.factories import wording

pytestmark = pytest.mark.django_db
PART, WHOLE, SIBLING = "hiv.after-contact.pep-start", "hiv.treatment.2", "hiv.after-contact.pep-course"


@pytest.fixture(autouse=True)
def facts():
    loading.load_claims()


def get(key):
    return Claim.objects.get(key=key)


def correct(editor, key):
    return services.correct(
        editor, get(key).pk, version=1, wording=wording("48 hours"), reason="New edition."
    )


def withdraw(editor, key):
    return services.withdraw(editor, get(key).pk, version=1, reason="Not so.")


def test_what_repeats_a_part_of_a_row_names_a_row_that_there_is():
    keys = {each.key for each in seed.seeds()}
    parts = [each for each in seed.guide_facts() if each.part_of]

    assert len(parts) == 27
    assert {each.part_of for each in parts} <= keys


@pytest.mark.parametrize("act", [correct, withdraw])
def test_whoever_changes_a_part_has_the_whole_looked_at(edda, act):
    act(edda, PART)

    whole = get(WHOLE)
    assert (whole.state, whole.version, whole.confirmed_on) == ("waiting", 2, None)
    assert selectors.facts().get(WHOLE) is None
    assert whole in selectors.waiting()
    last = selectors.history_of(whole)[0]
    assert (last.act, last.by, last.reason) == ("unsettled", "Edda", PART)
    assert selectors.facts().get(SIBLING) is not None


@pytest.mark.parametrize("act", [correct, withdraw])
def test_whoever_changes_the_whole_has_its_parts_looked_at(edda, act):
    act(edda, WHOLE)

    assert {get(key).state for key in (PART, SIBLING)} == {"waiting"}


def test_confirming_takes_nothing_from_what_says_the_same(edda):
    services.confirm(edda, get(PART).pk, version=1)

    assert get(WHOLE).state == "confirmed"


def test_an_update_confirms_nothing_that_an_editor_has_to_look_at(edda, monkeypatch):
    correct(edda, PART)
    rows = [replace(each, note="Other.") if each.key == WHOLE else each for each in seed.seeds()]
    monkeypatch.setattr(seed, "seeds", lambda: iter(rows))

    loading.load_claims()

    assert get(WHOLE).state == "waiting"


@pytest.mark.parametrize("gone", [False, True])
def test_a_sheet_that_changes_a_row_has_its_parts_looked_at_but_no_editors_word(edda, monkeypatch, gone):
    services.confirm(edda, get(SIBLING).pk, version=1)
    rows = [replace(each, value="Other.") if each.key == WHOLE else each for each in seed.seeds()]
    rows = [each for each in rows if not (gone and each.key == WHOLE)]
    monkeypatch.setattr(seed, "seeds", lambda: iter(rows))

    loading.load_claims()

    assert get(PART).state == "waiting"
    assert get(SIBLING).state == "confirmed"


def test_facts_of_an_older_version_are_linked_with_the_next_start():
    before = get(PART).version
    Claim.objects.update(part_of="")

    assert loading.load_claims() == 0

    assert (get(PART).part_of, get(PART).version) == (WHOLE, before)


def test_the_desk_says_what_else_says_it_and_what_saving_does(edda, signed_in):
    desk = signed_in(edda)
    part = get(PART)

    assert f">{WHOLE}</code>" in desk.get(part.get_absolute_url()).content.decode()
    for page in ("correct", "withdraw"):
        asked = desk.get(f"{part.get_absolute_url()}{page}/").content.decode()
        assert f">{WHOLE}</code>" in asked
        assert "not printed until somebody has looked at them" in asked
    said = {"version": 1, "reason": "Not so."}
    done = desk.post(f"{part.get_absolute_url()}withdraw/", said, follow=True).content.decode()
    assert f"The same is said in {WHOLE}" in done
    assert f">{SIBLING}</code>" in desk.get(f"/facts/?of={selectors.mark_of('hiv')}").content.decode()
