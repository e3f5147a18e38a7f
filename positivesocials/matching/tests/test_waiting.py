"""Tell me when someone fits: once, neutrally, within 90 days."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from positivesocials.matching import selectors
from positivesocials.matching import services as matching
from positivesocials.matching.models import Mode, Waiting
from positivesocials.notifications.models import OutgoingMail
from positivesocials.safety import services as safety

PEOPLE = "/people/?in=f"


@pytest.fixture
def me(ada, meets):
    return meets(ada)


@pytest.fixture
def waiting(ada, me):
    matching.ask_to_be_told(ada, me, Mode.FRIENDS)
    return me


def mails():
    return list(OutgoingMail.objects.filter(kind="news"))


def test_a_thin_list_offers_to_tell_and_then_says_so(ada, me, signed_in):
    browser = signed_in(ada)
    assert "Tell me when someone fits" in browser.get(PEOPLE).text

    browser.post("/people/tell/", {"in": "f", "as": me.profile.pk})

    assert "You will be told once when someone fits." in browser.get(PEOPLE).text


def test_somebody_new_who_fits_is_told_exactly_once(ada, waiting, ben, cleo, meets):
    matching.tell_who_waits()
    assert mails() == []

    meets(ben)
    matching.tell_who_waits()
    meets(cleo)
    matching.tell_who_waits()

    assert [mail.address for mail in mails()] == [ada.address]


def test_the_mail_says_nothing_but_that_there_is_something_new(waiting, ben, meets):
    meets(ben)
    matching.tell_who_waits()

    (mail,) = mails()
    assert mail.subject == "Something new"
    assert "Ben" not in mail.body
    assert "/people/" not in mail.body


def test_who_fitted_already_is_no_news(ada, ben, meets, me):
    meets(ben)
    matching.ask_to_be_told(ada, me, Mode.FRIENDS)

    matching.tell_who_waits()

    assert mails() == []


def test_somebody_blocked_is_no_news(ada, waiting, ben, meets):
    safety.block(ada, [ben.pk])
    meets(ben)

    matching.tell_who_waits()

    assert mails() == []


def test_home_names_it_until_the_list_was_opened(ada, waiting, ben, meets, signed_in):
    meets(ben)
    matching.tell_who_waits()
    browser = signed_in(ada)
    assert "Someone new in People" in browser.get("/home/").text

    browser.get(PEOPLE)

    assert "Someone new in People" not in browser.get("/home/").text


def test_asking_ends_after_90_days(waiting, ben, meets):
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        meets(ben)
        matching.tell_who_waits()

    assert mails() == []
    assert not Waiting.objects.exists()


def test_asking_can_be_taken_back(ada, waiting, signed_in):
    signed_in(ada).post("/people/tell/stop/", {"in": "f", "as": waiting.profile.pk})

    assert not selectors.waits(ada, waiting, Mode.FRIENDS)
