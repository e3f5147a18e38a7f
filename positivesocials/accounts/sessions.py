"""Session store: the key is kept hashed, the data sealed under the key itself, which only the cookie has."""

import hashlib
import json
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from positivesocials.accounts import gateways
from positivesocials.accounts.models import Account, Device, Session
from positivesocials.core import live
from positivesocials.vault import cipher

DEVICE = "device"
LOOK_AGAIN = {"type": "live.event", "kind": "sessions"}


def hashed(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def sign_in(request: HttpRequest, account: Account, *, device: str, method: str) -> None:
    """Start a session for `account`: by "password", or by "card" in a demo. Nothing of another one stays."""
    if request.user.is_authenticated:
        request.session.flush()
    request.session[DEVICE] = device
    record_authentication(request, account, method=method)
    others_live = Session.objects.filter(account=account, expires_at__gt=timezone.now()).exists()
    get_adapter().login(request, account)
    # Whoever is logged in elsewhere is told. Of an invented person everybody plays the part.
    if others_live and not account.is_demo:
        gateways.tell(account.pk, gateways.LOGGED_IN)


def end_all(handle: str | None = None) -> int:
    """Everybody is logged out, or the account of this handle is; says how many sessions that were."""
    if handle is None:
        return Session.objects.all().delete()[0]
    return end(Session.objects.filter(account__handle=handle))


def end(rows: QuerySet[Session]) -> int:
    """These sessions are over. Pages still open elsewhere look again, and find that they are logged out."""
    account_ids = {pk for pk in rows.values_list("account_id", flat=True) if pk is not None}
    ended = rows.delete()[0]
    for account_id in account_ids:
        transaction.on_commit(partial(live.push, f"account-{account_id.hex}", LOOK_AGAIN))
    return ended


def is_live(session_key: str, account_id: UUID) -> bool:
    """Whether this session still stands and is this account's, which is still there. Opens nothing of it."""
    rows = Session.objects.filter(key_hash=hashed(session_key), expires_at__gt=timezone.now())
    return rows.filter(account=account_id, account__is_active=True).exists()


def _data_key(session_key: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"session data").derive(session_key.encode())


class SessionStore(SessionBase):
    started_at: datetime | None = None

    @property
    def device(self) -> str:
        return str(self.get(DEVICE, Device.SHARED))

    def get_expiry_age(self, **kwargs: Any) -> int:
        own = self.device == Device.OWN
        return settings.SESSION_COOKIE_AGE if own else settings.SHARED_DEVICE_SECONDS

    def get_expire_at_browser_close(self) -> bool:
        return self.device != Device.OWN

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key_hash=hashed(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]  # Not in the stubs.
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        row = Session.objects.filter(key_hash=hashed(key), expires_at__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
            return {}
        try:
            data: dict[str, Any] = json.loads(
                cipher.unseal(_data_key(key), bytes(row.data), row.key_hash.encode())
            )
        except (cipher.SealBroken, ValueError):
            self._session_key = None
            return {}
        self.seen_at, self.started_at = row.seen_at, row.started_at
        return data

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]  # Not in the stubs.
        key_hash = hashed(self.session_key)
        if must_create:
            self.started_at = timezone.now()
        values = {
            "account_id": data.get(SESSION_KEY),
            "device": self.device,
            "data": cipher.seal(_data_key(self.session_key), json.dumps(data).encode(), key_hash.encode()),
            "seen_at": timezone.now(),
            "expires_at": self._end(),
        }
        if must_create:
            return self._insert(key_hash, values)
        if not Session.objects.filter(key_hash=key_hash).update(**values):
            raise UpdateError
        return None

    def _end(self) -> datetime:
        """After so long without use, and after so long altogether however busy."""
        now, longest = timezone.now(), settings.LONGEST_SESSION_SECONDS[self.device]
        idle_end = now + timedelta(seconds=self.get_expiry_age())
        return min(idle_end, (self.started_at or now) + timedelta(seconds=longest))

    def _insert(self, key_hash: str, values: dict[str, Any]) -> None:
        try:
            with transaction.atomic():
                Session.objects.create(key_hash=key_hash, **values)
        except IntegrityError:
            raise CreateError from None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            end(Session.objects.filter(key_hash=hashed(key)))

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires_at__lte=timezone.now()).delete()
