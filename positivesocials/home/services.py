"""From an empty instance to an open one: the first operator, the facts, and opening the doors."""

import hashlib
import secrets
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts import services as accounts
from positivesocials.accounts.models import Account, Role
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.core.instance import this_instance
from positivesocials.core.models import Instance
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.core.words import listed
from positivesocials.home.selectors import opening, pages
from positivesocials.membership import services as membership
from positivesocials.membership.models import TERMS_VERSION
from positivesocials.notifications import services as notifications

MAIL_TEST = "opening mail"
LINK_LASTS = 24 * 60 * 60


def first_operator_link() -> str | None:
    """A link that makes one person the operator, once; None as soon as there is one. An older link ends."""
    if settings.DEMO or opening.has_operator():
        return None
    token = secrets.token_urlsafe(24)
    instance = this_instance()
    Instance.objects.filter(pk=instance.pk).update(first_link_hash=_hashed(token))
    return f"{settings.ORIGIN}{reverse('home:first-operator', args=[token])}"


def check_first_link(token: str) -> None:
    is_ours = Instance.objects.filter(first_link_hash=_hashed(token)).exists()
    if settings.DEMO or not is_ours or opening.has_operator():
        raise NotThere


def become_first_operator(token: str, *, address: str, password_hash: str) -> Account:
    """The holder of the console's link runs this instance from now on; the link is spent."""
    check_first_link(token)
    try:
        with transaction.atomic():
            _spend(token)
            account = accounts.open_account(address=address, password_hash=password_hash, role=Role.OPERATOR)
            membership.accept_terms(account, version=TERMS_VERSION)
            audit.record(None, verb=Verb.GIVE_ROLE, about=[account.pk], item=(Role.OPERATOR, account.pk))
    except IntegrityError:
        raise Refused(_("This address has an account already: take another one.")) from None
    return account


def _spend(token: str) -> None:
    if not Instance.objects.filter(first_link_hash=_hashed(token)).update(first_link_hash=""):
        raise NotThere


def describe(facts: Mapping[str, str]) -> None:
    """Who runs this, for every page that names them. Changed facts want the legal pages read again."""
    instance = this_instance()
    if any(getattr(instance, name) != facts[name] for name in pages.FACTS):
        values = {name: facts[name] for name in pages.FACTS}
        Instance.objects.filter(pk=instance.pk).update(**values, legal_read_at=None)


def confirm_legal_pages() -> None:
    if not pages.is_complete(this_instance()):
        raise Refused(_("Fill in name and address first: the pages name you."))
    Instance.objects.update(legal_read_at=timezone.now())


def send_test_mail(actor: Account) -> None:
    if not settings.DELIVER_MAIL or not actor.address:
        raise Refused(_("No mail can be sent: set POSITIVESOCIALS_MAIL_URL and start again."))
    path = reverse("home:mail-arrived", args=[signing.dumps(actor.pk.hex, salt=MAIL_TEST)])
    notifications.queue_mail(
        "test",
        address=actor.address,
        template="home/mail/test.txt",
        context={"link": f"{settings.ORIGIN}{path}"},
    )


def check_mail_link(token: str) -> None:
    try:
        signing.loads(token, salt=MAIL_TEST, max_age=LINK_LASTS)
    except signing.BadSignature:
        raise NotThere from None


def confirm_mail(token: str) -> None:
    check_mail_link(token)
    Instance.objects.update(mail_tested_at=timezone.now())


@transaction.atomic
def open_site(actor: Account) -> None:
    """People may join and post from now on. Refuses while anything necessary is missing, and names it."""
    instance = this_instance()
    missing = opening.missing(opening.checklist(instance))
    if missing:
        titles = listed(item.title for item in missing)
        raise Refused(_("Not yet. Still missing: %s.") % titles)
    Instance.objects.filter(pk=instance.pk, opened_at=None).update(opened_at=timezone.now())
    audit.record(actor, verb=Verb.OPEN_SITE)


@transaction.atomic
def close_site(actor: Account) -> None:
    """Nobody new may join or post until the site is opened again. Who has an account can read and log in."""
    Instance.objects.update(opened_at=None)
    audit.record(actor, verb=Verb.CLOSE_SITE)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
