"""A riddle that costs a browser a second or two of work, and a robot the same for each reply.

Altcha's second protocol: the browser counts up until PBKDF2 gives the key whose beginning stands in the
riddle. The count is drawn between two bounds, so that no phone is unlucky. Signed, it expires, counts once.
"""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import altcha
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from positivesocials.core.jobs import every
from positivesocials.replies.models import SpentProof

ALGORITHM, ROUNDS = "PBKDF2/SHA-256", 5_000
# Half a million rounds at most: about two seconds of a phone from 2015, a third of one of a desktop.
FEWEST, MOST = 50, 100
KEEP = timedelta(hours=1)
LONGEST = 3_000


def _key(purpose: str) -> bytes:
    return salted_hmac("positivesocials.replies.proofs", purpose, algorithm="sha256").digest()


def riddle() -> dict[str, Any]:
    """A fresh riddle for one reply, as the browser reads it."""
    asked = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=FEWEST + secrets.randbelow(MOST - FEWEST + 1),
        expires_at=timezone.now() + KEEP,
        hmac_secret=_key("riddle"),
        hmac_key_secret=_key("solution"),
    )
    return dict(asked.to_dict())


def spend(proof: str) -> bool:
    """Whether this solves a riddle of ours that is in time and was not used. Uses it up, in the caller's
    transaction: where the reply is not written, the solution still counts.
    """
    if not proof or len(proof) > LONGEST:
        return False
    try:
        given = altcha.Payload.from_base64(proof)
        done = altcha.verify_solution(given, hmac_secret=_key("riddle"), hmac_key_secret=_key("solution"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    if not done.verified:
        return False
    signed = given.challenge
    until = datetime.fromtimestamp(int(signed.parameters.expires_at or 0), tz=UTC)
    try:
        with transaction.atomic():
            SpentProof.objects.create(mark=str(signed.signature), until=until)
    except IntegrityError:
        return False
    return True


@every(seconds=3600)
def forget_spent() -> None:
    """A riddle that has expired is refused by its date: its mark is not needed any more."""
    SpentProof.objects.filter(until__lte=timezone.now()).delete()
