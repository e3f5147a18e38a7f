import pytest

from positivesocials.core.refusals import NotThere
from positivesocials.privacy import registry, services, texts
from positivesocials.privacy.models import Consent, Purpose
from positivesocials.privacy.services import NoConsent
from positivesocials.vault import services as vault

every_purpose = pytest.mark.parametrize("purpose", Purpose.values)


@every_purpose
def test_a_write_without_consent_is_refused(kept, ada, ben, purpose):
    keeper = kept(purpose)
    services.give_consent(ben, purpose=purpose)

    with pytest.raises(NoConsent):
        keeper.write(ada)

    assert not keeper.rows_of(ada).exists()


@every_purpose
def test_one_consent_is_never_another(kept, ada, purpose):
    keepers = {each: kept(each) for each in Purpose.values}
    services.give_consent(ada, purpose=purpose)

    for other in set(Purpose.values) - {purpose}:
        with pytest.raises(NoConsent):
            keepers[other].write(ada)
    keepers[purpose].write(ada)


@every_purpose
def test_taking_it_back_removes_what_was_kept_with_its_key_and_nobody_elses(
    kept, signed_in, ada, ben, purpose, django_capture_on_commit_callbacks
):
    keeper = kept(purpose)
    for account in (ada, ben):
        services.give_consent(account, purpose=purpose)
        keeper.write(account)

    with django_capture_on_commit_callbacks(execute=True):
        signed_in(ada).post(f"/consents/{purpose}/withdraw/")

    assert not keeper.rows_of(ada).exists()
    assert vault.key_of(keeper.key_of(ada)) is None
    assert keeper.rows_of(ben).exists()
    assert vault.key_of(keeper.key_of(ben))
    with pytest.raises(NoConsent):
        keeper.write(ada)


@pytest.mark.parametrize("purpose", [each for each in Purpose.values if not registry.is_kept(each)])
def test_what_nobody_keeps_here_is_neither_asked_nor_shown(signed_in, ada, purpose):
    with pytest.raises(NotThere):
        services.give_consent(ada, purpose=purpose)
    with pytest.raises(NoConsent):
        services.require_consent(ada, purpose=purpose)

    page = signed_in(ada).get("/consents/").content.decode()
    assert f"/consents/{purpose}/" not in page
    assert signed_in(ada).post(f"/consents/{purpose}/withdraw/").status_code == 404


def test_a_health_record_is_not_on_the_page_until_something_keeps_it(kept, signed_in, ada):
    assert "health record" not in signed_in(ada).get("/consents/").content.decode()

    kept("record")

    assert "health record" in signed_in(ada).get("/consents/").content.decode()


def test_a_consent_has_a_receipt_with_its_wording(signed_in, ada):
    services.give_consent(ada, purpose="circles")

    page = signed_in(ada).get("/consents/").content.decode()

    receipt = Consent.objects.get()
    assert "In force" in page
    assert str(receipt.pk) in page
    assert receipt.wording == texts.current("circles")
    assert receipt.wording in page


def test_a_receipt_is_saved_as_a_plain_file_with_a_neutral_name(signed_in, ada):
    receipt = services.give_consent(ada, purpose="circles")
    services.withdraw_consent(ada, purpose="circles")

    answer = signed_in(ada).get(f"/consents/receipts/{receipt.pk}/")

    receipt.refresh_from_db()
    name = f"receipt-{receipt.given_at:%Y-%m-%d}.txt"
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    for said in (receipt.pk, ada.pk, "Wording: 2", receipt.wording):
        assert str(said) in answer.content.decode()
    for moment in (receipt.given_at, receipt.withdrawn_at):
        assert f"{moment:%Y-%m-%d %H:%M:%S} UTC" in answer.content.decode()
    # Numbers are in small letters, and may spell a name.
    assert not any(name in answer.content.decode() for name in ("Ada", "ada@"))


def test_nobody_saves_somebody_elses_receipt(signed_in, ada, ben):
    receipt = services.give_consent(ada, purpose="circles")

    assert signed_in(ben).get(f"/consents/receipts/{receipt.pk}/").status_code == 404


def test_giving_twice_is_one_consent(ada):
    first = services.give_consent(ada, purpose="circles")

    assert services.give_consent(ada, purpose="circles") == first


def test_the_receipt_of_a_withdrawn_consent_stays(signed_in, ada):
    services.give_consent(ada, purpose="circles")
    services.withdraw_consent(ada, purpose="circles")
    services.give_consent(ada, purpose="circles")

    page = signed_in(ada).get("/consents/").content.decode()

    assert Consent.objects.count() == 2
    assert page.count("Taken back on") == 1


@pytest.fixture
def agreed_to_an_older_wording(kept, ada):
    keeper = kept("circles")
    services.give_consent(ada, purpose="circles")
    keeper.write(ada)
    Consent.objects.update(text_version="0", wording="What was said before.")
    return keeper


def test_after_a_new_wording_what_is_kept_stays_and_the_next_write_is_refused(
    agreed_to_an_older_wording, signed_in, ada
):
    with pytest.raises(NoConsent):
        agreed_to_an_older_wording.write(ada)

    page = signed_in(ada).get("/consents/").content.decode()
    assert agreed_to_an_older_wording.rows_of(ada).count() == 1
    assert services.may_keep(ada.pk, purpose="circles")
    assert not services.has_consent(ada, purpose="circles")
    assert "What was said before." in page
    assert "There is a newer wording" in page


def test_a_yes_to_the_new_wording_leaves_the_old_one_as_a_receipt(agreed_to_an_older_wording, signed_in, ada):
    services.give_consent(ada, purpose="circles")
    agreed_to_an_older_wording.write(ada)

    page = signed_in(ada).get("/consents/").content.decode()
    old, new = Consent.objects.order_by("given_at")
    assert (old.text_version, new.text_version) == ("0", "2")
    assert old.replaced_at
    assert old.withdrawn_at is None
    assert "What was said before." in page
    assert "Replaced by a newer wording on" in page


def test_a_consent_to_an_older_wording_can_be_taken_back_too(agreed_to_an_older_wording, signed_in, ada):
    signed_in(ada).post("/consents/circles/withdraw/")

    assert not agreed_to_an_older_wording.rows_of(ada).exists()


def test_withdrawing_what_was_never_given_changes_nothing(kept, signed_in, ada, ben):
    keeper = kept("circles")
    services.give_consent(ben, purpose="circles")
    keeper.write(ben)

    signed_in(ada).post("/consents/circles/withdraw/")

    assert services.has_consent(ben, purpose="circles")
    assert keeper.rows_of(ben).exists()


def test_an_unknown_purpose_is_not_there(signed_in, ada):
    assert signed_in(ada).post("/consents/anything/withdraw/").status_code == 404


def test_nobody_reads_somebody_elses_consents(signed_in, ada, ben):
    receipt = services.give_consent(ada, purpose="circles")

    assert str(receipt.pk) not in signed_in(ben).get("/consents/").content.decode()


def test_a_purpose_with_a_switch_is_given_on_the_page(signed_in, ada):
    browser = signed_in(ada)
    assert "/consents/learning/give/" in browser.get("/consents/").content.decode()

    browser.post("/consents/learning/give/")

    assert services.has_consent(ada, purpose="learning")


@pytest.mark.parametrize("purpose", ["circles", "record", "letter", "push", "anything"])
def test_a_purpose_without_a_switch_is_not_given_there(kept, signed_in, ada, purpose):
    kept("record")

    assert signed_in(ada).post(f"/consents/{purpose}/give/").status_code == 404
    assert not Consent.objects.exists()
