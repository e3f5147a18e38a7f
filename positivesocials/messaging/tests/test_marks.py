"""Read marks: off by default, mutual, and silent about earlier days."""

import pytest
from django.urls import reverse

from positivesocials.messaging import marks, selectors
from positivesocials.messaging import services as messaging

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(signed_in):
    """Open a conversation, and say which of one's own lines are marked as seen."""

    def open_page(account, talk):
        page = signed_in(account).get(reverse("messaging:show-conversation", args=[talk.pk]))
        return [line.is_seen for line in page.context["talk"].lines if line.is_mine]

    return open_page


def both_on(*accounts):
    for account in accounts:
        marks.switch_on(account)


def test_nobody_sees_anything_by_default(talk, ada, ben, say, read):
    say(ada, talk)
    read(ben, talk)

    assert read(ada, talk) == [False]


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_one_side_alone_sees_and_shows_nothing(talk, ada, ben, say, read, who):
    both_on({"ada": ada, "ben": ben}[who])
    say(ada, talk)
    read(ben, talk)

    assert read(ada, talk) == [False]


def test_what_was_read_is_seen_where_both_switched_on(talk, ada, ben, say, read):
    both_on(ada, ben)
    say(ada, talk, "Read")
    read(ben, talk)
    say(ada, talk, "Not yet")

    assert read(ada, talk) == [True, False]


def test_what_was_written_before_stays_untold(talk, ada, ben, say, read):
    both_on(ada)
    say(ada, talk)
    read(ben, talk)

    both_on(ben)
    read(ben, talk)

    assert read(ada, talk) == [False]


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_switching_off_takes_the_marks_from_both(talk, ada, ben, say, read, who):
    both_on(ada, ben)
    say(ada, talk)
    read(ben, talk)

    marks.switch_off({"ada": ada, "ben": ben}[who])

    assert read(ada, talk) == [False]


def test_either_partner_with_marks_counts_for_the_couple(ada, eli, fern, eli_and_fern, say, read):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)
    both_on(ada, eli)
    say(ada, talk)

    read(fern, talk)
    by_fern = read(ada, talk)
    read(eli, talk)

    assert (by_fern, read(ada, talk)) == ([False], [True])


def test_a_partner_who_has_no_marks_sees_none(ada, eli, fern, eli_and_fern, say, read):
    talk = messaging.open_conversation(ada.profile, eli_and_fern)
    both_on(ada, eli)
    say(fern, talk)
    read(ada, talk)

    assert read(fern, talk) == [False]


def test_the_setting_is_one_button_and_back(ada, signed_in):
    browser = signed_in(ada)

    browser.post(reverse("messaging:switch-marks-on"))
    on = marks.are_on(ada)
    browser.post(reverse("messaging:switch-marks-off"))

    assert (on, marks.are_on(ada)) == (True, False)
    assert "They are off" in browser.get(reverse("messaging:show-read-marks")).content.decode()


def test_the_page_says_seen(talk, ada, ben, say, read, signed_in):
    both_on(ada, ben)
    say(ada, talk)
    read(ben, talk)

    shown = signed_in(ada).get(reverse("messaging:show-conversation", args=[talk.pk])).content.decode()

    assert "data-seen>Seen<" in shown


def test_more_lines_need_no_more_queries(talk, ada, ben, say, django_assert_num_queries):
    both_on(ada, ben)
    seat = talk.participants.get(account=ada)
    for _ in range(5):
        say(ada, talk)

    with django_assert_num_queries(3):
        marks.seen_spans(seat)

    assert len(selectors.talk_for(seat).lines) == 5
