"""Passkeys: what a browser is asked, and whether its answer holds (WebAuthn Level 2, sections 7.1 and 7.2).

fido2 does the checks of the protocol. Every passkey is discoverable and asks its owner to unlock the device,
so that it is two factors in one. The browser is told neutral words and a random handle, never an address.
"""

import base64
import hashlib
import json
import logging
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from positivesocials.accounts import gateways, services
from positivesocials.accounts.models import Account, Passkey, Role
from positivesocials.core.refusals import Refused
from positivesocials.vault.fields import warm

MOST = 20
LONGEST_ANSWER = 20_000
# An answer comes from outside and may be anything: these are what reading one can raise.
NOT_AN_ANSWER = (ValueError, TypeError, KeyError, AttributeError, AssertionError, IndexError)

log = logging.getLogger(__name__)


class NotProven(Refused):
    def __init__(self) -> None:
        super().__init__(_("That passkey did not work here. Try again, or take another way."))


class LastWay(Refused):
    def __init__(self) -> None:
        super().__init__(_("This is your only way to log in. Add another one first, then remove this."))


def begin_making(account_id: UUID, *, known: list[Passkey]) -> tuple[str, dict[str, Any]]:
    """The options for `navigator.credentials.create()` as JSON, and the state that `add` needs once."""
    today = date_format(timezone.localdate(), "SHORT_DATE_FORMAT")
    name = _("%(site)s, since %(day)s") % {"site": services.NEUTRAL_NAME, "day": today}
    user = PublicKeyCredentialUserEntity(id=account_id.bytes, name=name, display_name=name)
    options, state = _server().register_begin(
        user=user,
        credentials=_descriptors(known),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.dumps(dict(options)["publicKey"]), dict(state)


def check_new(state: dict[str, Any], answer: str) -> tuple[AttestedCredentialData, int]:
    """The credential that a browser made, and its counter. Raises `NotProven`."""
    try:
        made = _server().register_complete(state, _parsed(answer))
    except NOT_AN_ANSWER as error:
        log.warning("A new passkey was refused: %s", type(error).__name__)
        raise NotProven from None
    if made.credential_data is None:
        raise NotProven
    return made.credential_data, made.counter


def begin_proving(*, known: list[Passkey] | None = None) -> tuple[str, dict[str, Any]]:
    """The options for `navigator.credentials.get()` as JSON, and the state that `prove` needs once.

    Without `known` the device offers what it has for this site: nobody has to say first who they are.
    """
    options, state = _server().authenticate_begin(
        credentials=_descriptors(known) if known else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.dumps(dict(options)["publicKey"]), dict(state)


def prove(state: dict[str, Any], answer: str) -> Account:
    """The account whose passkey signed the challenge. Raises `NotProven` for anything else."""
    try:
        response = AuthenticationResponse.from_dict(_parsed(answer))
        passkey = _passkey_of(response)
        _server().authenticate_complete(state, [_credential_of(passkey)], response)
    except NOT_AN_ANSWER as error:
        log.warning("A passkey was refused: %s", type(error).__name__)
        raise NotProven from None
    _count_use(passkey, response.response.authenticator_data.counter)
    return passkey.account


def join(account_id: UUID, state: dict[str, Any], answer: str, **declared: Any) -> Account:
    """An account without an address, whose only way in is this passkey."""
    credential, counter = check_new(state, answer)
    terms_version = declared.pop("terms_version")
    with transaction.atomic():
        account = services.open_account(account_id=account_id, **declared)
        gateways.accept_terms(account, version=terms_version)
        _keep(account, credential, counter)
    return account


def add(actor: Account, state: dict[str, Any], answer: str) -> Passkey:
    if actor.passkeys.count() >= MOST:
        raise Refused(_("That is many passkeys. Remove one you no longer use first."))
    credential, counter = check_new(state, answer)
    with transaction.atomic():
        passkey = _keep(actor, credential, counter)
        services.tell_of_change(actor)
    return passkey


@transaction.atomic
def remove(actor: Account, passkey: Passkey) -> None:
    others = actor.passkeys.exclude(pk=passkey.pk)
    has_other_way = others.exists() or (actor.handle and actor.has_usable_password())
    if not has_other_way or (actor.role != Role.MEMBER and not others.exists()):
        raise LastWay
    passkey.delete()
    services.tell_of_change(actor)


def passkeys_of(account: Account) -> list[Passkey]:
    found = list(account.passkeys.order_by("made_at"))
    warm(found)
    return found


def _keep(account: Account, credential: AttestedCredentialData, counter: int) -> Passkey:
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                account=account,
                credential_hash=_hashed(credential.credential_id),
                credential=base64.b64encode(bytes(credential)).decode(),
                name=_("Passkey of %(day)s") % {"day": date_format(timezone.localdate(), "DATE_FORMAT")},
                sign_count=counter,
            )
    except IntegrityError:
        raise NotProven from None


def _passkey_of(response: AuthenticationResponse) -> Passkey:
    passkey = (
        Passkey.objects.filter(credential_hash=_hashed(response.raw_id)).select_related("account").first()
    )
    handle = response.response.user_handle
    if passkey is None or not passkey.account.is_active:
        raise ValueError("no such passkey")
    if handle and handle != passkey.account_id.bytes:
        raise ValueError("the passkey of somebody else")
    return passkey


def _count_use(passkey: Passkey, counter: int) -> None:
    """A counter that does not rise says that the passkey was copied (section 6.1.1). Many never count."""
    rows = Passkey.objects.filter(pk=passkey.pk)
    rises = Q(sign_count__lt=counter) if counter else Q(sign_count=0)
    if not rows.filter(rises).update(sign_count=counter, used_at=timezone.now()):
        log.warning("A passkey counted backwards and was refused: %s", passkey.pk)
        raise NotProven


def _server() -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(name=services.NEUTRAL_NAME, id=urlsplit(settings.ORIGIN).hostname)
    return Fido2Server(entity, verify_origin=lambda origin: origin == settings.ORIGIN)


def _parsed(answer: str) -> dict[str, Any]:
    if len(answer) > LONGEST_ANSWER:
        raise ValueError("longer than any answer")
    try:
        parsed: dict[str, Any] = json.loads(answer)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return parsed


def _credential_of(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(base64.b64decode(passkey.credential or ""))


def _descriptors(passkeys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    """How the browser knows them again. One whose sealed half does not open is left out."""
    ids = [_credential_of(passkey).credential_id for passkey in passkeys if passkey.credential]
    kind = PublicKeyCredentialType.PUBLIC_KEY
    return [PublicKeyCredentialDescriptor(type=kind, id=credential_id) for credential_id in ids]


def _hashed(credential_id: bytes) -> str:
    return hashlib.sha256(credential_id).hexdigest()
