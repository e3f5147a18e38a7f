"""Opening, closing and leaving conversations, and what is written in them: the only code that writes them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import live
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.messaging import access, marks, photo_bytes
from positivesocials.messaging.models import Conversation, Message, Participant, RemovedBy
from positivesocials.notifications import notices
from positivesocials.profiles.models import Profile
from positivesocials.safety import access as safety

NOTICE = "message"
TICK = timedelta(microseconds=1)
_on_leave: list[Callable[[Conversation], None]] = []


class ConversationClosed(Refused):
    """Says the same whoever left, blocked or was erased, so that it betrays nobody."""

    def __init__(self) -> None:
        super().__init__(_("This conversation is closed."))


@transaction.atomic
def open_conversation(one: Profile, other: Profile) -> Conversation:
    """One seat for every account behind the two profiles. Refuses a shared account and any block."""
    ones, others = set(one.account_ids), set(other.account_ids)
    everyone = ones | others
    if ones & others or not safety.may_meet(everyone, everyone):
        raise NotThere
    now = timezone.now()
    conversation = Conversation.objects.create(opened_at=now, last_at=now)
    for side, profile in enumerate((one, other)):
        _seat(conversation, profile, side)
    return conversation


def _seat(conversation: Conversation, profile: Profile, side: int) -> None:
    for place, persona in enumerate(profile.personas):
        Participant.objects.create(
            conversation=conversation,
            account_id=persona.account_id,
            profile=profile,
            persona=persona,
            side=side,
            is_second=place == 1,
            read_up_to_at=conversation.opened_at,
        )


@transaction.atomic
def close_conversation(conversation: Conversation) -> None:
    """From now on everyone in it reads, and nobody writes. Nobody learns why."""
    still_open = Conversation.objects.filter(pk=conversation.pk, closed_at=None)
    if still_open.update(closed_at=timezone.now()):
        tell(conversation.pk, {"kind": "closed-for-all"})


@transaction.atomic
def close_conversations_of(profile: Profile) -> None:
    """Closes what a profile takes part in: for a couple that has ended, or a profile that goes."""
    _close_all(Conversation.objects.filter(participants__profile=profile).distinct())


@transaction.atomic
def close_conversations_between(ones: Iterable[UUID], others: Iterable[UUID]) -> None:
    """Closes what accounts of both sides sit in together, as a block does."""
    mine = Participant.objects.filter(account__in=list(ones)).values("conversation")
    theirs = Participant.objects.filter(account__in=list(others)).values("conversation")
    shared = Conversation.objects.filter(pk__in=mine).filter(pk__in=theirs)
    _close_all(shared)
    notices.forget(targets=shared.values_list("pk", flat=True))


def _close_all(conversations: Iterable[Conversation]) -> None:
    # In one order everywhere, so that two closings never wait for each other.
    for conversation in sorted(conversations, key=lambda each: each.pk):
        close_conversation(conversation)


@transaction.atomic
def leave(actor: Account, conversation_id: UUID) -> None:
    """The actor's seat is empty from now on and the conversation closed; what they wrote stays."""
    seat = access.get_own_seat(actor, conversation_id)
    Participant.objects.filter(pk=seat.pk).update(left_at=timezone.now())
    close_conversation(seat.conversation)
    for react in _on_leave:
        react(seat.conversation)


def on_leave(react: Callable[[Conversation], None]) -> None:
    """`react(conversation)` runs in the transaction in which somebody leaves. Contexts above register."""
    if react not in _on_leave:
        _on_leave.append(react)


def send(actor: Account, conversation_id: UUID, *, packed: Any, client_key: str) -> Message:
    """Write one message, once: the same `client_key` again returns the first, even after a closing.

    `packed` is its envelope from composing.py, which nobody here opens.

    When this returns, the message is committed and everyone in the conversation has been told to look.
    """
    with transaction.atomic():
        _lock(conversation_id)
        seat = access.get_own_seat(actor, conversation_id)
        sent = Message.objects.filter(participant=seat, client_key=client_key).first()
        if sent is not None:
            sent.participant = seat
            return sent
        if not access.is_open(seat.conversation):
            raise ConversationClosed
        return _write(actor, seat, packed, client_key)


def hold(conversation: Conversation) -> bool:
    """Make every other writer of this conversation wait until we commit; say whether it is open."""
    if not _lock(conversation.pk):
        return False
    conversation.refresh_from_db()
    return access.is_open(conversation)


def _lock(conversation_id: UUID) -> bool:
    # A write that changes nothing: it takes the row's lock where there are row locks.
    return bool(Conversation.objects.filter(pk=conversation_id).update(last_at=F("last_at")))


def _write(actor: Account, seat: Participant, packed: Any, client_key: str) -> Message:
    conversation = seat.conversation
    moment = max(timezone.now(), conversation.last_at + TICK)
    message = Message(
        conversation=conversation,
        participant=seat,
        author_id=actor.pk,
        envelope=packed,
        client_key=client_key,
        sent_at=moment,
    )
    message.save(force_insert=True)
    Conversation.objects.filter(pk=conversation.pk).update(last_at=moment)
    account_ids = [each.account_id for each in access.seats_in(conversation) if each.account_id]
    _tell(account_ids, conversation.pk, {"kind": "message", "message": str(message.pk)})
    notices.notify(account_ids, NOTICE, target=conversation.pk, by=[actor.pk])
    return message


@transaction.atomic
def take_back(actor: Account, conversation_id: UUID, message_id: UUID) -> None:
    """The author's words are gone for everyone; that something was written stays. Works when closed, too."""
    _remove(access.get_own_message(actor, conversation_id, message_id), RemovedBy.AUTHOR)


@transaction.atomic
def withhold(message_id: UUID) -> None:
    """A moderator's decision: the words are gone for everyone in the conversation."""
    for message in Message.objects.filter(pk=message_id):
        _remove(message, RemovedBy.MODERATOR)


def _remove(message: Message, by: RemovedBy) -> None:
    if message.removed_at is None:
        message.envelope, message.removed_at, message.removed_by = None, timezone.now(), by
        message.save(update_fields=["envelope", "removed_at", "removed_by"])
        message.reactions.all().delete()
        photo_bytes.drop_of(message.pk)
        tell(message.conversation_id, {"kind": "changed", "message": str(message.pk)})


def mark_read(seat: Participant, *, up_to: datetime) -> None:
    """Nothing up to this moment is unread for the seat. Never moves back."""
    unread = Participant.objects.filter(pk=seat.pk, read_up_to_at__lt=up_to)
    if unread.update(read_up_to_at=up_to):
        marks.tell(seat)
    if seat.account_id is not None:
        notices.see(seat.account_id, targets=[seat.conversation_id])


def tell(conversation_id: UUID, event: dict[str, Any]) -> None:
    """After the commit, every open page of everyone in the conversation hears ids, and only ids."""
    _tell(_accounts_in(conversation_id), conversation_id, event)


def _tell(account_ids: Iterable[UUID], conversation_id: UUID, event: dict[str, Any]) -> None:
    told = {"type": "live.event", "conversation": str(conversation_id), **event}
    for account_id in account_ids:
        transaction.on_commit(partial(live.push, f"account-{account_id.hex}", told))


def _accounts_in(conversation_id: UUID) -> list[UUID]:
    seats = Participant.objects.filter(conversation=conversation_id, left_at=None, account__isnull=False)
    return [account_id for account_id in seats.values_list("account_id", flat=True) if account_id]
