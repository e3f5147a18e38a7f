"""Mails as a server gets them. It may be down, busy, or hang up: nothing is lost, and nothing doubled."""

import re
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from positivesocials.core.jobs import JobFailed
from positivesocials.notifications import letters, selectors, services
from positivesocials.notifications.choices import Choice
from positivesocials.notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(ada):
    letters._write(ada, Choice(mail="at-once"), 3)
    return OutgoingMail.objects.get()


def attempt(mail) -> None:
    services.deliver.call(str(mail.pk))


def attempts(mail, number: int) -> None:
    """One after the other, with the waits between them."""
    for hours in range(number):
        with time_machine.travel(timezone.now() + timedelta(hours=2 * hours)), suppress(JobFailed):
            attempt(mail)


def words(part) -> str:
    return part.get_payload(decode=True).decode().replace("\r\n", "\n")


def test_a_mail_is_neutral_from_its_sender_to_its_last_line(mail, sink):
    attempt(mail)
    [got] = sink.mails

    assert got["From"] == "PS <ps@localhost>"
    assert got["Subject"] == "Something new"
    assert not re.search(r"positive|health|sex|dating|match|STI\b", sink.taken[0].decode(), re.IGNORECASE)


def test_the_same_words_come_as_text_and_as_html_that_loads_nothing(mail, sink):
    attempt(mail)
    text, html = sink.mails[0].get_payload()

    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "there are 3 new things" in words(text)
    assert "there are 3 new things" in words(html)
    assert not re.search(r"<(img|style|script|link)|style=|src=|url\(", words(html))


def test_links_of_the_html_are_those_of_the_text(mail, sink):
    attempt(mail)
    text, html = sink.mails[0].get_payload()

    assert re.findall(r'href="([^"]+)"', words(html)) == re.findall(
        r"^https?://\S+$", words(text), re.MULTILINE
    )


def test_html_of_a_right_to_left_language_runs_that_way(ada, sink):
    letters._write(ada, Choice(language="ar"), 1)

    attempt(OutgoingMail.objects.get())

    assert '<html lang="ar" dir="rtl">' in words(sink.mails[0].get_payload()[1])


def test_one_click_ends_these_mails_without_a_cookie(mail, sink, client, ada):
    attempt(mail)
    [got] = sink.mails
    link = got["List-Unsubscribe"].strip("<>").partition("localhost:8000")[2]

    answer = client.post(link, {"List-Unsubscribe": "One-Click"})

    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert answer.status_code == 200
    assert selectors.choice_of(ada.pk).mail == "never"


@pytest.mark.parametrize("troubles", [["busy"], ["cut"], ["busy", "cut", "busy"]])
def test_a_server_in_trouble_gets_the_mail_once_in_the_end(troubles, mail, sink):
    sink.troubles = list(troubles)

    attempts(mail, len(troubles) + 2)

    assert len(sink.taken) == 1
    assert not OutgoingMail.objects.exists()


def test_a_server_that_is_down_loses_nothing(mail, sink, settings):
    settings.EMAIL_PORT = 1
    attempts(mail, 3)
    mail.refresh_from_db()
    settings.EMAIL_PORT = sink.port
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        attempt(mail)

    assert mail.tries == 3
    assert len(sink.taken) == 1


def test_a_yes_that_was_lost_on_its_way_sends_the_same_message_again(mail, sink):
    sink.troubles = ["late"]

    attempts(mail, 2)

    first, again = sink.mails
    assert first["Message-ID"] == again["Message-ID"]


def test_waits_grow_up_to_an_hour():
    waits = [services._wait(tries) for tries in (0, 1, 4, 5, 40)]

    assert [wait.total_seconds() / 60 for wait in waits] == [2, 4, 32, 60, 60]
