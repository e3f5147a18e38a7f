"""Measurements measure what they say. How long things take is for `make bench`; what is done is for tests."""

import pytest

from positivesocials.bench import sealing


@pytest.mark.django_db
def test_a_conversation_page_asks_for_its_keys_once_and_opens_each_thing_once():
    figures = sealing.run(messages=7, rounds=2)

    # Two keys are unwrapped; then the session, two names and seven messages are opened.
    assert (figures["key_queries"], figures["opens"]) == (1, 2 + 1 + 2 + 7)
    assert 0 < figures["share"] < 1


@pytest.mark.django_db
def test_sealing_is_not_measured_by_other_work_than_the_pages():
    page = sealing.Page(3)
    page.opened_alone = lambda: lambda: sealing.SessionStore(page.session_key).load()

    with pytest.raises(sealing.NotTheSame):
        sealing._same_number_of_opens(page)
