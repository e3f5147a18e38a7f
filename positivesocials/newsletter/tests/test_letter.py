import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from conftest import PASSWORD
from positivesocials.accounts.models import Account
from positivesocials.newsletter import services
from positivesocials.newsletter.models import Subscriber
from positivesocials.notifications.models import OutgoingMail
from positivesocials.privacy import texts
from positivesocials.vault.models import DataKey

ADDRESS = "reader@example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(client):
    def post(address=ADDRESS):
        return client.post("/letter/", {"address": address})

    return post


def found(pattern, text):
    return re.findall(pattern, text)[0]


def mailed_path():
    return found(r"https?://[^/]+(/letter/\S+)", OutgoingMail.objects.latest("queued_at").body)


@pytest.fixture
def subscribed(client, ask):
    """The path of the thank-you page of somebody who asked and said yes."""
    ask()
    return client.post(mailed_path()).headers["Location"]


def test_asking_sends_one_question_and_no_letter_without_a_yes(ask):
    response = ask()

    assert response.headers["Location"] == "/letter/asked/"
    assert OutgoingMail.objects.count() == 1
    assert not Subscriber.objects.filter(confirmed_at__isnull=False).exists()


def test_opening_the_link_changes_nothing_and_the_button_says_yes(client, ask):
    ask()
    path = mailed_path()

    assert client.get(path).status_code == 200
    assert Subscriber.objects.get().confirmed_at is None

    client.post(path)
    assert Subscriber.objects.get().confirmed_at is not None


def test_a_known_and_an_unknown_address_get_the_same_answer_and_the_same_mail(client, ask, subscribed):
    OutgoingMail.objects.all().delete()

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        known, unknown = ask(), ask("other@example.org")

    bodies = [re.sub(r"/\S+/\S+/", "", mail.body) for mail in OutgoingMail.objects.all()]
    assert known.headers["Location"] == unknown.headers["Location"]
    assert len(bodies) == 2
    assert bodies[0] == bodies[1]


def test_an_address_is_asked_once_a_day_at_most(ask):
    for _attempt in range(3):
        assert ask().status_code == 302

    assert OutgoingMail.objects.count() == 1


def test_saying_yes_twice_leaves_one_subscription(client, ask, subscribed):
    again = Subscriber(index=services.index_of(ADDRESS), address=ADDRESS)
    again.save()

    row = services.confirm(services._token(again, services.CONFIRM))

    assert Subscriber.objects.count() == 1
    assert row == Subscriber.objects.get()


def test_the_address_lies_sealed(ask):
    ask()

    stored = Subscriber.objects.values_list("address", "index").get()

    assert ADDRESS not in stored[1]
    assert ADDRESS.encode() not in bytes(stored[0])


def test_an_unanswered_address_is_erased_with_its_key(client, ask):
    ask()
    path = mailed_path()
    keys = DataKey.objects.filter(kind="newsletter.Subscriber")
    Subscriber.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    assert keys.exists()

    services.forget_unanswered()

    assert not Subscriber.objects.exists()
    assert not keys.exists()
    assert client.post(path).status_code == 404


def test_the_thank_you_page_lets_one_join_without_a_second_mail(client, subscribed):
    OutgoingMail.objects.all().delete()
    path = found(r"/letter/join/[^/]+/", client.get(subscribed).content.decode())

    join = client.post(path).headers["Location"]
    response = client.post(join, {"password": PASSWORD, "adult": "on", "terms": "on", "device": "shared"})

    assert response.status_code == 302
    assert Account.objects.get().address == ADDRESS
    assert not OutgoingMail.objects.exists()


def test_leaving_takes_one_click_and_erases_the_address(client, subscribed):
    page = client.get(subscribed).content.decode()
    path = found(r"/letter/leave/[^/]+/", page)

    response = client.post(path)

    assert response.headers["Location"] == "/letter/left/"
    assert not Subscriber.objects.exists()
    assert client.post(path).status_code == 302


def mailed(page):
    return found(rf"https?://[^/]+(/letter/{page}/\S+)", OutgoingMail.objects.latest("queued_at").body)


def test_the_first_mail_alone_is_enough_to_leave_later(client, subscribed):
    OutgoingMail.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        services.ask(ADDRESS)

        client.post(mailed("leave"))

    assert not Subscriber.objects.exists()
    assert not DataKey.objects.filter(kind="newsletter.Subscriber").exists()


def test_leaving_works_from_a_mail_whose_request_is_gone(client, subscribed):
    OutgoingMail.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        services.ask(ADDRESS)
        client.post(mailed("confirm"))
        assert Subscriber.objects.count() == 1

        client.post(mailed("leave"))

    assert not Subscriber.objects.exists()


def test_leaving_leaves_everybody_else(client, subscribed):
    other = Subscriber(index=services.index_of("b@example.org"), address="b@example.org")
    other.save()

    client.post(mailed("leave"))

    assert list(Subscriber.objects.all()) == [other]


def test_the_wording_stands_in_the_mail_and_where_one_says_yes(client, ask):
    ask()
    wording = texts.current("letter")

    assert wording in OutgoingMail.objects.get().body
    assert wording in client.get(mailed("confirm")).content.decode()
    assert Subscriber.objects.get().text_version == texts.version("letter")


def test_the_receipt_is_a_plain_file_with_a_neutral_name(client, subscribed):
    row = Subscriber.objects.get()

    answer = client.get(mailed("receipt"))

    said = answer.content.decode()
    name = f"receipt-{row.confirmed_at:%Y-%m-%d}.txt"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert all(words in said for words in (ADDRESS, "Wording: 1", row.wording))
    assert all(f"{moment:%Y-%m-%d %H:%M:%S}" in said for moment in (row.asked_at, row.confirmed_at))


def test_there_is_no_receipt_before_the_yes_or_after_leaving(client, ask):
    ask()
    assert client.get(mailed("receipt")).status_code == 404

    client.post(mailed("confirm"))
    client.post(mailed("leave"))

    assert client.get(mailed("receipt")).status_code == 404


def test_the_page_of_consents_leads_to_the_letter(signed_in, ada):
    page = signed_in(ada).get("/consents/").content.decode()

    assert texts.current("letter") in page
    assert 'href="/letter/"' in page


def test_a_mail_provider_leaves_for_its_reader(client, subscribed):
    path = f"/letter/leave/{services.leave_token(Subscriber.objects.get())}/"

    response = client.post(path, {"List-Unsubscribe": "One-Click"})

    assert response.status_code == 200
    assert not Subscriber.objects.exists()


def test_the_keys_of_one_page_open_no_other(client, ask):
    ask()
    row = Subscriber.objects.get()

    assert client.post(f"/letter/confirm/{services.leave_token(row)}/").status_code == 404
    assert client.get(f"/letter/thanks/{services._token(row, services.CONFIRM)}/").status_code == 404


def test_a_wrong_address_comes_back_with_what_was_typed(ask):
    response = ask("reader@")

    assert response.status_code == 422
    assert 'value="reader@"' in response.content.decode()
    assert not Subscriber.objects.exists()


def test_pages_of_the_letter_set_no_cookie_and_pass_no_address_on(client, subscribed):
    for path in ("/letter/", "/letter/asked/", "/letter/left/", subscribed):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.content
    assert client.get(subscribed).headers["Referrer-Policy"] == "no-referrer"


def test_a_forged_link_is_not_there(client):
    assert client.get("/letter/confirm/nonsense/").status_code == 404
    assert client.get("/letter/thanks/nonsense/").status_code == 404
    assert client.post("/letter/leave/nonsense/").status_code == 302


def test_a_letter_that_folds_into_others_proves_nobody_elses_mailbox(ask):
    assert ask("jo@straße.example").status_code == 422
    assert not OutgoingMail.objects.exists()
