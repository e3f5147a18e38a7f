"""Letters on their way: docs/rules/newsletter.md."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.utils import timezone

from positivesocials.articles.models import NewsPage
from positivesocials.bench import newsletter as bench
from positivesocials.core.telling import telling_words
from positivesocials.newsletter import issues, rendering, sending, services
from positivesocials.newsletter.gateways import Line
from positivesocials.newsletter.models import Delivery, DeliveryState, Issue, IssueState, Subscriber, Topic
from positivesocials.notifications import services as notifications
from positivesocials.notifications.models import NeverAgain, OutgoingMail
from positivesocials.vault import services as vault

pytestmark = pytest.mark.django_db
# The one link that is a reader's own.
OWN = re.compile(r"/letter/leave/[^/]+/")


def send(issue):
    sending.begin(issue)
    sending.carry_on(issue)
    issue.refresh_from_db()


def states(issue):
    return sorted(Delivery.objects.filter(issue=issue).values_list("state", flat=True))


def body_of(mail, kind="plain"):
    part = next(part for part in mail.walk() if part.get_content_type() == f"text/{kind}")
    return part.get_payload(decode=True).decode()


def test_a_letter_reaches_each_reader_once(sink, make_reader, make_issue):
    for name in ("ann", "bob", "cem"):
        make_reader(name)
    issue = make_issue()

    send(issue)
    sending.carry_on(issue)
    sending.send_due()

    assert sorted(mail["To"] for mail in sink.mails) == [f"{n}@example.org" for n in ("ann", "bob", "cem")]
    assert (issue.state, issue.sent, issue.unsure) == (IssueState.SENT, 3, 0)


def test_who_has_not_said_yes_or_said_it_later_gets_nothing(sink, make_reader, make_issue):
    make_reader("asked", confirmed_at=None)
    issue = make_issue()
    sending.begin(issue)
    make_reader("later")

    sending.carry_on(issue)

    assert sink.mails == []


def test_a_letter_is_neutral_outside_and_carries_one_click_to_leave(sink, client, make_reader, make_issue):
    make_reader("ann")
    send(make_issue(intro="Chlamydia is what this is about."))
    mail = sink.mails[0]

    assert telling_words(f"{mail['Subject']} {mail['From']}") == []
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(mail["List-Unsubscribe"].strip().strip("<>")).path
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscriber.objects.exists()


def test_what_mail_programs_show_beside_the_subject_is_neutral(sink, make_reader, make_issue):
    make_reader("ann")
    send(make_issue(intro="Herpes!"))

    first = body_of(sink.mails[0])[:140]

    assert telling_words(first) == []


def test_a_letter_has_no_picture_and_no_link_of_its_readers_but_the_one_to_leave(
    sink, make_reader, make_issue
):
    for name in ("ann", "bob"):
        make_reader(name)
    send(make_issue(intro="[A page](https://example.org/page) ![x](https://example.org/x.png)"))
    one, two = ((body_of(mail), body_of(mail, "html")) for mail in sink.mails)

    assert one != two
    assert [OWN.sub("", part) for part in one] == [OWN.sub("", part) for part in two]
    assert 'href="https://example.org/page"' in one[1]
    assert "<img" not in one[1]


def test_a_topic_left_out_and_a_no_to_all_mail_are_kept(sink, make_reader, make_issue):
    issues.add_topic("Events")
    topic = Topic.objects.get()
    make_reader("all")
    services.choose_topics(services.leave_token(make_reader("few")), wanted=[])
    NeverAgain.objects.create(index=vault.blind_index("opt-out", make_reader("none").address))

    send(make_issue(topic=topic))
    send(make_issue())

    assert sorted(mail["To"] for mail in sink.mails) == ["all@example.org"] * 2 + ["few@example.org"]
    assert notifications.stopped_among(["none@example.org", "all@example.org"]) == {"none@example.org"}


def test_a_no_to_a_topic_outlasts_that_the_topic_is_closed_for_a_while(make_reader):
    issues.add_topic("Events")
    issues.add_topic("Research")
    events, research = Topic.objects.order_by("name")
    ann = make_reader("ann")
    services.choose_topics(services.leave_token(ann), wanted=[research])
    issues.close_topic(events)

    services.choose_topics(services.leave_token(ann), wanted=[])

    ann.refresh_from_db()
    assert set(ann.left_out) == {events.pk.hex, research.pk.hex}


def test_one_connection_carries_a_batch_and_keys_are_read_in_one_query(
    sink, make_reader, make_issue, django_assert_max_num_queries
):
    for number in range(12):
        make_reader(f"r{number}")
    issue = make_issue()
    sending.begin(issue)
    sending.list_readers(issue)
    vault.blind_index("opt-out", "")
    letter = rendering.written(issue)

    with django_assert_max_num_queries(4, using="keys"):
        sending.send_batch(issue, letter)

    assert len(sink.mails) == 12


def test_a_server_that_is_down_loses_nothing(sink, settings, make_reader, make_issue):
    make_reader("ann")
    issue = make_issue()
    settings.EMAIL_PORT = 1

    send(issue)
    assert (issue.state, states(issue)) == (IssueState.SENDING, ["waiting"])

    settings.EMAIL_PORT = sink.port
    sending.send_due()
    assert len(sink.mails) == 1


def test_a_busy_server_gets_the_letter_later(sink, make_reader, make_issue):
    make_reader("ann")
    issue = make_issue()
    sink.troubles = ["busy"]

    send(issue)
    sending.carry_on(issue)
    assert sink.mails == []

    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        sending.carry_on(issue)
    assert len(sink.mails) == 1


def test_a_server_that_refuses_the_sender_is_asked_once_and_loses_nothing(sink, make_reader, make_issue):
    for name in ("ann", "bob"):
        make_reader(name)
    issue = make_issue()
    sink.knows_us = False

    send(issue)
    assert (sink.asked, states(issue)) == (1, ["waiting", "waiting"])

    sink.knows_us = True
    sending.carry_on(issue)
    assert len(sink.mails) == 2


def test_a_server_that_goes_silent_at_once_is_let_be_so_that_few_are_unsure(sink, make_reader, make_issue):
    for name in ("ann", "bob", "cem"):
        make_reader(name)
    issue = make_issue()
    sink.troubles = ["late"] * 3

    send(issue)

    assert states(issue) == ["unsure", "waiting", "waiting"]


def test_a_line_that_breaks_after_letters_were_taken_is_opened_anew(sink, make_reader, make_issue):
    for name in ("ann", "bob", "cem"):
        make_reader(name)
    issue = make_issue()
    sink.troubles = ["", "late", ""]

    send(issue)

    assert (len(sink.mails), states(issue)) == (3, ["sent", "sent", "unsure"])


def test_when_the_line_breaks_at_the_last_word_the_letter_is_unsure_and_not_sent_again(
    sink, make_reader, make_issue
):
    make_reader("ann")
    issue = make_issue()
    sink.troubles = ["late"]

    send(issue)
    sending.carry_on(issue)

    assert len(sink.mails) == 1
    assert (states(issue), issue.state, issue.unsure) == (["unsure"], IssueState.SENT, 1)


def test_what_a_dead_sender_had_claimed_is_unsure_after_a_while(sink, make_reader, make_issue):
    make_reader("ann")
    issue = make_issue()
    sending.begin(issue)
    sending.list_readers(issue)
    Delivery.objects.update(state=DeliveryState.HANDED, handed_at=timezone.now())

    sending.carry_on(issue)
    assert states(issue) == ["handed"]

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        sending.carry_on(issue)
    issue.refresh_from_db()
    assert (sink.mails, issue.unsure, issue.state) == ([], 1, IssueState.SENT)


def test_two_senders_hand_a_letter_over_once(sink, make_reader, make_issue):
    row = Delivery.objects.create(issue=make_issue(), subscriber=make_reader("ann"))
    Issue.objects.update(state=IssueState.SENDING)

    assert [sending._claim(row, DeliveryState.HANDED) for _sender in (1, 2)] == [True, False]


def test_who_leaves_while_it_is_on_its_way_gets_nothing_more(sink, make_reader, make_issue):
    ann = make_reader("ann")
    issue = make_issue()
    sending.begin(issue)
    sending.list_readers(issue)
    row = Delivery.objects.get()

    services.leave(services.leave_token(ann))

    assert not sending._claim(row, DeliveryState.HANDED)


def test_a_stopped_letter_goes_to_nobody_new_and_is_on_no_public_page(sink, client, make_reader, make_issue):
    make_reader("ann")
    issue = make_issue()
    sending.begin(issue)
    sending.list_readers(issue)

    issues.stop(issue, by=None)
    sending.send_due()

    assert sink.mails == []
    assert client.get(f"/newsletter/{issue.pk}/").status_code == 404


def test_an_address_that_the_server_does_not_know_is_erased(sink, make_reader, make_issue):
    row = Delivery.objects.create(issue=make_issue(), subscriber=make_reader("ann"), state="handed")

    sending._mark(sending.Outcome(row, DeliveryState.FAILED, "5.1.1 no such user"))

    assert not Subscriber.objects.exists()


def test_a_server_that_refuses_us_erases_nobody(sink, make_reader, make_issue):
    row = Delivery.objects.create(issue=make_issue(), subscriber=make_reader("ann"), state="handed")

    sending._mark(sending.Outcome(row, DeliveryState.FAILED, "5.7.1 blocked for spam"))

    row.refresh_from_db()
    assert (row.state, row.tries) == ("waiting", 1)


def test_a_scheduled_letter_goes_at_its_time_with_what_is_published_then(sink, make_reader, make_issue):
    make_reader("ann")
    issue = make_issue()
    issues.schedule(issue, timezone.now() + timedelta(hours=1), by=None)
    sending.send_due()
    assert sink.mails == []

    NewsPage.objects.update(live=False)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        sending.send_due()
    assert "A headline" not in body_of(sink.mails[0])


def test_a_letter_that_is_taken_back_while_its_time_comes_stays_a_draft(sink, make_reader, make_issue):
    make_reader("ann")
    issue = make_issue()
    issues.schedule(issue, timezone.now() + timedelta(hours=1), by=None)
    due = Issue.objects.filter(state=IssueState.SCHEDULED)

    issues.unschedule(issue)

    assert not sending.begin(issue, among=due)
    issue.refresh_from_db()
    assert issue.state == IssueState.DRAFT


def test_a_letter_of_which_nothing_is_left_at_its_time_is_a_draft_again(sink, make_reader, make_issue):
    make_reader("ann")
    issue = make_issue(intro="")
    issues.schedule(issue, timezone.now() + timedelta(hours=1), by=None)
    NewsPage.objects.update(live=False)

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        sending.send_due()

    issue.refresh_from_db()
    assert (sink.mails, issue.state) == ([], IssueState.DRAFT)


def test_a_subject_is_one_line(sink, make_reader, make_issue):
    make_reader("ann")

    send(make_issue(subject="What\r\nis\nnew"))

    assert sink.mails[0]["Subject"] == "What is new"


def test_a_demo_shows_the_letter_in_its_mailbox(settings, make_reader, make_issue):
    settings.DEMO = True
    make_reader("ann")

    send(make_issue())

    mail = OutgoingMail.objects.get()
    assert (mail.address, mail.subject) == ("ann@example.org", "What is new")


def test_a_demo_keeps_a_no_to_a_topic_and_to_all_mail(settings, make_reader, make_issue):
    settings.DEMO = True
    issues.add_topic("Events")
    services.choose_topics(services.leave_token(make_reader("few")), wanted=[])
    NeverAgain.objects.create(index=vault.blind_index("opt-out", make_reader("none").address))

    send(make_issue(topic=Topic.objects.get()))

    assert not OutgoingMail.objects.exists()


def test_deliveries_are_forgotten_after_a_month_and_returns_with_them(sink, make_reader, make_issue):
    ann = make_reader("ann", returns=2, returned_at=timezone.now() - timedelta(days=40))
    send(make_issue())

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        sending.forget_deliveries()

    ann.refresh_from_db()
    assert (Delivery.objects.count(), ann.returns) == (0, 0)


def test_a_sender_that_is_refused_keeps_the_line_for_nobody(sink, make_reader, make_issue):
    with Line() as line:
        assert line.words == ""


@pytest.mark.django_db(transaction=True)
def test_senders_that_are_killed_mail_nobody_twice():
    figures = bench.run(members=40, kills=3, seed=1)

    assert (figures["doubled"], figures["lost"]) == (0, 0)
    assert figures["unsure"] <= 3
