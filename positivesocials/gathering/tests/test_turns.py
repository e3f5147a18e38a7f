"""Of many feeds each server has its turn."""

from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.gathering import polling
from positivesocials.gathering.models import Feed, Host
from positivesocials.gathering.tests.factories import make_feed

pytestmark = pytest.mark.django_db


def test_many_feeds_of_one_busy_host_hold_up_no_other(feed, site):
    long_ago = timezone.now() - timedelta(hours=5)
    for number in range(polling.AT_ONCE + 5):
        make_feed(f"https://busy.example/{number}", next_at=long_ago)
    Host.objects.create(origin="https://busy.example", busy_until=timezone.now() + timedelta(minutes=2))

    polling.poll_due()

    assert Feed.objects.get(pk=feed.pk).checked_at is not None


def test_a_round_takes_a_few_feeds_of_one_host_and_those_of_others_first(site):
    now = timezone.now()
    busy = [make_feed(site.at(f"/{n}"), next_at=now - timedelta(hours=9 - n)) for n in range(9)]
    other = make_feed("https://other.example/feed", next_at=now)

    chosen = polling._this_round()

    assert chosen == [busy[0].pk, other.pk, busy[1].pk, busy[2].pk]


def test_a_host_that_asked_for_patience_takes_no_place_in_a_round(feed):
    origin = "/".join(feed.address.split("/")[:3])
    Host.objects.create(origin=origin, next_at=timezone.now() + timedelta(days=1))

    assert polling._this_round() == []
