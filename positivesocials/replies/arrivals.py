"""Replies that were written on another site come in with the article they stand under."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from positivesocials.moderation import services as moderation
from positivesocials.replies import access
from positivesocials.replies.models import GUEST_KEY, GuestContact, Reply, State, Thread
from positivesocials.replies.services import KEEP_ADDRESS, KIND
from positivesocials.vault import services as vault

LONGEST_NAME = 60


@dataclass(frozen=True)
class Arrival:
    """One reply as it comes in. `mark` knows it again, `answers` is the mark of what it answers."""

    mark: str
    name: str
    address: str
    text: str
    written_at: datetime
    is_public: bool
    answers: str = ""


def bring_in(thread: Thread, arrivals: Iterable[Arrival]) -> int:
    """Guests' replies under this thread, each once whatever is brought in again; says how many are new.

    Texts, names and addresses are sealed as those of guests who write here. What waits for a moderator waits
    in the queue. Nobody is told: these words are not new, and nobody here asked to hear of them.
    """
    wanted = list(arrivals)
    ids = known_ids({arrival.mark for arrival in wanted} | {arrival.answers for arrival in wanted})
    count = 0
    # The keys first, all in one commit: a stop in between leaves keys without rows, which are swept.
    with transaction.atomic(), transaction.atomic(using="keys"):
        for arrival in wanted:
            if arrival.mark not in ids:
                ids[arrival.mark] = _bring_in_one(thread, arrival, ids.get(arrival.answers))
                count += 1
    return count


def known_ids(marks: Iterable[str]) -> dict[str, UUID]:
    """The replies that came in under these marks before."""
    return dict(Reply.objects.filter(client_key__in=marks).values_list("client_key", "pk"))


def _bring_in_one(thread: Thread, arrival: Arrival, parent_id: UUID | None) -> UUID:
    reply_id = uuid4()
    written = Reply(
        id=reply_id,
        thread=thread,
        parent_id=parent_id,
        key_kind=GUEST_KEY,
        key_id=reply_id,
        guest_name=arrival.name[:LONGEST_NAME],
        text=arrival.text,
        state=State.PUBLIC if arrival.is_public else State.HELD,
        client_key=arrival.mark,
    )
    vault.make_key(written.key_owner)
    written.save(force_insert=True)
    told_at = arrival.written_at if arrival.is_public else None
    Reply.objects.filter(pk=reply_id).update(written_at=arrival.written_at, told_at=told_at)
    if not arrival.is_public:
        moderation.hold(KIND, reply_id)
    if arrival.address:
        _seal_address(written, arrival.address)
    return reply_id


def _seal_address(written: Reply, address: str) -> None:
    """Kept as long as that of any guest. No link is mailed: who wrote elsewhere asked for none from here."""
    GuestContact(
        reply=written,
        address=address,
        token_hash=access.hashed(uuid4().hex + uuid4().hex),
        kept_until=timezone.now() + KEEP_ADDRESS,
    ).save(force_insert=True)
