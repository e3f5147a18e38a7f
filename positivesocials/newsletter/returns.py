"""The address to which a letter comes back if it cannot be delivered, and what such a return means.

Each delivery has an address of its own (as VERP does it), made of its random id and a keyed mark: it says
nothing of the reader, and nobody else can make one.
"""

import base64
import hmac
import re
from enum import StrEnum
from uuid import UUID

from positivesocials.vault import services as vault

MARK_BYTES = 8
TOKEN = re.compile(r"\+([a-z2-7]{39})@")
# RFC 3463: no such mailbox, no such host, mailbox moved or bad address; and a mailbox that is closed.
FOR_GOOD = re.compile(r"\b5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b")


class Kind(StrEnum):
    FOR_GOOD = "for good"
    FOR_NOW = "for now"


def kind_of(words: str) -> Kind:
    """Only what says plainly that there is no such mailbox counts as such.

    A server that takes us for unwanted refuses everybody: that must not end anybody's letter at once.
    """
    return Kind.FOR_GOOD if FOR_GOOD.search(words) else Kind.FOR_NOW


def address_for(delivery_id: UUID, base: str) -> str:
    """`base` is where returns are read, as ps@example.org; empty where nobody reads them."""
    name, _, host = base.rpartition("@")
    return f"{name}+{_token(delivery_id)}@{host}" if name else ""


def delivery_in(text: str) -> UUID | None:
    """The delivery whose return address stands in the text, if we made it."""
    for token in TOKEN.findall(text.lower()):
        try:
            raw = base64.b32decode(f"{token.upper()}=")
        except ValueError:
            continue
        delivery_id = UUID(bytes=raw[:16])
        if hmac.compare_digest(_token(delivery_id), token):
            return delivery_id
    return None


def _token(delivery_id: UUID) -> str:
    mark = bytes.fromhex(vault.blind_index("letter returns", delivery_id.hex))[:MARK_BYTES]
    return base64.b32encode(delivery_id.bytes + mark).decode().rstrip("=").lower()
