"""The reader: opens the envelopes of messages that somebody may read. Who may is asked before."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from positivesocials.messaging import envelope
from positivesocials.messaging.envelope import Photo, Text
from positivesocials.messaging.models import Message


@dataclass(frozen=True)
class Said:
    """What a reader gets of one message: its words and what they answer, or why there are none."""

    text: str | None
    reply_to: UUID | None = None
    has_photo: bool = False
    why_not: str = ""
    is_gone: bool = False


def said_in(message: Message) -> Said:
    packed = message.envelope
    if packed is None:
        return Said(None, why_not=message.why_gone, is_gone=True)
    match envelope.unpack(packed):
        case Text(text=text, reply_to=reply_to):
            return Said(text, reply_to=reply_to)
        case Photo(text=text, reply_to=reply_to):
            return Said(text, reply_to=reply_to, has_photo=True)
        case _unknown:
            return Said(None, why_not=_("This was made with a newer version and cannot be shown here yet."))
