import re

import pytest

from positivesocials.notifications import services
from positivesocials.notifications.models import NeverAgain, OutgoingMail

TEMPLATE = "accounts/mail/join.txt"


@pytest.fixture
def send(db):
    def send(address="ada@example.org"):
        services.queue_mail(
            "join", address=address, template=TEMPLATE, context={"link": "https://x.example/"}
        )

    return send


@pytest.fixture
def stop_link(send):
    send()
    return re.findall(r"/no-more/\S+", OutgoingMail.objects.get().body)[0]


def test_opening_the_link_of_a_mail_stops_nothing(client, stop_link):
    assert client.get(stop_link).status_code == 200

    assert not NeverAgain.objects.exists()


def test_no_more_mails_means_none(client, send, stop_link):
    client.post(stop_link)

    send(" ADA@example.org")

    assert OutgoingMail.objects.count() == 1


def test_others_still_get_theirs(client, send, stop_link):
    client.post(stop_link)

    send("ben@example.org")

    assert OutgoingMail.objects.count() == 2


def test_the_same_link_lets_mails_through_again(client, send, stop_link):
    client.post(stop_link)
    client.post(f"{stop_link}undo/")

    send()

    assert OutgoingMail.objects.count() == 2


def test_the_mark_that_is_kept_is_not_the_address(client, stop_link):
    client.post(stop_link)

    assert re.fullmatch("[0-9a-f]{64}", NeverAgain.objects.get().index)


@pytest.mark.parametrize("token", ["x", "a:b", "QUJD:QUJD"])
def test_a_made_up_link_is_not_there(client, db, token):
    assert client.get(f"/no-more/{token}/").status_code == 404
    assert client.post(f"/no-more/{token}/").status_code == 404


def test_the_words_of_a_mail_are_neutral_and_hold_no_html(send):
    send()
    mail = OutgoingMail.objects.get()

    assert mail.subject == "Your link"
    assert "<" not in mail.body
    assert not re.search(r"positive|health|sex|dating|STI\b", mail.subject + mail.body, re.IGNORECASE)
