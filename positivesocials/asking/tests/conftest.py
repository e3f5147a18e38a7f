from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.asking import checks
from positivesocials.asking.checks import Said
from positivesocials.asking.models import Professional


@pytest.fixture(autouse=True)
def _nothing_is_held(settings):
    settings.HELD_AT_FIRST = 0


@pytest.fixture
def verified(olu):
    """A function that has the operator check somebody: `verified(ben)`."""

    def verify(account, name="Nora Quill"):
        said = Said(name, "Nurse in a clinic", "Entry in the register of nurses")
        checks.ask(account, said)
        row = Professional.objects.get(account=account)
        checks.verify(olu, row.pk, said, valid_until=timezone.localdate() + timedelta(days=90))
        return Professional.objects.get(account=account)

    return verify


@pytest.fixture
def nurse(ben, verified):
    verified(ben)
    return ben
