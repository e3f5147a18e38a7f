"""By whose clock a time is shown, and files for calendars."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from positivesocials.core.refusals import Refused
from positivesocials.events import calendar_file, selectors, services, times
from positivesocials.events.models import Answer
from positivesocials.events.tests.plans import planned
from positivesocials.notifications.choices import Choice
from positivesocials.notifications.models import Chosen
from positivesocials.profiles import places
from positivesocials.profiles import services as profiles

WINTER = datetime(2027, 1, 8, 19, 0, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)


def shown(zone, own, starts_at=WINTER):
    found = times.when(starts_at, starts_at + TWO_HOURS, zone=zone, own=own)
    return found.words, found.there


def test_a_time_is_read_by_ones_own_clock_with_the_events_beside_it():
    own, there = shown("Europe/Paris", "America/New_York")

    assert own == "Friday 8 January 2027, 14:00 to 16:00"
    assert there == "Friday 8 January 2027, 20:00 to 22:00"


def test_where_both_clocks_show_the_same_one_is_enough():
    assert shown("Europe/Paris", "Europe/Berlin")[1] == ""
    assert shown("Europe/Paris", None) == ("Friday 8 January 2027, 20:00 to 22:00", "")


def test_an_event_over_midnight_names_both_days():
    own, _there = shown("Asia/Tokyo", "Europe/Berlin", WINTER + timedelta(hours=3))

    assert own == "Friday 8 January 2027, 23:00, to Saturday 9 January 2027, 01:00"


def test_ones_clock_is_what_one_chose_else_that_of_ones_place(db, ada):
    assert times.zone_of(ada) is None
    profiles.change_facets(ada.profile, facets={"place": places.cell_of("gb-bristol")})
    assert times.zone_of(ada) == "Europe/London"
    Chosen.objects.create(account=ada, choice=Choice(zone="Asia/Tokyo").to_dict())
    assert times.zone_of(ada) == "Asia/Tokyo"


def test_an_hour_that_no_clock_shows_is_refused():
    with pytest.raises(Refused):
        times.moment(date(2027, 3, 28), time(1, 30), "Europe/London")
    twice = times.moment(date(2027, 10, 31), time(1, 30), "Europe/London")
    assert twice.astimezone(UTC).hour == 0


def lines_of(text):
    """Unfolded, as a calendar reads them."""
    return text.replace("\r\n ", "").split("\r\n")


def test_a_calendar_file_says_a_neutral_word_and_nothing_else(db, ada, group):
    event = planned(ada, group)
    text = selectors.file_of(event, ada, in_words=False)

    assert "SUMMARY:Appointment" in lines_of(text)
    assert not any(word in text for word in ("walk", "mill", "umbrella", str(event.pk), str(group.pk)))
    assert f"DTSTART:{event.starts_at:%Y%m%dT%H%M%SZ}" in lines_of(text)


def test_two_calendars_with_one_event_have_nothing_in_common_and_one_is_renewed(db, ada, group, make_joined):
    event, gus = planned(ada, group), make_joined("Gus", group)
    for each in (ada, gus):
        services.answer(each, event, Answer.COMES)

    def uid(account):
        text = selectors.file_of(event, account, in_words=False)
        return next(line for line in lines_of(text) if line.startswith("UID:"))

    assert uid(ada) == uid(ada) != uid(gus)


def test_a_calendar_file_escapes_and_folds_what_was_typed():
    said = {"summary": "a, b; c\\d\nBEGIN:VALARM", "location": "ß" * 100}
    text = calendar_file.written(uid=uuid4(), starts_at=WINTER, ends_at=WINTER + TWO_HOURS, **said)

    assert "SUMMARY:a\\, b\\; c\\\\d\\nBEGIN:VALARM" in lines_of(text)
    assert f"LOCATION:{'ß' * 100}" in lines_of(text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.count("\n") == text.count("\r\n")
