from contextlib import ExitStack

import pytest
from django.db import connections, transaction
from django.test import override_settings

from positivesocials.core.instance import this_instance
from positivesocials.core.models import Instance
from positivesocials.demo import services as demo_services


@pytest.fixture(scope="module")
def _seeded_once(django_db_setup, django_db_blocker):
    """One community for all tests of a module, in transactions that are rolled back after the last."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        this_instance()
        Instance.objects.update(is_demo=True)
        with override_settings(DEMO=True):
            demo_services.seed(lambda: None)
        yield
        for alias in connections:
            transaction.set_rollback(True, using=alias)


@pytest.fixture
def demo(db, settings):
    """A demo before its community is there."""
    settings.DEMO = True
    Instance.objects.update(is_demo=True)


@pytest.fixture
def community(_seeded_once, demo):
    """A demo as a visitor finds it."""
