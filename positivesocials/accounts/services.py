"""Accounts: made at confirmation, by staff, or by a demo; found by the blind index of their address.

Sign-up and reset do the same work, write the same rows and queue the same mail for any address, so that
nobody can learn from them who is a member.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts import gateways, selectors, sessions
from positivesocials.accounts.models import (
    Account,
    AddressChange,
    MailedLink,
    PasswordReset,
    PendingSignUp,
    ProvenAddress,
    Role,
    Session,
)
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.core import rates
from positivesocials.core.addresses import normalised
from positivesocials.core.refusals import Refused
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

LOG_IN_INDEX = "log-in"
# What devices and apps of members are told that they hold something for.
NEUTRAL_NAME = "PS"
A_DAY = 24 * 60 * 60
DECLARED = gateways.Declaration.name
# Several sign-ups may wait for one address: anyone can type it.
PASSWORDS_TRIED = 8


class LinkEnded(Refused):
    def __init__(self) -> None:
        super().__init__(_("This link has ended."))


class AlreadyJoined(Refused):
    """Said only to whoever holds the mailbox, never to whoever typed the address."""

    def __init__(self) -> None:
        super().__init__(_("There is an account with this address already."))


class NoAccount(Refused):
    """Said only to whoever holds the mailbox."""

    def __init__(self) -> None:
        super().__init__(_("There is no account with this address."))


class WrongPassword(Refused):
    def __init__(self) -> None:
        super().__init__(_("This is not the password that was chosen for this address."))


def handle_of(address: str) -> str:
    return vault.blind_index(LOG_IN_INDEX, normalised(address))


def open_account(
    *,
    address: str | None = None,
    password_hash: str | None = None,
    role: str = Role.MEMBER,
    is_demo: bool = False,
    declared_at: datetime | None = None,
    over_18_by: str = DECLARED,
    account_id: UUID | None = None,
) -> Account:
    """Make an account and its key. Without a password hash it cannot sign in by password."""
    account_id = account_id or uuid4()
    vault.make_key(KeyOwner(Account._meta.label, account_id))
    account = Account(
        id=account_id,
        handle=handle_of(address) if address else None,
        address=address,
        password=password_hash or make_password(None),
        role=role,
        is_demo=is_demo,
        over_18_at=declared_at or timezone.now(),
        over_18_by=over_18_by,
        seen_on=timezone.localdate(),
    )
    with transaction.atomic():
        account.save(force_insert=True)
    return account


def sign_up(*, address: str, password: str, purpose: str, over_18_by: str = DECLARED) -> None:
    """A sealed row waits for its mailed link, whether or not the address has an account."""
    details = {
        "password_hash": make_password(password),
        "purpose": purpose,
        "over_18_by": over_18_by,
        "terms_version": gateways.terms_version(),
    }
    _mail_a_link(PendingSignUp, address, path="accounts:confirm", mail="join", details=details)


def confirm_sign_up(token: str, *, password: str) -> tuple[Account, str]:
    """The mailbox is proven: make the account, and tell what brought them here.

    The password is asked again because anyone may have typed this address: who did so with a password of
    their own must not end up with a way into somebody else's account.
    """
    link = selectors.live_link(PendingSignUp, token)
    if link is None:
        raise LinkEnded
    if Account.objects.filter(handle=link.handle).exists():
        forget_links(PendingSignUp.objects.filter(handle=link.handle))
        raise AlreadyJoined
    chosen = _waiting_with(link, password)
    account = _join(
        link,
        password_hash=chosen.password_hash,
        declared_at=chosen.declared_at,
        over_18_by=chosen.over_18_by,
        terms_version=chosen.terms_version,
    )
    purpose = chosen.purpose or ""
    forget_links(PendingSignUp.objects.filter(handle=link.handle))
    return account, purpose


def _waiting_with(link: PendingSignUp, password: str) -> PendingSignUp:
    others = PendingSignUp.objects.filter(handle=link.handle, expires_at__gt=timezone.now())
    newest = others.exclude(pk=link.pk).order_by("-declared_at")[: PASSWORDS_TRIED - 1]
    for row in [link, *newest]:
        if check_password(password, row.password_hash):
            return row
    raise WrongPassword


def _join(link: MailedLink, *, terms_version: str, **details: Any) -> Account:
    try:
        with transaction.atomic():
            _claim(link)
            account = open_account(address=link.address, **details)
            gateways.accept_terms(account, version=terms_version)
    except IntegrityError:
        raise AlreadyJoined from None
    return account


def prove_address(address: str) -> str:
    """Another page has proven this mailbox: the token opens joining without a second mail."""
    return _write_link(ProvenAddress, address, {})


def join_with_proven_address(token: str, *, password: str, over_18_by: str = DECLARED) -> Account:
    link = selectors.live_link(ProvenAddress, token)
    if link is None:
        raise LinkEnded
    if Account.objects.filter(handle=link.handle).exists():
        forget_links(ProvenAddress.objects.filter(handle=link.handle))
        raise AlreadyJoined
    account = _join(
        link,
        password_hash=make_password(password),
        declared_at=timezone.now(),
        over_18_by=over_18_by,
        terms_version=gateways.terms_version(),
    )
    forget_links(ProvenAddress.objects.filter(handle=link.handle))
    return account


def ask_for_reset(address: str) -> None:
    """A sealed row waits for its mailed link, whether or not the address has an account."""
    _mail_a_link(PasswordReset, address, path="accounts:set-password", mail="reset", details={})


def set_password_by_link(token: str, *, password: str) -> Account:
    """The holder of the link chooses a new password; every session of the account ends."""
    link = selectors.live_link(PasswordReset, token)
    if link is None:
        raise LinkEnded
    password_hash = make_password(password)
    account = Account.objects.filter(handle=link.handle).first()
    with transaction.atomic():
        _claim(link)
        if account is not None:
            account.password = password_hash
            account.save(update_fields=["password"])
            end_sessions(account)
            tell_of_change(account)
    forget_links(PasswordReset.objects.filter(handle=link.handle))
    if account is None:
        raise NoAccount
    return account


@transaction.atomic
def change_password(actor: Account, *, password: str, keep_key_hash: str) -> None:
    """A new password; every session but the one it was changed in ends."""
    actor.set_password(password)
    actor.save(update_fields=["password"])
    end_other_sessions(actor, keep_key_hash=keep_key_hash)
    tell_of_change(actor)


def end_session(actor: Account, session_id: UUID) -> None:
    sessions.end(Session.objects.filter(account=actor, pk=session_id))


def end_other_sessions(actor: Account, *, keep_key_hash: str) -> None:
    sessions.end(Session.objects.filter(account=actor).exclude(key_hash=keep_key_hash))


def end_sessions(account: Account) -> None:
    sessions.end(Session.objects.filter(account=account))


def tell_of_change(account: Account) -> None:
    """A mail, if there is an address, that something about logging in was changed: not what, not whose."""
    gateways.tell(account.pk, gateways.CHANGED)
    if account.address:
        gateways.queue_mail(
            "changed", address=account.address, template="accounts/mail/changed.txt", context={}
        )


def ask_for_address(actor: Account, *, address: str) -> None:
    """A sealed row waits for its mailed link, whether or not the address has an account already."""
    _mail_a_link(
        AddressChange, address, path="accounts:confirm-address", mail="address", details={"account": actor}
    )


def confirm_address(actor: Account, token: str) -> None:
    """The mailbox is proven by whoever is logged in: the account moves there, and the old address is told."""
    link = selectors.own_address_change(actor, token)
    if link is None:
        raise LinkEnded
    try:
        with transaction.atomic():
            _claim(link)
            tell_of_change(actor)
            actor.handle, actor.address = link.handle, link.address
            actor.save(update_fields=["handle", "address"])
    except IntegrityError:
        raise AlreadyJoined from None
    finally:
        forget_links(AddressChange.objects.filter(account=actor))


@transaction.atomic
def create_staff(*, address: str, role: str) -> str:
    """Give the account of this address a role, making it if there is none; the link sets its password."""
    account = Account.objects.filter(handle=handle_of(address)).first()
    if account is None:
        account = open_account(address=address, role=role)
    else:
        account.role = role
        account.save(update_fields=["role"])
    token = _write_link(PasswordReset, normalised(address), {"from_console": True})
    audit.record(None, verb=Verb.GIVE_ROLE, about=[account.pk], item=(role, account.pk))
    return settings.ORIGIN + reverse("accounts:set-password", args=[token])


def mark_seen(account_id: Any) -> None:
    """Once a day, so that the public count of members who were here lately is true."""
    today = timezone.localdate()
    Account.objects.filter(pk=account_id).exclude(seen_on=today).update(seen_on=today)


def forget_ended_links() -> None:
    for kind in (PendingSignUp, PasswordReset, ProvenAddress, AddressChange):
        ended = Q(expires_at__lte=timezone.now()) | Q(used_at__isnull=False)
        forget_links(kind._default_manager.filter(ended)[:500])


def clear_ended_sessions() -> None:
    Session.objects.filter(expires_at__lte=timezone.now()).delete()


def forget_links(links: Iterable[MailedLink]) -> None:
    for link in links:
        vault.shred(KeyOwner(link._meta.label, link.pk))
        link.delete()


def _mail_a_link(
    kind: type[MailedLink], address: str, *, path: str, mail: str, details: dict[str, Any]
) -> None:
    # Counted before the transaction, so that a failure below cannot hand out a second mail.
    may_mail = rates.is_free(f"mail {mail}", handle_of(address), limit=1, seconds=A_DAY)
    with transaction.atomic():
        token = _write_link(kind, address, details)
        if may_mail:
            link = settings.ORIGIN + reverse(path, args=[token])
            template = f"accounts/mail/{mail}.txt"
            gateways.queue_mail(mail, address=address, template=template, context={"link": link})


def _write_link(kind: type[MailedLink], address: str, details: dict[str, Any]) -> str:
    token = secrets.token_urlsafe(32)
    row = kind(
        handle=handle_of(address),
        token_hash=selectors.hashed(token),
        address=address,
        expires_at=timezone.now() + kind.KEEP,
        **details,
    )
    row.save(force_insert=True)
    return token


def _claim(link: MailedLink) -> None:
    rows = type(link)._default_manager.filter(pk=link.pk, used_at=None)
    if not rows.update(used_at=timezone.now()):
        raise LinkEnded
