import pytest

from positivesocials.accounts import services as accounts
from positivesocials.privacy import services
from positivesocials.privacy.models import Consent
from positivesocials.privacy.services import NoConsent
from positivesocials.profiles import services as profiles
from positivesocials.profiles.models import Profile
from tests.moments import at_once


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_write_at_the_moment_of_a_withdrawal_leaves_nothing_behind():
    for _ in range(8):
        account = accounts.open_account()
        services.give_consent(account, purpose="circles")

        failures = at_once(
            lambda who=account: profiles.make_individual(who, name="Ada", facets={"circles": ["hsv"]}),
            lambda who=account: services.withdraw_consent(who, purpose="circles"),
        )

        assert all(isinstance(failure, NoConsent) for failure in failures)
        assert [p.said.circles for p in Profile.objects.filter(account=account) if p.said.circles] == []
        assert not services.may_keep(account.pk, purpose="circles")


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_two_yeses_at_the_same_moment_are_one_receipt():
    account = accounts.open_account()

    failures = at_once(*[lambda: services.give_consent(account, purpose="circles")] * 4)

    assert failures == []
    assert Consent.objects.count() == 1
