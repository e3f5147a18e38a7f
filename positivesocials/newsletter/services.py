"""Asking for the letter, saying yes, leaving. An address is erased with its key, never only flagged."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from positivesocials.core import rates
from positivesocials.core.addresses import normalised
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere
from positivesocials.newsletter.models import Subscriber, Topic
from positivesocials.notifications import services as notifications
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

CONFIRM, LEAVE, THANKS = "letter confirm", "letter leave", "letter thanks"
JOIN_WITHIN = timedelta(hours=1)
DAY = 24 * 60 * 60


def index_of(address: str) -> str:
    return vault.blind_index("newsletter", normalised(address))


def ask(address: str) -> None:
    """The address is asked, once a day at most, whether it wants the letter; its yes is needed for more.

    Known and unknown addresses are the same work and the same mail.
    """
    index = index_of(address)
    may_mail = rates.is_free("letter-mail", index, limit=1, seconds=DAY)
    with transaction.atomic():
        row = Subscriber(index=index, address=address.strip())
        row.save(force_insert=True)
        if may_mail:
            _mail_question(row)


def _mail_question(row: Subscriber) -> None:
    notifications.queue_mail(
        "letter",
        address=str(row.address),
        template="newsletter/mail/confirm.txt",
        context={
            "row": row,
            "link": _link("newsletter:confirm", _token(row, CONFIRM)),
            "leave_link": _link("newsletter:leave", leave_token(row)),
            "receipt_link": _link("newsletter:save-receipt", leave_token(row)),
        },
    )


def _link(page: str, token: str) -> str:
    return f"{settings.ORIGIN}{reverse(page, args=[token])}"


def confirm(token: str) -> Subscriber:
    """The address said yes: it gets the letter from now on. Raises `NotThere` for a link that is spent."""
    row = asked(token)
    try:
        with transaction.atomic():
            Subscriber.objects.filter(pk=row.pk, confirmed_at=None).update(confirmed_at=timezone.now())
    except IntegrityError:
        # The address had said yes before: the older yes stands.
        _erase(row)
        return Subscriber.objects.get(index=row.index, confirmed_at__isnull=False)
    return row


def asked(token: str) -> Subscriber:
    return _row_of(token, CONFIRM, within=Subscriber.ANSWER_WITHIN)


def thanked(token: str) -> Subscriber:
    return _row_of(token, THANKS, within=JOIN_WITHIN)


def leave(token: str) -> None:
    """No letter goes to this address any more, and the address is erased. Safe to repeat."""
    for row in Subscriber.objects.filter(index=_index_in(token)):
        _erase(row)


def letter_of(token: str) -> Subscriber:
    """The subscription in force that a link to leave belongs to."""
    row = Subscriber.objects.filter(index=_index_in(token), confirmed_at__isnull=False).first()
    if row is None:
        raise NotThere
    return row


def leave_token(row: Subscriber) -> str:
    """For good, and for every request of the address: whichever mail is at hand, its link leaves."""
    return signing.dumps(row.index, salt=LEAVE)


def _index_in(token: str) -> str:
    try:
        return str(signing.loads(token, salt=LEAVE))
    except signing.BadSignature:
        return ""


def choose_topics(token: str, *, wanted: Collection[Topic]) -> None:
    """From the next letter on the address gets these topics, and those that come into being later."""
    row = letter_of(token)
    kept, offered = {topic.pk for topic in wanted}, Topic.objects.filter(is_open=True)
    # What is not offered now may be again: a no to it stays.
    closed = set(row.left_out or ()) - {topic.pk.hex for topic in offered}
    row.left_out = sorted(closed | {topic.pk.hex for topic in offered if topic.pk not in kept})
    row.save(update_fields=["left_out"])


def end(row: Subscriber) -> None:
    """Letters to this address come back: it gets none any more, and is erased."""
    for each in Subscriber.objects.filter(index=row.index):
        _erase(each)


def thanks_token(row: Subscriber) -> str:
    return _token(row, THANKS)


@every(seconds=3600)
def forget_unanswered() -> None:
    """An address that gave no answer within a day is erased."""
    limit = timezone.now() - Subscriber.ANSWER_WITHIN
    for row in Subscriber.objects.filter(confirmed_at=None, asked_at__lt=limit):
        _erase(row)


def _erase(row: Subscriber) -> None:
    vault.shred(KeyOwner(Subscriber._meta.label, row.pk))
    Subscriber.objects.filter(pk=row.pk).delete()


def _token(row: Subscriber, purpose: str) -> str:
    return signing.dumps(row.pk.hex, salt=purpose)


def _row_of(token: str, purpose: str, *, within: timedelta | None = None) -> Subscriber:
    try:
        pk: Any = signing.loads(token, salt=purpose, max_age=within)
    except signing.BadSignature:
        raise NotThere from None
    row = Subscriber.objects.filter(pk=pk).first()
    if row is None:
        raise NotThere
    return row
