"""What somebody began to write in a conversation: kept sealed until it is sent.

Each change has a number. Who saves says which one they know, so that an older page never overwrites a newer.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.refusals import Refused
from positivesocials.messaging import access, reading
from positivesocials.messaging.composing import LONGEST, too_long
from positivesocials.messaging.models import Conversation, Draft, Message, Participant

JUST_SENT = timedelta(minutes=1)


@dataclass(frozen=True)
class Begun:
    text: str
    version: int


class Overtaken(Refused):
    """Something newer is kept; the page that asked keeps its words in its field."""

    def __init__(self, newer: Begun) -> None:
        super().__init__(_("You wrote something newer in another window. What stands here is not saved."))
        self.newer = newer


def draft_of(seat: Participant) -> Begun:
    row = Draft.objects.filter(participant=seat).first()
    return Begun(row.text or "", row.version) if row else Begun("", 0)


def tab_key(seat: Participant) -> str:
    """256 bits by which the seat's own page seals what did not reach us; the same after logging in again."""
    return signing.Signer(salt="messaging.tab").signature(f"{seat.account_id}:{seat.conversation_id}")


def keep(actor: Account, conversation_id: UUID, *, text: str, version: int) -> Begun:
    """What the actor began is kept, unless something newer than `version` is. Where nothing is kept any more
    nothing can be overwritten."""
    seat = access.get_seat_for(actor, conversation_id)
    text = text.replace("\r\n", "\n")
    if len(text) > LONGEST:
        raise Refused(too_long(len(text)))
    begun = text if text.strip() and not _was_just_sent(seat, text) else None
    with transaction.atomic():
        kept = _change(seat, actor, begun, version)
    now = draft_of(seat)
    if not kept and now.text != (begun or ""):
        raise Overtaken(now)
    return now


def _was_just_sent(seat: Participant, text: str) -> bool:
    """A draft may be on its way while its message is sent, and arrive after it."""
    own = Message.objects.filter(participant=seat, sent_at__gt=timezone.now() - JUST_SENT)
    newest = own.order_by("-sent_at").first()
    return newest is not None and (reading.said_in(newest).text or "").strip() == text.strip()


def _change(seat: Participant, actor: Account, text: str | None, version: int) -> bool:
    Draft.objects.bulk_create([Draft(participant=seat, account=actor)], ignore_conflicts=True)
    row = Draft.objects.get(participant=seat)
    known = Draft.objects.filter(Q(version=version) | Q(text__isnull=True), pk=row.pk)
    if not known.update(version=F("version") + 1):
        return False
    row.text = text
    row.save(update_fields=["text"])
    return True


def forget_sent(seat: Participant, *, text: str, version: int) -> None:
    """The draft that was sent is gone; a newer one, of another page, stays."""
    row = Draft.objects.filter(participant=seat).first()
    if row and row.text and (row.version == version or row.text.strip() == text.strip()):
        same = Draft.objects.filter(pk=row.pk, version=row.version)
        same.update(text=None, version=F("version") + 1)


def forget_of_who_left(conversation: Conversation) -> None:
    left = Draft.objects.filter(participant__conversation=conversation, participant__left_at__isnull=False)
    left.delete()
