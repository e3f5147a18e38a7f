"""When a mail is due, and what people chose about it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from positivesocials.accounts import gateways
from positivesocials.notifications import letters, notices
from positivesocials.notifications.choices import Choice
from positivesocials.notifications.models import Chosen, Notice, OutgoingMail

pytestmark = pytest.mark.django_db
ALL_OFF = {"message": ["here", "devices", "mail"]}
SOON = timedelta(minutes=6)


def mails():
    return list(OutgoingMail.objects.filter(kind="notices"))


def at(hour, day=2, minute=0):
    """2 March 2026 is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def sent_in(wait: timedelta):
    with time_machine.travel(timezone.now() + wait):
        letters.send_due()
    return mails()


def test_nothing_is_mailed_before_one_chose_it(ada, ben, write):
    write(ben)

    assert sent_in(timedelta(days=30)) == []


def test_what_happens_within_five_minutes_is_one_mail(ada, ben, write, chooses):
    chooses(ada, mail="at-once")
    write(ben)
    notices.notify([ada.pk], "answer", target=uuid4())

    before, after = sent_in(timedelta(minutes=4)), sent_in(SOON)

    assert before == []
    assert [("there are 2 new things" in mail.body) for mail in after] == [True]
    assert len(sent_in(timedelta(days=9))) == 1


def test_what_was_looked_at_meanwhile_is_not_mailed(ada, ben, write, chooses):
    chooses(ada, mail="at-once")
    write(ben)
    notices.see_all(ada)

    assert sent_in(SOON) == []


def test_a_digest_comes_on_monday_morning_and_says_only_what_is_new(ada, ben, write, chooses):
    chooses(ada, mail="weekly", zone="Europe/Berlin")
    with time_machine.travel(at(12)):
        write(ben)
        due = Chosen.objects.get().mail_at
    with time_machine.travel(at(8, day=9)):
        letters.send_due()

    assert due == at(8, day=9)
    assert "there is 1 new thing" in mails()[0].body


@pytest.mark.parametrize(
    ("quiet", "happens", "due"),
    [
        ((22, 7), at(23), at(7, day=3)),
        ((22, 7), at(3), at(7)),
        ((22, 7), at(12), at(12, minute=5)),
        ((9, 17), at(12), at(17)),
        ((0, 0), at(0), at(0, minute=5)),
    ],
)
def test_quiet_hours_put_a_mail_off_to_their_end(quiet, happens, due):
    choice = Choice(mail="at-once", quiet_from=quiet[0], quiet_to=quiet[1])

    assert choice.mail_at(happens) == due


def test_quiet_hours_are_those_of_the_members_own_clock():
    choice = Choice(mail="at-once", quiet_from=22, quiet_to=7, zone="Asia/Tokyo")

    assert choice.mail_at(at(14)) == at(22)


def test_quiet_hours_go_by_the_clock_on_the_wall_when_it_changes():
    choice = Choice(quiet_from=1, quiet_to=7, zone="Europe/Berlin")

    assert choice.after_quiet(at(1, day=29)) == at(5, day=29)


def test_a_worker_that_stood_still_until_the_quiet_hours_waits_for_their_end(ada, ben, write, chooses):
    chooses(ada, mail="at-once", quiet_from=22, quiet_to=7)
    with time_machine.travel(at(21, minute=50)):
        write(ben)
    with time_machine.travel(at(23)):
        letters.send_due()

    assert mails() == []
    assert Chosen.objects.get().mail_at == at(7, day=3)


def test_a_kind_that_is_switched_off_makes_nothing(ada, ben, write, chooses):
    chooses(ada, mail="at-once", off=ALL_OFF)
    write(ben)

    assert not Notice.objects.filter(account=ada).exists()
    assert sent_in(SOON) == []


def test_a_kind_by_mail_only_stands_on_no_page(ada, ben, write, chooses, signed_in):
    chooses(ada, mail="at-once", off={"message": ["here", "devices"]})
    write(ben)

    assert "A new message" not in signed_in(ada).get("/notices/").text
    assert len(sent_in(SOON)) == 1


def test_a_kind_without_mail_is_not_mailed(ada, ben, write, chooses):
    chooses(ada, mail="at-once", off={"message": ["mail"]})
    write(ben)

    assert sent_in(SOON) == []


def test_security_is_told_whatever_was_switched_off(ada, chooses, told):
    chooses(ada, off={kind: ["here", "devices", "mail"] for kind in ("log-in", "ways")}, quiet_from=1)
    gateways.tell(ada.pk, gateways.LOGGED_IN)
    gateways.tell(ada.pk, gateways.LOGGED_IN)

    assert told(ada) == ["log-in"]
    assert OutgoingMail.objects.filter(kind="log-in").count() == 1


def test_choosing_never_takes_back_the_mail_that_waits(ada, ben, write, chooses):
    chooses(ada, mail="at-once")
    write(ben)
    chooses(ada, mail="never")

    assert sent_in(SOON) == []


def test_two_workers_send_one_mail(ada, ben, write, chooses):
    chooses(ada, mail="at-once")
    write(ben)
    row = Chosen.objects.get()
    Chosen.objects.update(mail_at=timezone.now())
    row.refresh_from_db()
    letters._send(row)
    letters._send(row)

    assert len(mails()) == 1


@pytest.mark.parametrize("kept", [None, {}, {"zone": "Mars/Base"}, {"unheard": 1}])
def test_what_an_older_version_kept_is_the_default(kept):
    assert Choice.from_dict(kept) == Choice()
