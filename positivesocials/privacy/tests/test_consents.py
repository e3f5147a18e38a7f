import pytest

from positivesocials.accounts.models import Account
from positivesocials.privacy import services
from positivesocials.privacy.models import Consent


@pytest.fixture
def removed(monkeypatch):
    accounts: list[Account] = []
    monkeypatch.setitem(services._on_withdrawal, "circles", accounts.append)
    return accounts


def test_a_consent_has_a_receipt_with_its_wording(signed_in, ada):
    services.give_consent(ada, purpose="circles")

    page = signed_in(ada).get("/consents/").content.decode()

    receipt = Consent.objects.get()
    assert "In force" in page
    assert str(receipt.pk) in page
    assert receipt.wording in page


def test_giving_twice_is_one_consent(ada):
    first = services.give_consent(ada, purpose="circles")

    assert services.give_consent(ada, purpose="circles") == first


def test_taking_it_back_works_at_once_and_removes_what_was_kept(signed_in, ada, removed):
    services.give_consent(ada, purpose="circles")

    signed_in(ada).post("/consents/circles/withdraw/")

    assert not services.has_consent(ada, purpose="circles")
    assert removed == [ada]


def test_the_receipt_of_a_withdrawn_consent_stays(signed_in, ada, removed):
    services.give_consent(ada, purpose="circles")
    services.withdraw_consent(ada, purpose="circles")
    services.give_consent(ada, purpose="circles")

    page = signed_in(ada).get("/consents/").content.decode()

    assert Consent.objects.count() == 2
    assert page.count("Taken back on") == 1


def test_withdrawing_what_was_never_given_changes_nothing(signed_in, ada, ben, removed):
    services.give_consent(ben, purpose="circles")

    signed_in(ada).post("/consents/circles/withdraw/")

    assert services.has_consent(ben, purpose="circles")
    assert removed == []


def test_an_unknown_purpose_is_not_there(signed_in, ada):
    assert signed_in(ada).post("/consents/anything/withdraw/").status_code == 404


def test_nobody_reads_somebody_elses_consents(signed_in, ada, ben):
    receipt = services.give_consent(ada, purpose="circles")

    assert str(receipt.pk) not in signed_in(ben).get("/consents/").content.decode()
