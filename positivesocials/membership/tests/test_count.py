from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.accounts.models import Account
from positivesocials.membership import selectors, services
from positivesocials.membership.models import MemberCount, TermsAccepted

pytestmark = pytest.mark.django_db


def last_seen(account, *, days_ago):
    Account.objects.filter(pk=account.pk).update(seen_on=timezone.localdate() - timedelta(days=days_ago))


def test_who_was_here_in_the_last_30_days_counts(ada, ben, cleo):
    last_seen(ada, days_ago=0)
    last_seen(ben, days_ago=30)
    last_seen(cleo, days_ago=31)

    assert services.active_members() == 2


def test_staff_and_both_of_a_couple_count_as_one_each(eli, fern, mo):
    assert services.active_members() == 3


def test_a_closed_account_does_not_count(ada):
    Account.objects.filter(pk=ada.pk).update(is_active=False)

    assert services.active_members() == 0


def test_the_number_of_a_day_is_never_changed_afterwards(ada, make_member):
    services.count_members()
    make_member("Ida")
    services.count_members()

    assert MemberCount.objects.count() == 1
    assert selectors.public_count().members == 1


def test_the_newest_day_is_shown_with_what_a_square_means(ada):
    yesterday = timezone.localdate() - timedelta(days=1)
    MemberCount.objects.create(counted_on=yesterday, members=41)
    services.count_members()

    count = selectors.public_count()

    assert (count.members, count.counted_on) == (1, timezone.localdate())
    assert (count.of_shown, count.square_shown) == ("100,000", "1,000")


def test_before_the_first_count_it_is_nought():
    assert selectors.public_count().members == 0


def test_accepting_the_same_terms_twice_leaves_one_receipt(ada):
    services.accept_terms(ada, version="2026-11")
    services.accept_terms(ada, version="2026-11")

    assert TermsAccepted.objects.filter(account=ada).count() == 1


def test_the_page_says_how_we_count(client, ada):
    services.count_members()

    page = client.get("/how-we-count/").content.decode()

    assert '<b class="num">1</b>' in page
    assert "30 days" in page
