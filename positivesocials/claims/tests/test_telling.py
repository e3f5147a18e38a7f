"""What the console prints of facts."""

import pytest

from positivesocials.claims import selectors, services, telling
from positivesocials.claims.models import Claim
from positivesocials.claims.tests.factories import add

pytestmark = pytest.mark.django_db


def test_one_fact_is_told_with_its_source_and_who_stands_behind_it(edda):
    claim = add(edda)

    told = telling.as_json(claim)

    assert (told["key"], told["value"], told["is_printed"]) == (claim.key, "14 days", True)
    assert told["source"]["publisher"] == "Health Board"
    assert "  confirmed  Edda, " in "\n".join(telling.page(claim))


def test_each_line_says_its_state(edda):
    add(edda)
    services.withdraw(edda, add(edda, key="hiv.testing.b").pk, version=1, reason="Old.")
    Claim.objects.filter(key="hiv.testing.own").update(expires_on="2026-01-01")

    lines = telling.table(selectors.all_claims())

    assert [line.split()[0] for line in lines] == ["withdrawn", "expired"]
    assert [claim.key for claim in selectors.all_claims(only=selectors.Show.WAITING)] == ["hiv.testing.own"]
