"""Who asked for it is told of answers: members by a notice, guests by a neutral mail, each once."""

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import Notice, OutgoingMail
from positivesocials.replies import changes, letters, services
from positivesocials.replies.models import GuestContact
from positivesocials.replies.tests.test_services import write, write_as_guest


@pytest.fixture
def thread(db):
    return services.open_thread()


@pytest.fixture
def guests(thread, mo):
    """A guest's reply that stands; asked for answers, and the mailed link was used."""
    written = write_as_guest(thread, wants_answers=True)
    moderation.approve(mo, kind="reply", item_id=written.pk)
    letters.tell_guest(GuestContact.objects.get())
    OutgoingMail.objects.all().delete()
    return written


def answer(account, thread, written, key="a1"):
    moderation.trust([account.pk])
    return write(account, thread, text="An answer with secrets", key=key, parent_id=written.pk)


def die_after(act):
    with transaction.atomic():
        act()
        raise SystemExit


def later(time_machine, **after):
    time_machine.move_to(timezone.now() + timedelta(**after))
    letters.send_due()


def test_a_member_is_told_once_and_the_page_ends_it(ada, ben, thread):
    moderation.trust([ada.pk])
    mine = write(ada, thread)
    answer(ben, thread, mine)
    answer(ben, thread, mine, key="a2")

    assert Notice.objects.get(account=ada, seen_at=None).target == mine.pk
    letters.see_answers(ada, [mine.pk])
    assert not Notice.objects.filter(seen_at=None).exists()


def test_a_member_who_does_not_want_it_is_not_told(ada, ben, thread):
    moderation.trust([ada.pk])
    answer(ben, thread, write(ada, thread, wants_answers=False))

    assert not Notice.objects.exists()


def test_words_that_are_approved_again_tell_nobody_again(ada, mo, thread, guests):
    moderation.trust([ada.pk])
    mine = write(ada, thread)
    theirs = write_as_guest(thread, text="To you", parent_id=mine.pk)
    moderation.approve(mo, kind="reply", item_id=theirs.pk)
    Notice.objects.all().delete()

    changes.edit_as_guest(GuestContact.objects.get(reply=theirs), text="To you, better")
    moderation.approve(mo, kind="reply", item_id=theirs.pk)

    assert not Notice.objects.exists()


def test_a_guest_gets_one_neutral_mail_for_all_that_came(ada, thread, guests, time_machine):
    answer(ada, thread, guests)
    answer(ada, thread, guests, key="a2")
    letters.send_due()
    assert not OutgoingMail.objects.exists()

    later(time_machine, hours=1)
    letters.send_due()

    mail = OutgoingMail.objects.get()
    assert (mail.subject, mail.address) == ("Something new", "jo@example.org")
    assert "secrets" not in mail.body
    assert f"/replies/{guests.pk}/" in mail.body
    assert mail.leave in mail.body


def test_after_a_mail_a_day_is_quiet(ada, thread, guests, time_machine):
    answer(ada, thread, guests)
    later(time_machine, hours=1)
    answer(ada, thread, guests, key="a2")

    later(time_machine, hours=2)
    assert OutgoingMail.objects.count() == 1
    later(time_machine, hours=23)
    assert OutgoingMail.objects.count() == 2


def test_an_address_that_nobody_proved_gets_nothing(ada, mo, thread, time_machine):
    written = write_as_guest(thread, wants_answers=True)
    moderation.approve(mo, kind="reply", item_id=written.pk)
    answer(ada, thread, written)
    OutgoingMail.objects.all().delete()

    later(time_machine, hours=2)

    assert not OutgoingMail.objects.exists()


def test_a_guest_is_not_told_of_their_own_answer(mo, thread, guests):
    own = write_as_guest(thread, text="One more thing", parent_id=guests.pk)
    moderation.approve(mo, kind="reply", item_id=own.pk)

    assert GuestContact.objects.get(reply=guests).due_at is None


def test_a_worker_that_dies_while_it_writes_mails_once(ada, thread, guests, time_machine):
    answer(ada, thread, guests)
    time_machine.move_to(timezone.now() + timedelta(hours=1))

    with pytest.raises(SystemExit):
        die_after(letters.send_due)
    assert not OutgoingMail.objects.exists()
    letters.send_due()
    letters.send_due()

    assert OutgoingMail.objects.count() == 1


def test_one_click_ends_the_mails_and_opening_the_link_does_not(client, ada, thread, guests, time_machine):
    answer(ada, thread, guests)
    later(time_machine, hours=1)
    path = re.findall(r"/replies/no-more/\S+/", OutgoingMail.objects.get().leave)[0]

    page = client.get(path)
    guests.refresh_from_db()
    assert (page.status_code, page.headers["Referrer-Policy"], guests.wants_answers) == (
        200,
        "no-referrer",
        True,
    )
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    answer(ada, thread, guests, key="a2")

    later(time_machine, days=2)
    assert OutgoingMail.objects.count() == 1
    assert client.get("/replies/no-more/nonsense/").status_code == 404


def test_behind_the_link_it_is_switched_on_and_off(client, thread):
    write_as_guest(thread)
    link = re.findall(r"/reply/\S+/", OutgoingMail.objects.get().body)[0]
    assert "Tell me when somebody answers" in client.get(link).text

    client.post(f"{link}tell/")
    assert "Do not tell me any more" in client.get(link).text
    client.post(f"{link}hush/")

    assert "Tell me when somebody answers" in client.get(link).text


def test_whoever_ticked_the_box_is_asked_once_more_by_the_mail(thread):
    write_as_guest(thread, wants_answers=True)

    assert "You asked to be told of answers" in OutgoingMail.objects.get().body
    assert GuestContact.objects.get().proven_at is None
