"""Codes: the app that shows one each half minute (TOTP, RFC 6238), and those kept in case all is lost."""

import base64
import hashlib
import secrets
import time
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.translation import gettext as _

from positivesocials.accounts import services
from positivesocials.accounts.models import Account, CodeApp, RecoveryCode
from positivesocials.core.refusals import Refused

STEP_SECONDS = 30
SECRET_BYTES = 20
# Letters and digits that nobody mistakes for one another; 28 of 32 make 140 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
GROUPS, LETTERS = 4, 7
HOW_MANY = 8


class WrongCode(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("This code does not fit. Codes change every half minute: take the one it shows now.")
        )


class NoSuchCode(Refused):
    def __init__(self) -> None:
        super().__init__(
            _("This did not let you in. Each code works once, and the password goes with it if you have one.")
        )


def new_secret() -> str:
    """160 random bits in base32, as RFC 4226 (section 4) recommends."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def link_for_app(secret: str) -> str:
    """What the square picture holds. It names neither the site nor the account."""
    issuer = services.NEUTRAL_NAME
    return f"otpauth://totp/{quote(issuer)}?{urlencode({'secret': secret, 'issuer': issuer})}"


def matching_step(secret: str, code: str) -> int | None:
    """The half minute, counted from 1970, that `code` belongs to: this one or a neighbour; else None."""
    # SHA-1 is what every app knows; it is safe inside HMAC.
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), STEP_SECONDS, enforce_key_length=True)  # noqa: S303
    now = int(time.time()) // STEP_SECONDS
    for step in (now, now - 1, now + 1):
        try:
            totp.verify(code.encode(), step * STEP_SECONDS)
        except InvalidToken:
            continue
        return step
    return None


def has_app(account: Account) -> bool:
    return CodeApp.objects.filter(account=account).exists()


@transaction.atomic
def add_app(actor: Account, *, secret: str, code: str) -> None:
    """The app is asked for from now on. Its first code shows that it was set up well."""
    step = matching_step(secret, code)
    if step is None:
        raise WrongCode
    CodeApp.objects.filter(account=actor).delete()
    CodeApp.objects.create(account=actor, secret=secret, last_step=step)
    services.tell_of_change(actor)


@transaction.atomic
def remove_app(actor: Account) -> None:
    if CodeApp.objects.filter(account=actor).delete()[0]:
        services.tell_of_change(actor)


def check_app(account: Account, *, code: str) -> None:
    """Raises `WrongCode` unless the account's app shows this code now and nobody has used it yet."""
    app = CodeApp.objects.filter(account=account).first()
    step = matching_step(app.secret, code) if app is not None and app.secret else None
    if app is None or step is None:
        raise WrongCode
    if not CodeApp.objects.filter(pk=app.pk, last_step__lt=step).update(last_step=step):
        raise WrongCode


@transaction.atomic
def make_recovery_codes(actor: Account) -> list[str]:
    """New codes; whatever was left of the old ones works no more. This is the only time they can be read."""
    codes = [_new_code() for _ in range(HOW_MANY)]
    RecoveryCode.objects.filter(account=actor).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=actor, code_hash=_hashed(code)) for code in codes)
    services.tell_of_change(actor)
    return codes


def recovery_codes_left(account: Account) -> int:
    return RecoveryCode.objects.filter(account=account).count()


def use_recovery_code(*, code: str, password: str) -> Account:
    """The account of a code, which is spent by that. Who has a password needs it as well."""
    row = RecoveryCode.objects.filter(code_hash=_hashed(code)).select_related("account").first()
    if row is None or not row.account.is_active:
        raise NoSuchCode
    account = row.account
    if account.handle and account.has_usable_password() and not account.check_password(password):
        raise NoSuchCode
    if not RecoveryCode.objects.filter(pk=row.pk).delete()[0]:
        raise NoSuchCode
    services.tell_of_change(account)
    return account


def spend_recovery_code(account: Account, *, code: str) -> None:
    """Instead of the app's code, after the password."""
    if not RecoveryCode.objects.filter(account=account, code_hash=_hashed(code)).delete()[0]:
        raise WrongCode
    services.tell_of_change(account)


def _new_code() -> str:
    letters = ["".join(secrets.choice(ALPHABET) for _ in range(LETTERS)) for _ in range(GROUPS)]
    return "-".join(letters)


def _hashed(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()
