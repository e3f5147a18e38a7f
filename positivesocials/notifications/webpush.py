"""Web push as the standards have it: encryption (RFC 8291 over RFC 8188) and who is asking (RFC 8292)."""

import base64
import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

# All that is ever told: the same bytes for every kind, and so the same length.
PAYLOAD = b'{"new":true}'
POINT_BYTES, AUTH_BYTES, SALT_BYTES = 65, 16, 16
RECORD_BYTES = 4096
LAST_RECORD = b"\x02"
# RFC 8292, 2: at most 24 hours.
TOKEN_LIVES = timedelta(hours=12)


@dataclass(frozen=True)
class Receiver:
    """A browser's own keys: an uncompressed point of P-256 (65 bytes) and a secret of 16 bytes."""

    point: bytes
    auth: bytes

    @classmethod
    def read(cls, point: str, auth: str) -> "Receiver":
        """From base64url without padding, as a browser tells them. Raises ValueError for anything else."""
        found = cls(decoded(point), decoded(auth))
        if len(found.point) != POINT_BYTES or len(found.auth) != AUTH_BYTES:
            raise ValueError
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), found.point)
        return found


def encoded(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def point_of(private: ec.EllipticCurvePrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sealed_for(
    receiver: Receiver,
    payload: bytes,
    *,
    salt: bytes | None = None,
    private: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """A message of one record that only the receiver opens: header and ciphertext (RFC 8188, 2.1).

    `salt` and `private` are made anew for each message; to name them is for the RFC's example alone.
    """
    salt = salt or os.urandom(SALT_BYTES)
    private = private or ec.generate_private_key(ec.SECP256R1())
    own = point_of(private)
    key, nonce = keys_of(private, receiver.point, receiver=receiver, sender=own, salt=salt)
    header = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(own)]) + own
    return header + AESGCM(key).encrypt(nonce, payload + LAST_RECORD, None)


def keys_of(
    private: ec.EllipticCurvePrivateKey, other: bytes, *, receiver: Receiver, sender: bytes, salt: bytes
) -> tuple[bytes, bytes]:
    """The key (16 bytes) and the nonce (12 bytes) that both ends derive: RFC 8291, 3.4."""
    curve = ec.SECP256R1()
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(curve, other))
    about = b"WebPush: info\0" + receiver.point + sender
    material = _derived(shared, salt=receiver.auth, info=about, length=32)
    key = _derived(material, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    return key, _derived(material, salt=salt, info=b"Content-Encoding: nonce\0", length=12)


def _derived(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)


def authorization(endpoint: str, *, private: ec.EllipticCurvePrivateKey, contact: str, now: datetime) -> str:
    """The header that says which site asks, signed for the one push service (RFC 8292, 2 and 3)."""
    address = urlsplit(endpoint)
    claims = {
        "aud": f"{address.scheme}://{address.netloc}",
        "exp": int((now + TOKEN_LIVES).timestamp()),
        "sub": contact,
    }
    said = ".".join(encoded(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(private.sign(said.encode(), ec.ECDSA(SHA256())))
    signature = encoded(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={said}.{signature}, k={encoded(point_of(private))}"
