"""Mails that say how much is new, and nothing else; and what each account chose about being told."""

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from positivesocials.accounts.models import Account
from positivesocials.core import rates
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere
from positivesocials.notifications import registry, selectors, services
from positivesocials.notifications.choices import MAIL, NEVER, Choice
from positivesocials.notifications.models import Chosen, Notice
from positivesocials.vault import services as vault

SALT = "no more notices by mail"
A_DAY = 24 * 60 * 60
AT_ONE_GO = 200


@transaction.atomic
def choose(actor: Account, choice: Choice) -> None:
    """From now on people are told as they chose. A mail that waits comes when it would now, or not at all."""
    _keep(actor.pk, choice)


def _keep(account_id: UUID, choice: Choice) -> None:
    # A write that changes nothing makes a second submit of the same moment wait.
    Account.objects.filter(pk=account_id).update(is_active=F("is_active"))
    row = Chosen.objects.filter(account_id=account_id).first() or Chosen(account_id=account_id)
    row.choice = choice.to_dict()
    if row.mail_at is not None or choice.mail == NEVER:
        row.mail_at = choice.mail_at(timezone.now())
    row.save()


def plan(account_id: UUID, choice: Choice) -> None:
    """A notice was made: the next mail is due at its time. What comes until then goes with it."""
    at = choice.mail_at(timezone.now())
    if at is not None:
        Chosen.objects.filter(account_id=account_id, mail_at=None).update(mail_at=at)


@every(seconds=60)
def send_due() -> None:
    due = Chosen.objects.filter(mail_at__lte=timezone.now()).select_related("account")
    with vault.keys_open():
        for row in due.order_by("mail_at")[:AT_ONE_GO]:
            _send(row)


@transaction.atomic
def _send(row: Chosen) -> None:
    """The claim and the mail in the outbox are one transaction: a worker that dies in it changes nothing."""
    now, choice = timezone.now(), Choice.from_dict(row.choice)
    at = choice.after_quiet(now)
    if at > now:  # What was due before them, while nothing ran, waits for their end.
        Chosen.objects.filter(pk=row.pk, mail_at=row.mail_at).update(mail_at=at)
        return
    # The condition is the lock: of two workers one changes no row.
    if not Chosen.objects.filter(pk=row.pk, mail_at=row.mail_at).update(mail_at=None, mailed_at=now):
        return
    count = _unseen_by_mail(row, choice).count()
    if count and choice.mail != NEVER and row.account.is_active and row.account.address:
        _write(row.account, choice, count)


def _unseen_by_mail(row: Chosen, choice: Choice) -> QuerySet[Notice]:
    kinds = [kind.slug for kind in registry.kinds() if MAIL in choice.ways_for(kind.slug)]
    unseen = Notice.objects.filter(account=row.account_id, seen_at=None, kind__in=kinds)
    return unseen.filter(made_at__gt=row.mailed_at) if row.mailed_at else unseen


def _write(account: Account, choice: Choice, count: int) -> None:
    with translation.override(choice.language or settings.LANGUAGE_CODE):
        services.queue_mail(
            "notices",
            address=str(account.address),
            template="notifications/mail/notices.txt",
            context={"count": count, "off_link": off_link(account.pk)},
            leave=off_link(account.pk),
        )


def mail_of_log_in(account_id: UUID) -> None:
    """At most one a day: that the account was logged in elsewhere, whatever its owner chose."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None or not account.address:
        return
    if not rates.is_free("mail log-in", account.pk.hex, limit=1, seconds=A_DAY):
        return
    language = selectors.choice_of(account_id).language
    with translation.override(language or settings.LANGUAGE_CODE):
        services.queue_mail(
            "log-in", address=str(account.address), template="notifications/mail/log_in.txt", context={}
        )


def off_link(account_id: UUID) -> str:
    token = signing.Signer(salt=SALT).sign(account_id.hex)
    return settings.ORIGIN + reverse("notifications:stop-notices", args=[token])


def check_off_link(token: str) -> UUID:
    """Whose mail held this link. Raises `NotThere` if we never wrote it."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        raise NotThere from None


@transaction.atomic
def stop_by_link(token: str) -> None:
    """The holder of a mail's link gets no more mails of notices; those about log-ins and links stay."""
    account_id = check_off_link(token)
    if Account.objects.filter(pk=account_id).exists():
        _keep(account_id, replace(selectors.choice_of(account_id), mail=NEVER))
