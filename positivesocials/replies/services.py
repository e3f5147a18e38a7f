"""Replies by members and guests: the only code that writes this context's rows."""

import secrets
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import instance, rates
from positivesocials.core.addresses import normalised
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.moderation import access as moderators
from positivesocials.moderation import services as moderation
from positivesocials.notifications import services as notifications
from positivesocials.profiles.models import Persona
from positivesocials.replies import access, telling
from positivesocials.replies.models import GUEST_KEY, GuestContact, Reply, State, Thread
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

KIND = "reply"
LONGEST = 5000
KEEP_ADDRESS = timedelta(days=30)
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


def reply(
    actor: Account,
    thread: Thread,
    *,
    persona: Persona,
    text: str,
    parent_id: UUID | None = None,
    client_key: str,
) -> Reply:
    """A member's reply under one of their own personas. The same `client_key` again returns the first one."""
    sent = Reply.objects.filter(client_key=client_key, author=actor).first()
    if sent is not None:
        return sent
    _must_be_open(thread)
    if persona.account_id != actor.pk:
        raise NotThere
    draft = Reply(
        thread=thread,
        parent=access.get_parent_for(actor, thread, parent_id),
        author=actor,
        persona=persona,
        key_kind=Account._meta.label,
        key_id=actor.pk,
        text=worded(text),
        state=State.HELD if moderators.needs_hold(actor) else State.PUBLIC,
        client_key=client_key,
    )
    return _once(draft)


def reply_as_guest(
    thread: Thread,
    *,
    name: str,
    address: str,
    text: str,
    parent_id: UUID | None = None,
    client_key: str,
    own: frozenset[UUID] = frozenset(),
) -> Reply:
    """A guest's reply: always held, its text under a key of its own, its address only to mail the link.

    `own` are the guest's earlier replies, which only they can answer while those are held.
    """
    _must_be_open(thread)
    reply_id = uuid4()
    parent = access.get_parent_for(None, thread, parent_id, own)
    draft = Reply(
        id=reply_id,
        thread=thread,
        parent=parent,
        key_kind=GUEST_KEY,
        key_id=reply_id,
        guest_name=name.strip(),
        text=worded(text),
        client_key=client_key,
    )
    sent = Reply.objects.filter(client_key=client_key, key_kind=GUEST_KEY).first()
    if sent is not None:
        return _only_the_same(sent, draft)
    vault.make_key(draft.key_owner)
    written = _once(draft, address=address if address and _may_mail(address) else "")
    if written.pk != reply_id:
        vault.shred(draft.key_owner)
        return _only_the_same(written, draft)
    return written


def _may_mail(address: str) -> bool:
    # Anybody can type any address, so that nobody's mailbox is filled by replies that others write.
    mailbox = vault.blind_index("reply mail", normalised(address))
    return rates.is_free("mail reply", mailbox, limit=MAILS_A_DAY, seconds=A_DAY)


def _only_the_same(sent: Reply, draft: Reply) -> Reply:
    """A guest has no account to tell them by: a form sent again with other words is not a second submit."""
    if (sent.thread_id, sent.guest_name, sent.text) != (draft.thread_id, draft.guest_name, draft.text):
        raise SentBefore
    return sent


def _once(draft: Reply, *, address: str = "") -> Reply:
    """Save a draft; where a second submit was quicker, return what it saved."""
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
            if draft.state == State.HELD:
                moderation.hold(KIND, draft.pk)
            else:
                telling.tell_of(draft)
            if address:
                _mail_link(draft, address)
    except IntegrityError:
        sent = Reply.objects.filter(client_key=draft.client_key, author=draft.author).first()
        if sent is None:
            raise SentBefore from None
        return sent
    return draft


def _mail_link(written: Reply, address: str) -> None:
    token = secrets.token_urlsafe(24)
    contact = GuestContact(
        reply=written,
        address=address,
        token_hash=access.hashed(token),
        kept_until=timezone.now() + KEEP_ADDRESS,
    )
    contact.save(force_insert=True)
    notifications.queue_mail(
        "reply-link",
        address=address,
        template="replies/mail_link.txt",
        context={"link": f"{settings.ORIGIN}/reply/{token}/", "days": KEEP_ADDRESS.days},
    )


def remember_own(session: MutableMapping[str, Any], written: Reply) -> None:
    """So that a guest sees their own reply while it waits, for as long as their session lasts."""
    session[access.OWN] = [*session.get(access.OWN, ()), str(written.pk)][-50:]


def worded(text: str) -> str:
    """What was typed, if it says something and is not too long."""
    words = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if not words:
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
    written.save(update_fields=["text", "guest_name", "state"])
    moderation.release(KIND, written.pk)


def erase_as_guest(contact: GuestContact) -> None:
    """Text, name and address are shredded at once, with the link."""
    written = contact.reply
    _erase(written)
    _forget(contact)
    vault.shred(written.key_owner)


@transaction.atomic
def edit_as_guest(contact: GuestContact, *, text: str) -> None:
    """New words wait for a moderator again."""
    written = contact.reply
    if written.state not in {State.HELD, State.PUBLIC}:
        raise Refused(_("This reply can no longer be changed."))
    written.text = worded(text)
    written.state = State.HELD
    written.edited_at = timezone.now()
    written.save(update_fields=["text", "state", "edited_at"])
    moderation.hold(KIND, written.pk)


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
def forget_addresses() -> None:
    """Guests' addresses end after 30 days; the reply stays under the name it was given."""
    for contact in GuestContact.objects.filter(kept_until__lte=timezone.now())[:500]:
        _forget(contact)


def _forget(contact: GuestContact) -> None:
    vault.shred(KeyOwner(GuestContact._meta.label, contact.pk))
    GuestContact.objects.filter(pk=contact.pk).delete()
