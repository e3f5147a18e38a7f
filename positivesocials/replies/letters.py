"""Who is told of answers, and word of them to guests, by mail: that there is something new, no more."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every
from positivesocials.notifications import notices
from positivesocials.notifications import services as notifications
from positivesocials.replies import access, services, telling
from positivesocials.replies.models import GuestContact, Reply, State
from positivesocials.vault import services as vault

AT_ONE_GO = 200


@transaction.atomic
def tell_guest(contact: GuestContact) -> None:
    """Answers are told of by mail: asked for behind the mailed link, so it is the guest's address."""
    services.confirm_as_guest(contact)
    Reply.objects.filter(pk=contact.reply_id).update(wants_answers=True)


def stop_telling(contact_id: UUID) -> None:
    """No more mails about answers. Safe to repeat."""
    contact = GuestContact.objects.filter(pk=contact_id)
    contact.update(due_at=None)
    Reply.objects.filter(pk__in=contact.values("reply")).update(wants_answers=False)


def see_answers(viewer: Account, own_ids: Collection[UUID]) -> None:
    """The page that shows the answers was opened."""
    if own_ids:
        notices.see(viewer.pk, targets=own_ids, kind=telling.NOTICE)


@every(seconds=60)
def send_due() -> None:
    due = GuestContact.objects.filter(due_at__lte=timezone.now()).select_related("reply")
    with vault.keys_open():
        for contact in due.order_by("due_at")[:AT_ONE_GO]:
            _send(contact)


@transaction.atomic
def _send(contact: GuestContact) -> None:
    """The claim and the mail in the outbox are one transaction: a worker that dies in it changes nothing."""
    claimed = GuestContact.objects.filter(pk=contact.pk, due_at=contact.due_at)
    # The condition is the lock: of two workers one changes no row.
    if not claimed.update(due_at=None, mailed_at=timezone.now()):
        return
    written = contact.reply
    if written.wants_answers and written.state == State.PUBLIC and contact.address:
        _write(contact, written)


def _write(contact: GuestContact, written: Reply) -> None:
    off = settings.ORIGIN + reverse("replies:stop-answers", args=[access.answers_token(contact)])
    # The path of the page would say what it is about: this one says nothing and leads there.
    link = settings.ORIGIN + reverse("replies:show-reply", args=[written.pk])
    with translation.override(contact.language or settings.LANGUAGE_CODE):
        notifications.queue_mail(
            "reply-answer",
            address=str(contact.address),
            template="replies/mail_answer.txt",
            context={"link": link, "off_link": off},
            leave=off,
        )
