"""What a message says, as it is packed for its way: a type, the version of that type, and what it holds.

Only who composes a message (composing.py) and who reads it (reading.py) look inside. Whatever stores, moves,
announces or removes messages passes envelopes on unopened, so that one day a browser can seal them itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

# As it is stored: plain data, or whatever a later type makes of it.
Packed = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """Written words, and which earlier message of the same conversation they answer, if any."""

    text: str
    reply_to: UUID | None = None


@dataclass(frozen=True)
class Photo:
    """A photo, which lies elsewhere, and the words with it, if any."""

    text: str
    reply_to: UUID | None = None


@dataclass(frozen=True)
class Unknown:
    """Packed by a version of this site that knows more types than this one."""


Content = Text | Photo | Unknown


def pack(content: Text | Photo) -> Packed:
    kind = "photo" if isinstance(content, Photo) else "text"
    packed = {"type": kind, "version": 1, "text": content.text}
    return packed if content.reply_to is None else {**packed, "reply_to": str(content.reply_to)}


def unpack(packed: object) -> Content:
    """What an envelope holds. One that is not as its type says is Unknown, never an error."""
    if not isinstance(packed, dict):
        return Unknown()
    try:
        # Envelopes from before there were versions are of the first.
        reader = READERS.get((packed.get("type"), packed.get("version", 1)))
        return reader(packed) if reader else Unknown()
    except (KeyError, TypeError, ValueError):
        return Unknown()


def _text(packed: Packed) -> Text:
    return Text(_words(packed["text"]), reply_to=_reply_to(packed))


def _photo(packed: Packed) -> Photo:
    return Photo(_words(packed["text"]), reply_to=_reply_to(packed))


def _reply_to(packed: Packed) -> UUID | None:
    reply_to = packed.get("reply_to")
    return None if reply_to is None else UUID(_words(reply_to))


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("words are a string")
    return value


READERS: dict[tuple[object, object], Callable[[Packed], Content]] = {
    ("text", 1): _text,
    ("photo", 1): _photo,
}
