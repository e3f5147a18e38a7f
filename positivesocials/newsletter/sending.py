"""Letters on their way: to each reader once, whatever dies meanwhile.

A delivery is claimed before it is handed to the mail server and marked after. If the sender dies in between,
nobody knows whether the server took it: it counts as unsure and is never handed over again.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from positivesocials.core.jobs import every
from positivesocials.newsletter import rendering, returns, selectors, services
from positivesocials.newsletter.gateways import Line, NoLine, Said
from positivesocials.newsletter.models import Delivery, DeliveryState, Issue, IssueState, Subscriber
from positivesocials.newsletter.rendering import Letter
from positivesocials.notifications import services as notifications
from positivesocials.vault import services as vault
from positivesocials.vault.fields import warm

log = logging.getLogger(__name__)

KEEP_DELIVERIES = timedelta(days=30)
# So long may a hand-over take at most; who has not come back by then is dead.
DEAD_AFTER = timedelta(minutes=10)
FIRST_WAIT, LONGEST_WAIT, TRIES = timedelta(minutes=5), timedelta(hours=6), 10
BATCH, LISTED_AT_ONCE = 200, 1000
RETURNS_ENOUGH = 3
W = DeliveryState


@dataclass(frozen=True)
class Outcome:
    delivery: Delivery
    state: DeliveryState
    words: str = ""


@every(seconds=15, takes_long=True)
def send_due() -> None:
    due = Issue.objects.filter(state=IssueState.SCHEDULED, due_at__lte=timezone.now())
    for issue in due:
        if selectors.is_empty(issue):
            _take_back(due, issue)
        else:
            # Only while its time still stands: an editor may take it back this very moment.
            begin(issue, among=due)
    if not (settings.DELIVER_MAIL or settings.DEMO):
        return
    for issue in Issue.objects.filter(state=IssueState.SENDING).order_by("begun_at"):
        carry_on(issue)


def _take_back(due: QuerySet[Issue], issue: Issue) -> None:
    draft = {"state": IssueState.DRAFT, "due_at": None, "changed_at": timezone.now()}
    if due.filter(pk=issue.pk).update(**draft):
        log.error("A letter had nothing left in it at its time: it is a draft again")


def not_begun() -> QuerySet[Issue]:
    return Issue.objects.filter(state__in=[IssueState.DRAFT, IssueState.SCHEDULED])


@transaction.atomic
def begin(issue: Issue, *, among: QuerySet[Issue] | None = None) -> bool:
    """The letter is on its way from now on, as it stands. Articles that are gone stay out."""
    waiting = not_begun() if among is None else among
    entries = selectors.entries_of(issue)
    if not waiting.filter(pk=issue.pk).update(state=IssueState.SENDING, due_at=None, begun_at=timezone.now()):
        return False
    for entry in entries:
        item = issue.items.filter(page_key=entry.key)
        if entry.is_gone:
            item.delete()
        else:
            item.update(title=entry.title, summary=entry.summary, path=entry.path, language=entry.language)
    issue.refresh_from_db()
    return True


def carry_on(issue: Issue) -> None:
    """Hand over what waits, batch after batch, until nothing does or the mail server does not answer."""
    issue.refresh_from_db()
    list_readers(issue)
    try:
        # Written anew for each batch: what nobody can open by now is left out for those who come later.
        while not _waits(issue) and send_batch(issue, rendering.written(issue)):
            pass
    except NoLine:
        log.error("The mail server does not answer: letters wait")
    settle(issue)


def _waits(issue: Issue) -> bool:
    """Until something in it can be opened again, or an editor stops it."""
    if not selectors.is_empty(issue):
        return False
    log.error("A letter on its way has nothing left in it: it waits")
    return True


def list_readers(issue: Issue) -> None:
    """A row for every reader of the moment in which it began. Safe to repeat and to break off."""
    has_one = Delivery.objects.filter(issue=issue, subscriber=OuterRef("pk"))
    left = Subscriber.objects.filter(~Exists(has_one), confirmed_at__lte=issue.begun_at)
    while ids := list(left.values_list("pk", flat=True)[:LISTED_AT_ONCE]):
        rows = [Delivery(issue=issue, subscriber_id=pk) for pk in ids]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def send_batch(issue: Issue, letter: Letter) -> int:
    """Up to `BATCH` readers over one connection, their keys read in one query. Says how many were seen to."""
    due = Q(next_try_at=None) | Q(next_try_at__lte=timezone.now())
    rows = Delivery.objects.filter(due, issue=issue, state=W.WAITING, issue__state=IssueState.SENDING)
    batch = list(rows.select_related("subscriber").order_by("id")[:BATCH])
    if not batch:
        return 0
    with vault.keys_open():
        warm([row.subscriber for row in batch])
        if settings.DELIVER_MAIL:
            _send(issue, letter, batch)
        else:
            _show(issue, letter, batch)
    return len(batch)


def _send(issue: Issue, letter: Letter, batch: list[Delivery]) -> None:
    stopped = notifications.stopped_among(str(row.subscriber.address) for row in batch)
    with Line() as line, _marks() as outcomes:
        for row in batch:
            with transaction.atomic():
                _mark_all(outcomes)
                is_wanted = _wants(row, issue, stopped)
                claimed = _claim(row, W.HANDED if is_wanted else W.LEFT_OUT)
            if claimed and is_wanted:
                outcomes.append(_hand_over(line, letter, row))
            if line.is_broken and not line.has_answered:
                # Another line would break as soon: all that waits goes on waiting.
                raise NoLine
            if line.is_broken:
                return


@contextmanager
def _marks() -> Iterator[list[Outcome]]:
    """What became of the last one is written with the claim of the next: one commit a letter."""
    outcomes: list[Outcome] = []
    try:
        yield outcomes
    finally:
        with transaction.atomic():
            _mark_all(outcomes)


def _wants(row: Delivery, issue: Issue, stopped: set[str]) -> bool:
    reader = row.subscriber
    left_out = issue.topic_id is not None and issue.topic_id.hex in (reader.left_out or ())
    return bool(reader.address) and reader.address not in stopped and not left_out


def _claim(row: Delivery, state: DeliveryState) -> bool:
    """Of two senders one changes no row; nor does anybody once the letter is stopped or the reader gone."""
    waiting = Delivery.objects.filter(pk=row.pk, state=W.WAITING, issue__state=IssueState.SENDING)
    return bool(waiting.update(state=state, handed_at=timezone.now()))


def _hand_over(line: Line, letter: Letter, row: Delivery) -> Outcome:
    message = message_to(row, letter)
    try:
        said = line.hand_over(message, return_to=returns.address_for(row.pk, settings.MAIL_RETURNS))
    except NoLine:
        return Outcome(row, W.WAITING)
    states = {Said.TAKEN: W.SENT, Said.SILENT: W.UNSURE}
    return Outcome(row, states.get(said, W.FAILED), line.words)


def message_to(row: Delivery, letter: Letter) -> EmailMultiAlternatives:
    leave = leave_link(row.subscriber)
    own = letter.for_reader(leave)
    headers = {
        "Message-ID": f"<{row.pk.hex}@{urlsplit(settings.ORIGIN).hostname}>",
        # RFC 2369, and RFC 8058 for the one click.
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    to = [str(row.subscriber.address)]
    message = EmailMultiAlternatives(subject=own.subject, body=own.text, to=to, headers=headers)
    message.attach_alternative(own.html, "text/html")
    return message


def leave_link(reader: Subscriber) -> str:
    return settings.ORIGIN + reverse("newsletter:leave", args=[services.leave_token(reader)])


def _mark_all(outcomes: list[Outcome]) -> None:
    while outcomes:
        _mark(outcomes.pop())


def _mark(outcome: Outcome) -> None:
    row, state = outcome.delivery, outcome.state
    held = Delivery.objects.filter(pk=row.pk, state=W.HANDED)
    if state == W.WAITING:
        held.update(state=W.WAITING, handed_at=None)
    elif state != W.FAILED:
        held.update(state=state)
    elif returns.kind_of(outcome.words) == returns.Kind.FOR_GOOD:
        note_return(row, returns.Kind.FOR_GOOD)
    elif row.tries + 1 >= TRIES:
        held.update(state=W.FAILED, tries=F("tries") + 1)
    else:
        wait = min(FIRST_WAIT * 2**row.tries, LONGEST_WAIT)
        next_try_at = timezone.now() + wait
        held.update(state=W.WAITING, tries=F("tries") + 1, next_try_at=next_try_at, handed_at=None)


@transaction.atomic
def note_return(row: Delivery, kind: returns.Kind) -> bool:
    """A letter came back: for good ends the subscription, three in a row that may pass do too.

    Says whether this was news: the same return twice counts once.
    """
    out = Delivery.objects.filter(pk=row.pk, state__in=[W.HANDED, W.SENT, W.UNSURE])
    if not out.update(state=W.RETURNED):
        return False
    reader = row.subscriber
    Subscriber.objects.filter(pk=reader.pk).update(returns=F("returns") + 1, returned_at=timezone.now())
    Issue.objects.filter(pk=row.issue_id).update(failed=F("failed") + 1)
    reader.refresh_from_db(fields=["returns"])
    if kind == returns.Kind.FOR_GOOD or reader.returns >= RETURNS_ENOUGH:
        services.end(reader)
    return True


def _show(issue: Issue, letter: Letter, batch: list[Delivery]) -> None:
    """A demo mails nobody: the letter lies in its mailbox."""
    stopped = notifications.stopped_among(str(row.subscriber.address) for row in batch)
    for row in batch:
        own = letter.for_reader(leave_link(row.subscriber))
        is_wanted = _wants(row, issue, stopped)
        with transaction.atomic():
            if _claim(row, W.SENT if is_wanted else W.LEFT_OUT) and is_wanted:
                show_in_mailbox(str(row.subscriber.address), own)


def show_in_mailbox(address: str, own: Letter) -> None:
    notifications.queue_written("letter", address=address, subject=own.subject, body=own.text, html=own.html)


def settle(issue: Issue) -> None:
    """Say of deliveries whose sender died that they are unsure; end the letter when nothing is left."""
    mine = Delivery.objects.filter(issue=issue)
    mine.filter(state=W.HANDED, handed_at__lt=timezone.now() - DEAD_AFTER).update(state=W.UNSURE)
    if mine.filter(state__in=[W.WAITING, W.HANDED]).exists():
        return
    finish(issue, IssueState.SENT)


def finish(issue: Issue, state: IssueState) -> bool:
    """Keep the numbers: the deliveries themselves are forgotten."""
    counts = selectors.progress(issue)
    on_its_way = Issue.objects.filter(pk=issue.pk, state=IssueState.SENDING)
    return bool(
        on_its_way.update(
            state=state,
            done_at=timezone.now(),
            sent=counts[W.SENT] + counts[W.RETURNED],
            unsure=counts[W.UNSURE] + counts[W.HANDED],
            failed=F("failed") + counts[W.FAILED],
        )
    )


@every(seconds=3600)
def forget_deliveries() -> None:
    """Who was sent which letter is forgotten after a while; whose letters arrive again begins anew."""
    limit = timezone.now() - KEEP_DELIVERIES
    past = Q(handed_at__lt=limit) | Q(handed_at=None, issue__done_at__lt=limit)
    old = Delivery.objects.filter(past).exclude(issue__state=IssueState.SENDING)
    for row in _arrived_since_a_return(old):
        Subscriber.objects.filter(pk=row.subscriber_id).update(returns=0, returned_at=None)
    for ids in iter(lambda: list(old.values_list("pk", flat=True)[:LISTED_AT_ONCE]), []):
        Delivery.objects.filter(pk__in=ids).delete()


def _arrived_since_a_return(old: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return old.filter(state=W.SENT, subscriber__returns__gt=0, handed_at__gt=F("subscriber__returned_at"))
