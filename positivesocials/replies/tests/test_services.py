from datetime import timedelta

import pytest
from django.utils import timezone

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import services as moderation
from positivesocials.notifications.models import OutgoingMail
from positivesocials.replies import changes, services
from positivesocials.replies.models import GuestContact, Reply, State
from positivesocials.vault.models import Tombstone


@pytest.fixture
def thread(db):
    return services.open_thread()


def write(account, thread, text="Hello", key="k1", **more):
    return services.reply(account, thread, persona=account.profile.persona, text=text, client_key=key, **more)


def write_as_guest(thread, text="Hello", key="g1", **more):
    return services.reply_as_guest(
        thread, name="Jo", address="jo@example.org", text=text, client_key=key, **more
    )


def test_a_members_first_reply_is_held_and_later_ones_are_not(ada, mo, thread):
    first = write(ada, thread)
    moderation.approve(mo, kind="reply", item_id=first.pk)

    second = write(ada, thread, key="k2")

    first.refresh_from_db()
    assert (first.state, second.state) == (State.PUBLIC, State.PUBLIC)


def test_a_double_submit_is_one_reply(ada, thread):
    assert write(ada, thread) == write(ada, thread, text="Hello again")
    assert write_as_guest(thread) == write_as_guest(thread)
    assert Reply.objects.count() == 2
    assert GuestContact.objects.count() == 1


def test_a_form_of_somebody_else_is_refused_and_gives_nothing_away(ada, ben, thread):
    write(ada, thread)
    write_as_guest(thread)

    with pytest.raises(services.SentBefore):
        write(ben, thread)
    assert Reply.objects.count() == 2


def test_guests_who_were_given_the_same_page_by_a_cache_do_not_meet(thread):
    one = write_as_guest(thread, text="My words")
    other = services.reply_as_guest(
        thread, name="Kim", address="kim@example.org", text="Others", client_key="g1"
    )

    assert one != other
    assert write_as_guest(thread, text="My words") == one
    assert Reply.objects.count() == 2


def test_nobodys_mailbox_is_filled_by_what_others_write(thread):
    for number in range(7):
        write_as_guest(thread, key=f"g{number}")

    assert Reply.objects.count() == 7
    assert OutgoingMail.objects.count() == GuestContact.objects.count() == services.MAILS_A_DAY


def test_nobody_writes_under_the_name_of_another(ada, ben, thread):
    with pytest.raises(NotThere):
        services.reply(ben, thread, persona=ada.profile.persona, text="I am Ada", client_key="k")


def test_a_closed_thread_refuses_kindly(ada, thread):
    services.close_thread(thread)

    with pytest.raises(Refused, match="closed"):
        write(ada, thread)
    with pytest.raises(Refused, match="closed"):
        write_as_guest(thread)


def test_before_the_site_opens_nobody_replies(ada, thread, settings):
    settings.DEMO = False

    with pytest.raises(Refused, match="not open"):
        write(ada, thread)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 5001, "\u200b\u2060", "\u202e\x07"])
def test_a_reply_says_something_and_is_not_endless(ada, thread, text):
    with pytest.raises(Refused):
        write(ada, thread, text=text)


def test_a_reply_of_someone_who_blocked_me_cannot_be_answered(ada, dora, thread):
    moderation.trust([ada.pk])
    theirs = write(ada, thread)

    with pytest.raises(NotThere):
        write(dora, thread, key="k2", parent_id=theirs.pk)


def test_erasing_takes_the_text_for_good(ada, ben, thread):
    mine = write(ada, thread)

    with pytest.raises(NotThere):
        services.erase(ben, mine.pk)
    services.erase(ada, mine.pk)

    mine.refresh_from_db()
    assert (mine.text, mine.state) == (None, State.ERASED)


def test_a_guest_gets_a_link_that_edits_and_erases(thread, mo):
    written = write_as_guest(thread)
    moderation.approve(mo, kind="reply", item_id=written.pk)
    contact = GuestContact.objects.select_related("reply").get()

    changes.edit_as_guest(contact, text="Better words")
    written.refresh_from_db()
    assert (written.text, written.state) == ("Better words", State.HELD)

    services.erase_as_guest(contact)
    written.refresh_from_db()
    assert (written.text, written.guest_name, written.state) == (None, None, State.ERASED)
    assert written.client_key == str(written.pk)
    assert not GuestContact.objects.exists()
    assert Tombstone.objects.filter(owner_id__in=[written.pk, contact.pk]).count() == 2


def test_a_guests_address_ends_after_thirty_days_and_the_reply_stays(thread, time_machine):
    written = write_as_guest(thread)
    contact_id = GuestContact.objects.get().pk

    time_machine.move_to(timezone.now() + timedelta(days=31))
    services.forget_addresses()

    written.refresh_from_db()
    assert written.guest_name == "Jo"
    assert not GuestContact.objects.exists()
    assert Tombstone.objects.filter(owner_id=contact_id).exists()
