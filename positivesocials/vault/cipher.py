"""AES-256-GCM with the place of every ciphertext bound to it (NIST SP 800-38D; 96-bit random nonces).

A sealed value is: format byte, 12 bytes nonce, ciphertext with a 16-byte tag. The plaintext is padded
(0x80, then zeros, as in ISO/IEC 7816-4) to a multiple of 64 bytes or more, so that length says little.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"
NONCE_BYTES = 12
BLOCK = 64


class SealBroken(Exception):
    """The bytes do not open at this place under this key: changed, moved, or sealed under another key."""


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(32)


def seal(key: bytes, plaintext: bytes, place: bytes, *, block: int = BLOCK) -> bytes:
    """Seal `plaintext` under the 32-byte `key`, bound to `place` (any bytes; not secret, not stored).

    It is padded to a multiple of `block` bytes, which opening it need not know.
    """
    padded = plaintext + b"\x80" + b"\x00" * (-(len(plaintext) + 1) % block)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return FORMAT + nonce + encrypt(key, nonce, padded, place)


def unseal(key: bytes, sealed: bytes, place: bytes) -> bytes:
    """The plaintext, or SealBroken. `place` must equal the one it was sealed with."""
    if sealed[:1] != FORMAT:
        raise SealBroken("unknown format")
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        padded = decrypt(key, nonce, body, place)
        return padded[: padded.rindex(b"\x80")]
    except (InvalidTag, ValueError):
        raise SealBroken("does not open here") from None


def encrypt(key: bytes, nonce: bytes, padded: bytes, place: bytes) -> bytes:
    """AES-GCM as published, ciphertext then tag. A nonce must never be used twice under one key."""
    return AESGCM(key).encrypt(nonce, padded, place)


def decrypt(key: bytes, nonce: bytes, body: bytes, place: bytes) -> bytes:
    """The reverse; raises InvalidTag, or ValueError for a nonce or a body that is too short."""
    return AESGCM(key).decrypt(nonce, body, place)
