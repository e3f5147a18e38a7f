"""One world for all tests of this folder, in transactions that are rolled back after the last."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.db import connections, transaction
from django.test import override_settings
from django.utils import timezone

from positivesocials.config import policy
from positivesocials.core.models import Instance
from tests.permissions import world as worlds
from tests.permissions.asking import Site, Viewer
from tests.permissions.diary import Day, record

A_DAY = 24 * 60 * 60


@pytest.fixture(scope="package")
def cells(request) -> Iterator[Counter[str]]:
    """How many questions were asked, by kind; told at the end past pytest's capture."""
    counted: Counter[str] = Counter()
    yield counted
    told = ", ".join(f"{count} by {kind}" for kind, count in sorted(counted.items()))
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\npolicy: {sum(counted.values())} cells ({told})")


@pytest.fixture(scope="package")
def standing(cells, django_db_setup, django_db_blocker) -> Iterator[Site]:
    with django_db_blocker.unblock(), ExitStack() as stack:
        for alias in connections:
            stack.enter_context(transaction.atomic(using=alias))
        # Proofs hold for fifteen minutes, and a slow machine asks for longer.
        stack.enter_context(override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=A_DAY))
        Instance.objects.update_or_create(only=1, defaults={"opened_at": timezone.now()})
        yield Site(worlds.build())
        for alias in connections:
            transaction.set_rollback(True, using=alias)


@pytest.fixture
def site(db, standing) -> Site:
    return standing


@pytest.fixture(scope="package")
def recorded() -> dict[Viewer, Day]:
    return {}


@pytest.fixture
def days(site, recorded) -> Callable[[Viewer], Day]:
    """A function that tells the day of a viewer, which is recorded when it is first asked for."""

    def day_of(viewer: Viewer) -> Day:
        if viewer not in recorded:
            recorded[viewer] = record(site, viewer)
        return recorded[viewer]

    return day_of


@pytest.fixture
def world(site) -> worlds.World:
    return site.world


@pytest.fixture
def demo(request, settings, db):
    """Demo pages are there in a demo; all else is tried on a site of one's own."""
    settings.DEMO = request.node.callspec.params["row"] in policy.DEMO_ONLY
    Instance.objects.update(is_demo=settings.DEMO)
