import pytest
from django.utils import timezone

from positivesocials.groups import founding, services
from positivesocials.groups.founding import Sort, Wording
from positivesocials.groups.models import Group, Openness


@pytest.fixture
def group(ada):
    """An open group that Ada founded."""
    return found(ada, Openness.OPEN)


@pytest.fixture
def closed(ada):
    return found(ada, Openness.MEMBERS)


def found(founder, openness):
    group = founding.found_group(founder, Wording("Evening walks", "We walk."), Sort(openness))
    Group.objects.filter(pk=group.pk).update(opened_at=timezone.now())
    group.refresh_from_db()
    return group


@pytest.fixture
def make_joined(make_member):
    """A function that makes a member who belongs to a group."""

    def make(name, group):
        account = make_member(name)
        services.join_group(account, group)
        return account

    return make
