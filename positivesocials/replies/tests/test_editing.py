"""Writers change and remove what they wrote; a mark says that words were changed."""

import pytest

from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import services as moderation
from positivesocials.replies import changes, homes, selectors, services
from positivesocials.replies.models import GuestContact, Reply, State
from positivesocials.replies.tests.test_services import write, write_as_guest


@pytest.fixture
def thread(db, monkeypatch):
    monkeypatch.setattr(homes, "_homes", [lambda thread_id: "/somewhere/"])
    return services.open_thread()


def edit(account, written, text="Better words"):
    changes.edit(account, written.pk, text=text, wants_answers=True)
    written.refresh_from_db()
    return written


def test_a_known_members_words_change_at_once_with_a_mark(ada, thread):
    moderation.trust([ada.pk])
    mine = edit(ada, write(ada, thread))

    (shown,) = selectors.tree(thread, None).nodes
    assert (mine.state, "Better words" in str(shown.text)) == (State.PUBLIC, True)
    assert shown.edited_at


def test_a_newcomers_words_wait_again_and_held_ones_go_on_waiting(ada, mo, thread):
    mine = edit(ada, write(ada, thread))
    assert mine.state == State.HELD

    moderation.trust([ada.pk])
    assert edit(ada, mine, "Known by now").state == State.HELD
    moderation.approve(mo, kind="reply", item_id=mine.pk)
    assert edit(ada, mine, "And again").state == State.PUBLIC


def test_nothing_is_marked_where_nothing_changed(ada, thread):
    assert edit(ada, write(ada, thread), "Hello").edited_at is None


def test_nobody_else_changes_it_and_what_was_removed_stays_as_it_was(ada, ben, mo, thread):
    mine = write(ada, thread)

    with pytest.raises(NotThere):
        edit(ben, mine)
    moderation.remove(mo, kind="reply", item_id=mine.pk, reason="Rule 2.")
    with pytest.raises(Refused):
        edit(ada, mine)
    mine.refresh_from_db()
    assert (mine.text, mine.edited_at) == ("Hello", None)


def test_a_guest_cannot_change_what_was_removed(mo, thread):
    written = write_as_guest(thread)
    moderation.remove(mo, kind="reply", item_id=written.pk, reason="Rule 2.")

    with pytest.raises(Refused):
        changes.edit_as_guest(GuestContact.objects.select_related("reply").get(), text="Other words")


def test_the_page_to_change_a_reply(ada, ben, signed_in, thread):
    mine = write(ada, thread)
    page = f"/replies/{mine.pk}/edit/"

    assert [signed_in(ben).get(page).status_code, signed_in(ben).post(page).status_code] == [404, 404]
    assert "Hello" in signed_in(ada).get(page).text
    too_long = signed_in(ada).post(page, {"text": "x" * 5001})
    assert (too_long.status_code, "x" * 5001 in too_long.text) == (422, True)
    assert (
        signed_in(ada).post(page, {"text": "Better words"}).url == f"/somewhere/?reply={mine.pk}#r-{mine.pk}"
    )
    written = Reply.objects.get()
    assert (written.text, written.wants_answers) == ("Better words", False)


def test_the_first_ones_wait_as_many_as_the_instance_says(ada, mo, thread, settings):
    settings.HELD_AT_FIRST = 2
    states = []
    for key in "abc":
        written = write(ada, thread, key=key)
        states.append(written.state)
        if written.state == State.HELD:
            moderation.approve(mo, kind="reply", item_id=written.pk)

    assert states == [State.HELD, State.HELD, State.PUBLIC]


def test_an_instance_may_hold_nothing(ada, thread, settings):
    settings.HELD_AT_FIRST = 0

    assert write(ada, thread).state == State.PUBLIC
