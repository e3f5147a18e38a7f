import pytest

from positivesocials.notifications import letters, selectors
from positivesocials.notifications.choices import Choice
from positivesocials.notifications.forms import kinds

pytestmark = pytest.mark.django_db
PAGE = "/notices/choices/"
FORM = {
    "mail": "weekly",
    "quiet_from": "22:00",
    "quiet_to": "07:00",
    "zone": "Europe/Madrid",
    "way-message": ["here"],
}


def test_what_was_chosen_is_kept_sealed_and_shown_again(ada, signed_in):
    browser = signed_in(ada)

    browser.post(PAGE, FORM)

    choice = selectors.choice_of(ada.pk)
    assert (choice.mail, choice.quiet_from, choice.zone) == ("weekly", 22, "Europe/Madrid")
    assert choice.ways_for("message") == ["here"]
    assert '<option value="Europe/Madrid" selected>' in browser.get(PAGE).text


def test_every_kind_but_those_of_the_account_has_its_switches(ada, signed_in):
    page = signed_in(ada).get(PAGE).text

    assert all(f'name="way-{kind.slug}"' in page for kind in kinds())
    assert 'name="way-log-in"' not in page


@pytest.mark.parametrize("wrong", [{"mail": "hourly"}, {"quiet_to": "24:00"}, {"zone": "Mars/Base"}])
def test_what_the_page_does_not_offer_is_refused(wrong, ada, signed_in):
    answer = signed_in(ada).post(PAGE, FORM | wrong)

    assert answer.status_code == 422
    assert not selectors.has_chosen(ada)


def test_opening_the_link_of_a_mail_switches_nothing_off(ada, client, chooses):
    chooses(ada, mail="at-once")

    client.get(letters.off_link(ada.pk))

    assert selectors.choice_of(ada.pk).mail == "at-once"


@pytest.mark.parametrize("token", ["x", "a:b", "QUJD:QUJD"])
def test_a_made_up_link_is_not_there(client, token):
    assert client.get(f"/notices/mail/{token}/").status_code == 404
    assert client.post(f"/notices/mail/{token}/").status_code == 404


def test_the_link_ends_mails_only(ada, client, chooses):
    chooses(ada, mail="at-once", quiet_from=22, quiet_to=7)

    client.post(letters.off_link(ada.pk))

    assert selectors.choice_of(ada.pk) == Choice(quiet_from=22, quiet_to=7)
