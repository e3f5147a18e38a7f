from datetime import timedelta

import pytest
import time_machine
from django.core import mail as sent
from django.utils import timezone

from positivesocials.notifications import services
from positivesocials.notifications.models import OutgoingMail
from positivesocials.vault.models import DataKey


@pytest.fixture
def waiting(db):
    services.queue_mail(
        "reset",
        address="ada@example.org",
        template="accounts/mail/reset.txt",
        context={"link": "https://x.example/"},
    )
    return OutgoingMail.objects.get()


def test_a_delivered_mail_is_forgotten_with_its_key(waiting):
    services.deliver.call(str(waiting.pk))

    assert [mail.to for mail in sent.outbox] == [["ada@example.org"]]
    assert not OutgoingMail.objects.exists()
    assert not DataKey.objects.filter(kind="notifications.OutgoingMail").exists()


def test_a_mail_is_delivered_once_by_two_workers(waiting):
    services.deliver.call(str(waiting.pk))
    services.deliver.call(str(waiting.pk))

    assert len(sent.outbox) == 1


def test_a_mail_that_fails_waits_and_its_error_says_nothing_of_it(waiting, settings):
    settings.EMAIL_BACKEND = "positivesocials.notifications.tests.test_outbox.Failing"

    with pytest.raises(Exception, match=r"^ConnectionError$"):
        services.deliver.call(str(waiting.pk))

    waiting.refresh_from_db()
    assert (waiting.tries, waiting.sent_at) == (1, None)


def test_a_mail_that_failed_is_tried_again(waiting, settings):
    settings.DELIVER_MAIL = True
    OutgoingMail.objects.update(next_try_at=timezone.now() + timedelta(minutes=2), tries=1)

    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        services.deliver_waiting()
        services.deliver.call(str(waiting.pk))

    assert len(sent.outbox) == 1


def test_the_demo_forgets_its_mails_after_a_day(waiting, settings):
    settings.DEMO = True

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        services.forget_old_mail()

    assert not OutgoingMail.objects.exists()


def test_a_mail_that_nobody_could_deliver_is_given_up_after_a_week(waiting):
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        services.forget_old_mail()
        kept = OutgoingMail.objects.count()
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        services.forget_old_mail()

    assert kept == 1
    assert not OutgoingMail.objects.exists()
    assert not DataKey.objects.filter(kind="notifications.OutgoingMail").exists()


class Failing:
    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionError(f"could not reach the server for {messages[0].to}")
