"""Telling devices, by web push, that something is new: the same few bytes whatever it is."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account, Device, Session
from positivesocials.core.jobs import every, job
from positivesocials.core.refusals import Refused
from positivesocials.notifications import gateways, registry, selectors, webpush
from positivesocials.notifications.choices import DEVICES, Choice
from positivesocials.notifications.gateways import Answer
from positivesocials.notifications.models import Notice, PushAddress, PushKey
from positivesocials.notifications.webpush import Receiver
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

MOST_DEVICES = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
MOST_TRIES = 12
A_DAY = 24 * 60 * 60
BUSY, GONE = 429, frozenset({404, 410})
AT_ONE_GO = 500


def public_key() -> str:
    """What a browser needs in order to know this site again: base64url of an uncompressed point."""
    private = _private_key()
    return webpush.encoded(webpush.point_of(private)) if private else ""


def _private_key() -> ec.EllipticCurvePrivateKey | None:
    """Made once by the site, sealed under a key of its own. None if it does not open: it is not replaced."""
    row = PushKey.objects.filter(only=1).first() or _make_key()
    if row.private is None:
        return None
    return ec.derive_private_key(int(row.private, 16), ec.SECP256R1())


def _make_key() -> PushKey:
    made = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    row = PushKey(private=f"{made:064x}")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # Another page was quicker.
        vault.shred(KeyOwner(PushKey._meta.label, row.pk))
        return PushKey.objects.get(only=1)
    return row


@transaction.atomic
def add(actor: Account, *, endpoint: str, point: str, auth: str, device: str) -> None:
    """This device is told from now on, and that its owner agreed is on record.

    Refuses on a device that is shared, or may be, and addresses that are no push service's.
    """
    if device != Device.OWN:
        raise Refused(_("Only a device of your own can be told. Log in again and say that this is yours."))
    if not gateways.is_welcome(endpoint) or not _is_key(point, auth):
        raise Refused(_("Your browser gave no address that could be told."))
    gateways.consent().give(actor)
    index = vault.blind_index("push", endpoint)
    # Whoever used this browser before is not told on it any more.
    PushAddress.objects.filter(index=index).delete()
    kept = PushAddress.objects.filter(account=actor).order_by("-made_at", "pk").values_list("pk", flat=True)
    PushAddress.objects.filter(pk__in=list(kept[MOST_DEVICES - 1 :])).delete()
    PushAddress(account=actor, index=index, endpoint=endpoint, keys={"point": point, "auth": auth}).save(
        force_insert=True
    )


def _is_key(point: str, auth: str) -> bool:
    try:
        Receiver.read(point, auth)
    except ValueError:
        return False
    return True


def forget_all_of(account: Account) -> list[KeyOwner]:
    """The consent was taken back: no push address is left. They were sealed under the account's key."""
    PushAddress.objects.filter(account=account).delete()
    return []


def plan(account_id: UUID, choice: Choice) -> None:
    """A notice was made: each device that is not about to be told anyway is told, after quiet hours."""
    now = timezone.now()
    at = choice.after_quiet(now)
    waiting = PushAddress.objects.filter(account_id=account_id, due_at=None)
    ids = list(waiting.values_list("pk", flat=True))
    if ids and waiting.update(due_at=at, tries=0) and at <= now:
        for pk in ids:
            transaction.on_commit(partial(tell.enqueue, str(pk)))


@every(seconds=60)
def tell_due() -> None:
    """What quiet hours, a push service in trouble, or a stopped server left."""
    due = PushAddress.objects.filter(due_at__lte=timezone.now()).order_by("due_at")
    for pk in due.values_list("pk", flat=True)[:AT_ONE_GO]:
        tell.enqueue(str(pk))


@job
def tell(address_id: str) -> None:
    """Tell one device, if it is still to be told. The claim is a conditional update, as with mails."""
    now = timezone.now()
    row = PushAddress.objects.filter(pk=address_id, due_at__lte=now).select_related("account").first()
    if row is None:
        return
    until = now + min(FIRST_WAIT * int(2 ** min(row.tries, 10)), LONGEST_WAIT)
    claimed = PushAddress.objects.filter(pk=row.pk, due_at=row.due_at)
    if not claimed.update(due_at=until, tries=F("tries") + 1):
        return
    if settings.DEMO or not _has_news(row.account, now):
        _is_told(row, until)
        return
    _heed(row, _push(row, now), until)


def _has_news(account: Account, now: datetime) -> bool:
    """Something unseen that its owner wants told here, and a device of their own that is logged in."""
    live = Session.objects.filter(account=account, device=Device.OWN, expires_at__gt=now)
    choice = selectors.choice_of(account.pk)
    kinds = [
        kind.slug for kind in registry.kinds() if kind.is_security or DEVICES in choice.ways_for(kind.slug)
    ]
    unseen = Notice.objects.filter(account=account, seen_at=None, kind__in=kinds)
    return account.is_active and live.exists() and unseen.exists()


def _push(row: PushAddress, now: datetime) -> Answer:
    private, endpoint, keys = _private_key(), row.endpoint, row.keys
    if private is None or endpoint is None or keys is None:  # What does not open is on record by now.
        return Answer(0)
    headers = {
        "Authorization": webpush.authorization(endpoint, private=private, contact=settings.ORIGIN, now=now),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(A_DAY),
        # RFC 8030, 5.4: what waits for a device that is off is replaced and not piled up.
        "Topic": "new",
    }
    body = webpush.sealed_for(Receiver.read(keys["point"], keys["auth"]), webpush.PAYLOAD)
    return gateways.push(endpoint, headers=headers, body=body)


def _heed(row: PushAddress, answer: Answer, until: datetime) -> None:
    if answer.status in GONE:
        PushAddress.objects.filter(pk=row.pk).delete()
    elif answer.status in {0, BUSY} or answer.status >= 500:
        if row.tries + 1 >= MOST_TRIES:
            _is_told(row, until)
        elif answer.retry_after:
            wait = min(timedelta(seconds=answer.retry_after), LONGEST_WAIT)
            later = max(until, timezone.now() + wait)
            PushAddress.objects.filter(pk=row.pk, due_at=until).update(due_at=later)
    else:
        _is_told(row, until)


def _is_told(row: PushAddress, until: datetime) -> None:
    # Not if something new came meanwhile and made it due again.
    PushAddress.objects.filter(pk=row.pk, due_at=until).update(due_at=None)
