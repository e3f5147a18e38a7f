import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import instance
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import access as moderators
from positivesocials.profiles.models import Persona
from positivesocials.replies import homes
from positivesocials.replies.models import GuestContact, Reply, State, Thread
from positivesocials.safety import selectors as safety

OWN = "own_replies"
NO_ANSWERS = "no more answers by mail"


def own_ids(session: Mapping[str, Any]) -> frozenset[UUID]:
    """The replies a guest wrote in this session."""
    return frozenset(UUID(pk) for pk in session.get(OWN, ()))


def may_reply(thread: Thread) -> bool:
    return thread.closed_at is None and instance.is_open()


def get_parent_for(
    actor: Account | None, thread: Thread, parent_id: UUID | None, own: frozenset[UUID] = frozenset()
) -> Reply | None:
    """The reply that is being answered: of this thread, and one the writer can see."""
    if parent_id is None:
        return None
    parent = Reply.objects.filter(thread=thread, pk=parent_id).first()
    if parent is None or not _sees(actor, parent, own):
        raise NotThere
    return parent


def get_reply_for(viewer: Account | None, pk: UUID) -> Reply:
    """A reply whose text this viewer can read, where it stands."""
    reply = Reply.objects.select_related("persona").filter(pk=pk).first()
    if reply is None or not _sees(viewer, reply, frozenset()) or not homes.may_read(viewer, reply.thread_id):
        raise NotThere
    return reply


def get_own_reply(actor: Account, pk: UUID) -> Reply:
    reply = Reply.objects.filter(pk=pk, author=actor).exclude(state=State.ERASED).first()
    if reply is None:
        raise NotThere
    return reply


def get_changeable_reply(actor: Account, pk: UUID) -> Reply:
    """Their own, where the page it stands on still lets them write."""
    reply = get_own_reply(actor, pk)
    if not homes.may_change(actor, reply.thread_id):
        raise Refused(
            _(
                "You are not a member of the group that this reply stands in, so it cannot be changed. "
                "You can still remove it."
            )
        )
    return reply


def get_own_voice(
    actor: Account, thread: Thread, persona_id: UUID, *, starter_id: UUID | None = None
) -> Persona:
    """A persona the actor may reply under here: their name, or an alias they wear in this thread.

    `starter_id` is the persona that wrote what is replied to.
    """
    persona = Persona.objects.filter(account=actor, pk=persona_id).first()
    if persona is None:
        raise NotThere
    worn_here = persona.pk == starter_id or Reply.objects.filter(thread=thread, persona=persona).exists()
    if persona.is_alias and not worn_here:
        raise NotThere
    return persona


def get_writers(actor: Account, thread: Thread, ids: Sequence[UUID]) -> list[Persona]:
    """Under which personas these replies were written: public ones of this thread, that the actor sees."""
    rows = Reply.objects.filter(thread=thread, pk__in=list(ids), state=State.PUBLIC, persona__isnull=False)
    hidden = safety.hidden_from(actor) | {actor.pk}
    found = [row for row in rows.select_related("persona") if row.author_id not in hidden]
    return [row.persona for row in found if row.persona is not None]


def is_held_at_first(actor: Account) -> bool:
    """Whether what the actor writes now waits for a moderator."""
    return moderators.needs_hold(actor)


def guests_wait() -> bool:
    return bool(settings.GUESTS_WAIT)


def get_guest_contact(token: str) -> GuestContact:
    """The holder of a mailed link is the guest who wrote the reply, for as long as the link is kept."""
    held = GuestContact.objects.select_related("reply").filter(kept_until__gt=timezone.now())
    contact = held.filter(token_hash=hashed(token)).first()
    if contact is None:
        raise NotThere
    return contact


def answers_token(contact: GuestContact) -> str:
    """For the mails about answers: it ends them and opens nothing."""
    return signing.Signer(salt=NO_ANSWERS).sign(contact.pk.hex)


def check_answers_token(token: str) -> UUID:
    """Which guest's mails this link ends. Raises `NotThere` if we never wrote it."""
    try:
        return UUID(signing.Signer(salt=NO_ANSWERS).unsign(token))
    except (signing.BadSignature, ValueError):
        raise NotThere from None


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _sees(viewer: Account | None, reply: Reply, own: frozenset[UUID]) -> bool:
    if reply.author_id in safety.hidden_from(viewer):
        return False
    if reply.state == State.HELD:
        is_own = viewer is not None and reply.author_id == viewer.pk
        return is_own or reply.pk in own
    return bool(reply.state == State.PUBLIC)
