"""Editors who act in the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from positivesocials.audit.models import AuditRecord
from positivesocials.claims import selectors, services
from positivesocials.claims.models import Claim
from positivesocials.claims.tests.factories import add, wording

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
