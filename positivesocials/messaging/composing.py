"""The composer: checks what somebody wrote and packs it. From here on it is an envelope."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import Refused
from positivesocials.messaging import access, changes, envelope, reading, services
from positivesocials.messaging.envelope import Photo, Text
from positivesocials.messaging.models import Message

LONGEST = 4000


def send(
    actor: Account, conversation_id: UUID, *, text: str, client_key: str, reply_to: UUID | None = None
) -> Message:
    """Pack a text and send it, once; see `services.send`. It may answer a message that the actor can read."""
    if reply_to is not None:
        access.get_message_for(actor, conversation_id, reply_to)
    packed = envelope.pack(Text(checked(text), reply_to=reply_to))
    return services.send(actor, conversation_id, packed=packed, client_key=client_key)


def change(actor: Account, conversation_id: UUID, message_id: UUID, *, text: str, version: int) -> None:
    """Other words in the same message; what it answers stays. The same words again change nothing."""
    said, words = reading.said_in(access.get_own_message(actor, conversation_id, message_id)), checked(text)
    if words != said.text:
        kind = Photo if said.has_photo else Text
        packed = envelope.pack(kind(words, reply_to=said.reply_to))
        changes.change(actor, conversation_id, message_id, packed=packed, version=version)


def pack_photo(text: str) -> envelope.Packed:
    """The envelope of a photo; the words with it may be none."""
    return envelope.pack(Photo(checked(text) if text.strip() else ""))


def checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise Refused(_("Write something first."))
    if len(text) > LONGEST:
        raise Refused(too_long(len(text)))
    return text


def not_too_long(text: str) -> None:
    # Our own check instead of max_length: that would let browsers cut a pasted text silently.
    length = len(text.replace("\r\n", "\n"))
    if length > LONGEST:
        raise ValidationError(too_long(length))


def too_long(length: int) -> str:
    words = _("A message can have %(most)s characters, and this one has %(length)s. Please send it in parts.")
    return words % {"most": LONGEST, "length": length}
