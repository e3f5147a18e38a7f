"""The outbox. Every mail is a sealed row first; a job delivers it, and housekeeping picks up what is left."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import get_language

from positivesocials.core.addresses import normalised
from positivesocials.core.jobs import every, job
from positivesocials.core.refusals import NotThere
from positivesocials.notifications import wire
from positivesocials.notifications.models import NeverAgain, OutgoingMail
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

KEEP_DEMO_MAIL = timedelta(hours=24)
KEEP_UNDELIVERED = timedelta(days=7)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=1)
SALT = "never again"


def queue_mail(
    kind: str, *, address: str, template: str, context: dict[str, Any], leave: str | None = None
) -> None:
    """Seal one mail into the outbox. `template` holds the subject on its first line, then the body.

    `leave` is the link by which one click ends mails of this kind (RFC 8058), where there is one.

    Says nothing to the caller about whether the address asked for no more mail: pages must not differ.
    """
    index = vault.blind_index("opt-out", normalised(address))
    stop = settings.ORIGIN + reverse("notifications:stop-mail", args=[_stop_token(index)])
    text = render_to_string(template, {**context, "origin": settings.ORIGIN, "stop_link": stop})
    subject, _, body = text.strip().partition("\n")
    mail = OutgoingMail(kind=kind, address=address, subject=subject.strip(), body=body.strip() + "\n")
    mail.leave, mail.language = leave, get_language() or ""
    _queue(mail, index)


def queue_written(
    kind: str, *, address: str, subject: str, body: str, html: str, leave: str | None = None
) -> None:
    """Seal a mail into the outbox whose text and HTML are written already; as silent as `queue_mail`."""
    mail = OutgoingMail(kind=kind, address=address, subject=subject, body=body, html=html, leave=leave)
    mail.language = get_language() or ""
    _queue(mail, vault.blind_index("opt-out", normalised(address)))


def _queue(mail: OutgoingMail, index: str) -> None:
    if NeverAgain.objects.filter(index=index).exists():
        return
    mail.save()
    if settings.DELIVER_MAIL:
        transaction.on_commit(lambda: deliver.enqueue(str(mail.pk)))


def stopped_among(addresses: Iterable[str]) -> set[str]:
    """Those of these addresses that asked for no more mail of any kind."""
    by_index = {vault.blind_index("opt-out", normalised(address)): address for address in addresses}
    stopped = NeverAgain.objects.filter(index__in=by_index).values_list("index", flat=True)
    return {by_index[index] for index in stopped}


def _stop_token(index: str) -> str:
    return signing.Signer(salt=SALT).sign(urlsafe_base64_encode(bytes.fromhex(index)))


def check_stop_link(token: str) -> str:
    """The blind index of the address whose mail held this link. Raises `NotThere` if we never wrote it."""
    try:
        return urlsafe_base64_decode(signing.Signer(salt=SALT).unsign(token)).hex()
    except signing.BadSignature:
        raise NotThere from None


def stop_mail(token: str) -> None:
    """The holder of a mail's link gets no more of them."""
    NeverAgain.objects.get_or_create(index=check_stop_link(token))


def resume_mail(token: str) -> None:
    """Whoever stopped the mails lets them through again, as when they want to join after all."""
    NeverAgain.objects.filter(index=check_stop_link(token)).delete()


@job
def deliver(mail_id: str) -> None:
    """Send one mail if it is still waiting. Claims it first, so that two workers never send it twice.

    A worker that dies between the server's yes and forgetting the mail sends it once more, under the same
    Message-ID; whoever receives both can tell that they are one.
    """
    now = timezone.now()
    mail = OutgoingMail.objects.filter(pk=mail_id, sent_at=None, next_try_at__lte=now).first()
    if mail is None:
        return
    claimed = OutgoingMail.objects.filter(pk=mail_id, tries=mail.tries, next_try_at=mail.next_try_at)
    if claimed.update(next_try_at=now + _wait(mail.tries), tries=F("tries") + 1):
        wire.message_of(mail).send()
        _forget(mail)


def _wait(tries: int) -> timedelta:
    """Two minutes, then twice as long each time, up to an hour."""
    doubled: int = 2 ** min(tries, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def _forget(mail: OutgoingMail) -> None:
    vault.shred(KeyOwner(OutgoingMail._meta.label, mail.pk))
    mail.delete()


@every(seconds=60)
def deliver_waiting() -> None:
    """Try again what a stopped server or a mail server that was down left in the outbox."""
    if not settings.DELIVER_MAIL:
        return
    due = OutgoingMail.objects.filter(sent_at=None, next_try_at__lte=timezone.now())
    for mail in due[:200]:
        deliver.enqueue(str(mail.pk))


@every(seconds=3600)
def forget_old_mail() -> None:
    """A demo shows its mails for a day; elsewhere what could not be delivered within a week is given up."""
    keep = KEEP_DEMO_MAIL if settings.DEMO else KEEP_UNDELIVERED
    for mail in OutgoingMail.objects.filter(queued_at__lt=timezone.now() - keep)[:500]:
        _forget(mail)
