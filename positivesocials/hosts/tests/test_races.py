"""Two at once: a quiz is passed once, and of two decisions about a host one counts."""

import pytest

from positivesocials.audit import selectors as audit
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups.tests.test_races import at_once, meanwhile
from positivesocials.hosts import services
from positivesocials.hosts.models import Host
from positivesocials.hosts.tests.conftest import RIGHT

pytestmark = pytest.mark.django_db(transaction=True)
NO = (Refused, NotThere)


def refused(results):
    return sum(isinstance(result, NO) for result in results)


def test_a_quiz_that_is_passed_twice_at_once_is_passed(ada):
    assert at_once(*[lambda: services.take_quiz(ada, RIGHT)] * 3) == [[], [], []]

    assert Host.objects.get().passed_at is not None


def test_of_two_who_make_somebody_a_host_one_decides(ada, asking, mo, olu):
    row = asking(ada)

    results = at_once(lambda: services.make_host(mo, row.pk), lambda: services.make_host(olu, row.pk))

    assert refused(results) == 1
    assert [record.verb for record in audit.records_about(ada.pk)] == ["make-host"]


@pytest.mark.parametrize("turns", [1, -1], ids=["given first", "taken first"])
def test_a_badge_that_is_given_and_taken_at_once_is_not_there(ada, asking, mo, olu, turns):
    row = asking(ada)
    acts = [lambda: services.make_host(mo, row.pk), lambda: services.end_host(olu, row.pk)][::turns]

    results = meanwhile(*acts)

    assert refused(results) == (turns == -1)
    row.refresh_from_db()
    assert (row.made_at, row.asked_at, row.why) == (None, None, None)


def test_what_is_taken_twice_at_once_is_on_record_once(ada, made_host, mo, olu):
    row = Host.objects.get(account=made_host(ada))

    results = at_once(lambda: services.end_host(mo, row.pk), lambda: services.end_host(olu, row.pk))

    assert refused(results) == 1
    assert [record.verb for record in audit.records_about(ada.pk)] == ["end-host", "make-host"]


def test_who_stops_while_they_are_made_a_host_is_none(ada, asking, mo):
    row = asking(ada)

    results = meanwhile(lambda: services.stop(ada), lambda: services.make_host(mo, row.pk))

    assert refused(results) == 1
    assert not Host.objects.exists()


def test_what_is_asked_anew_while_somebody_is_made_a_host_is_not_kept(ada, asking, mo):
    row = asking(ada)

    results = meanwhile(
        lambda: services.make_host(mo, row.pk), lambda: services.ask(ada, why="And I have time.")
    )

    assert refused(results) == 1
    row.refresh_from_db()
    assert (row.made_at is not None, row.why) == (True, None)


def test_who_stops_while_they_ask_anew_asks_for_nothing(ada, asking):
    asking(ada)

    results = meanwhile(lambda: services.stop(ada), lambda: services.ask(ada, why="And I have time."))

    assert refused(results) == 1
    assert not Host.objects.exists()
