"""Replies by members and guests: the only code that writes this context's rows."""

import secrets
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import instance, rates, wording
from positivesocials.core.addresses import normalised
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import services as moderation
from positivesocials.notifications import services as notifications
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles import services as personas
from positivesocials.profiles.models import Persona
from positivesocials.replies import access, history, homes, proofs, selectors, telling
from positivesocials.replies.models import GUEST_KEY, GuestContact, Mention, Reply, State, Thread
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

KIND = "reply"
LONGEST = 5000
# Whoever names everybody tells nobody anything.
MOST_NAMED = 5
KEEP_ADDRESS = timedelta(days=30)
KEEP_UNPROVEN = timedelta(days=3)
MAILS_A_DAY, A_DAY = 5, 24 * 60 * 60


class SentBefore(Refused):
    """The key of a form belongs to other words, or to somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("This form was sent before. Load the page again to write something more."))


def open_thread() -> Thread:
    return Thread.objects.create()


def close_thread(thread: Thread) -> None:
    """Nobody replies any more; what was written stays."""
    Thread.objects.filter(pk=thread.pk, closed_at=None).update(closed_at=timezone.now())
    thread.refresh_from_db()


@dataclass(frozen=True)
class Alias:
    """A name for one thread alone, with the salt of its picture."""

    name: str
    salt: str


@dataclass(frozen=True)
class More:
    """What a reply shows besides its words: a short part of what it answers, and whom it names."""

    quotes: bool = False
    mentions: Sequence[Persona] = ()


@dataclass(frozen=True)
class Guest:
    """Where the link goes to; nowhere, if that mailbox has had enough for today. `proof`: the solved riddle,
    None where no robot can be behind it.
    """

    address: str
    proof: str | None


def reply(
    actor: Account,
    thread: Thread,
    *,
    persona: Persona,
    text: str,
    parent_id: UUID | None = None,
    client_key: str,
    wants_answers: bool = True,
    more: More = More(),
) -> Reply:
    """A member's reply under one of their own personas. The same `client_key` again returns the first one."""
    sent = _sent(actor, client_key)
    if sent is not None:
        return sent
    if persona.account_id != actor.pk:
        raise NotThere
    draft = _draft(actor, thread, text, parent_id, client_key)
    draft.persona, draft.wants_answers, draft.quotes = persona, wants_answers, more.quotes
    return _once(draft, mentions=more.mentions)


def reply_as_alias(
    actor: Account,
    thread: Thread,
    *,
    alias: str,
    salt: str,
    text: str,
    parent_id: UUID | None = None,
    client_key: str,
    wants_answers: bool = True,
) -> Reply:
    """A member's reply under an alias made for this thread alone. No member can tell who is behind it.

    Where the actor wears one here already, it is that: nobody is three people in one thread by accident.
    """
    sent = _sent(actor, client_key)
    if sent is not None:
        return sent
    refuse_own_name(actor, alias)
    refuse_names_of_others(alias, selectors.names_of_others(thread, actor))
    draft = _draft(actor, thread, text, parent_id, client_key)
    draft.wants_answers = wants_answers
    worn = Persona.objects.filter(
        pk__in=Reply.objects.filter(thread=thread, author=actor).values("persona"), is_alias=True
    )
    draft.persona = worn.first()
    return _once(draft, alias=None if draft.persona else Alias(alias, salt))


def refuse_own_name(actor: Account, alias: str) -> None:
    profile = profiles.profile_of(actor)
    own = (profile.persona.name or "") if profile and profile.persona else ""
    if wording.is_one_name(alias, own):
        raise Refused(_("That is the name people know you by. Choose another one, or post under your name."))


def refuse_names_of_others(alias: str, seen: Iterable[str]) -> None:
    """Nobody takes a name for an alias that stands beside it. `seen`: what the actor reads there anyway, so
    that a refusal tells them nothing.
    """
    if any(wording.is_one_name(alias, name) for name in seen):
        raise Refused(_("Somebody goes by that name here, or by one that looks like it. Choose another one."))


def _sent(actor: Account | None, client_key: str) -> Reply | None:
    return Reply.objects.filter(client_key=client_key, author=actor).first()


def _draft(actor: Account, thread: Thread, text: str, parent_id: UUID | None, client_key: str) -> Reply:
    _must_be_open(thread)
    return Reply(
        thread=thread,
        parent=access.get_parent_for(actor, thread, parent_id),
        author=actor,
        key_kind=Account._meta.label,
        key_id=actor.pk,
        text=worded(text),
        state=State.HELD if access.is_held_at_first(actor) else State.PUBLIC,
        client_key=client_key,
    )


def reply_as_guest(
    thread: Thread,
    *,
    name: str,
    address: str,
    text: str,
    parent_id: UUID | None = None,
    client_key: str,
    own: frozenset[UUID] = frozenset(),
    proof: str | None = None,
    wants_answers: bool = False,
) -> Reply:
    """A guest's reply: its text under a key of its own, its address to mail the link and what was asked for.

    It waits for a moderator; without a solved riddle it waits for the mailed link first. `own` are the
    guest's earlier replies, which only they can answer while held. The same again is the first one.
    """
    _must_be_open(thread)
    reply_id = uuid4()
    draft = Reply(
        id=reply_id,
        thread=thread,
        parent=access.get_parent_for(None, thread, parent_id, own),
        key_kind=GUEST_KEY,
        key_id=reply_id,
        guest_name=_shown(name),
        text=worded(text),
        state=_first_state() if proof is None else State.UNPROVEN,
        wants_answers=wants_answers,
    )
    # A page that many were given from one cache holds one key for all of them: their words tell them apart.
    parts = (thread.pk, parent_id or "", client_key, draft.guest_name, normalised(address), draft.text)
    draft.client_key = vault.blind_index("reply form", "\x1f".join(map(str, parts)))
    sent = _sent(None, draft.client_key)
    if sent is not None:
        return sent
    vault.make_key(draft.key_owner)
    written = _once(draft, guest=Guest(address if address and _may_mail(address) else "", proof))
    if written.pk != reply_id:
        vault.shred(draft.key_owner)
    return written


def _first_state() -> State:
    return State.HELD if access.guests_wait() else State.PUBLIC


def _shown(name: str) -> str:
    shown = wording.one_line(name)
    if not wording.is_seen(shown):
        raise Refused(_("A name needs at least one letter or sign that can be seen."))
    return shown


def _may_mail(address: str) -> bool:
    # Anybody can type any address, so that nobody's mailbox is filled by replies that others write.
    mailbox = vault.blind_index("reply mail", normalised(address))
    return rates.is_free("mail reply", mailbox, limit=MAILS_A_DAY, seconds=A_DAY)


def _once(
    draft: Reply,
    *,
    alias: Alias | None = None,
    guest: Guest | None = None,
    mentions: Sequence[Persona] = (),
) -> Reply:
    """Save a draft; where a second submit was quicker, return what it saved."""
    try:
        with transaction.atomic():
            _claim_place(draft.thread)
            _save(draft, alias, guest, mentions)
    except IntegrityError:
        sent = _sent(draft.author, draft.client_key)
        if sent is None:
            raise SentBefore from None
        return sent
    return draft


def _save(draft: Reply, alias: Alias | None, guest: Guest | None, mentions: Sequence[Persona]) -> None:
    if alias and draft.author:
        draft.persona = personas.make_alias(draft.author, name=alias.name, salt=alias.salt)
    if guest and guest.proof and proofs.spend(guest.proof):
        draft.state = _first_state()
    draft.save(force_insert=True)
    Mention.objects.bulk_create(Mention(reply=draft, persona=persona) for persona in mentions[:MOST_NAMED])
    _pass_on(draft)
    if guest and guest.address:
        _mail_link(draft, guest.address)


def _claim_place(thread: Thread) -> None:
    # A write that changes nothing: who closes the thread in the same moment waits, or made this one too late.
    if not Thread.objects.filter(pk=thread.pk, closed_at=None).update(closed_at=None):
        raise Refused(_("This conversation is closed. What was written stays here to read."))


def _pass_on(written: Reply) -> None:
    if written.state == State.HELD:
        moderation.hold(KIND, written.pk)
    elif written.state == State.PUBLIC:
        telling.tell_of(written)


def _mail_link(written: Reply, address: str) -> None:
    token = secrets.token_urlsafe(24)
    contact = GuestContact(
        reply=written,
        address=address,
        token_hash=access.hashed(token),
        kept_until=timezone.now() + KEEP_ADDRESS,
        language=get_language() or "",
    )
    contact.save(force_insert=True)
    is_unproven = written.state == State.UNPROVEN
    notifications.queue_mail(
        "reply-link",
        address=address,
        template="replies/mail_confirm.txt" if is_unproven else "replies/mail_link.txt",
        context={
            "link": f"{settings.ORIGIN}/reply/{token}/",
            "days": KEEP_UNPROVEN.days if is_unproven else KEEP_ADDRESS.days,
            "wants_answers": written.wants_answers,
        },
    )


def remember_own(session: MutableMapping[str, Any], written: Reply) -> None:
    """So that a guest sees their own reply while it waits, for as long as their session lasts."""
    session[access.OWN] = [*session.get(access.OWN, ()), str(written.pk)][-50:]


def worded(text: str) -> str:
    """What was typed, if it says something and is not too long."""
    words = wording.harmless(text)
    if not wording.is_seen(words):
        raise Refused(_("Write something first."))
    if len(words) > LONGEST:
        raise Refused(_("That is longer than %(most)s characters. Shorten it a little.") % {"most": LONGEST})
    return words


def _must_be_open(thread: Thread) -> None:
    if thread.closed_at is not None:
        raise Refused(_("This conversation is closed. What was written stays here to read."))
    if not instance.is_open():
        raise Refused(_("This site is not open yet. Replies can be written once it is."))


def erase(actor: Account, reply_id: UUID) -> None:
    """The text is gone for everyone; a line says that its author removed it."""
    _erase(access.get_own_reply(actor, reply_id))


@transaction.atomic
def _erase(written: Reply) -> None:
    written.text = written.guest_name = None
    written.state = State.ERASED
    if written.is_guests:
        # The key of its form was made of its words too.
        written.client_key = str(written.pk)
    written.save(update_fields=["text", "guest_name", "state", "client_key"])
    history.forget(written)
    homes.erased(written.pk)
    Mention.objects.filter(reply=written).delete()
    moderation.release(KIND, written.pk)


def erase_as_guest(contact: GuestContact) -> None:
    """Text, name and address are shredded at once, with the link. Of what nobody else saw no line stays."""
    written = contact.reply
    if _drop(written):
        return
    _erase(written)
    _forget(contact)
    vault.shred(written.key_owner)


@transaction.atomic
def confirm_as_guest(contact: GuestContact) -> None:
    """Whoever holds the mailed link wrote the reply: from now on it waits as others do. Safe to repeat."""
    # The reply first, as whoever drops it does: two who take rows in two orders would lock each other out.
    is_sent = Reply.objects.filter(pk=contact.reply_id, state=State.UNPROVEN).update(state=_first_state())
    GuestContact.objects.filter(pk=contact.pk, proven_at=None).update(proven_at=timezone.now())
    if is_sent:
        _pass_on(Reply.objects.select_related("parent").get(pk=contact.reply_id))


@transaction.atomic
def approve(reply_id: UUID) -> None:
    held = Reply.objects.filter(pk=reply_id, state=State.HELD)
    if held.update(state=State.PUBLIC):
        telling.tell_of(Reply.objects.select_related("parent").get(pk=reply_id))


def remove(reply_id: UUID) -> None:
    """A moderator's decision. The text stays sealed for its author to see; nobody else reads it."""
    hidden = Reply.objects.filter(pk=reply_id, state__in=[State.HELD, State.PUBLIC])
    hidden.update(state=State.REMOVED)


@every(seconds=3600)
def forget_unproven() -> None:
    """Replies whose link nobody used end after some days, with the address."""
    old = Reply.objects.filter(state=State.UNPROVEN, written_at__lte=timezone.now() - KEEP_UNPROVEN)
    for written in old[:500]:
        _drop(written)


def _drop(written: Reply) -> bool:
    """Delete a reply that nobody but its writer ever saw; false once it is more than that."""
    contact = GuestContact.objects.filter(reply=written).first()
    with transaction.atomic():
        # Claimed first: a delete asks for the state only beforehand, and the link may be used meanwhile.
        if not Reply.objects.filter(pk=written.pk, state=State.UNPROVEN).update(state=State.ERASED):
            return False
        Reply.objects.filter(pk=written.pk).delete()
    vault.shred(written.key_owner)
    if contact:
        _forget(contact)
    return True


@every(seconds=3600)
def forget_addresses() -> None:
    """Guests' addresses end after 30 days; the reply stays under the name it was given."""
    for contact in GuestContact.objects.filter(kept_until__lte=timezone.now())[:500]:
        _forget(contact)


def _forget(contact: GuestContact) -> None:
    vault.shred(KeyOwner(GuestContact._meta.label, contact.pk))
    GuestContact.objects.filter(pk=contact.pk).delete()
