"""Writing first: one text to somebody one has no conversation with, and what comes of it."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import live
from positivesocials.core.jobs import every
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.messaging import composing, links, opener_access
from positivesocials.messaging import services as messaging
from positivesocials.messaging.models import Conversation
from positivesocials.messaging.opener_models import HOLDS, Opener
from positivesocials.notifications import notices
from positivesocials.profiles import access as profiles
from positivesocials.profiles.models import Profile

LONGEST = 500
REQUEST, ANSWERED = "request", "answered"


class WrittenAlready(Refused):
    def __init__(self) -> None:
        super().__init__(_("You wrote to them already. If they write back, it opens here."))


def write_first(actor: Account, own: Profile, about_id: UUID, *, text: str, client_key: str) -> Opener:
    """One text, once: the other reads it among their requests. The same `client_key` again is the first.

    What becomes of it is never told, unless a conversation opens.
    """
    text = text.replace("\r\n", "\n").strip()
    if refusal := refusal_of(text):
        raise Refused(refusal)
    other = opener_access.get_addressee_for(actor, own, about_id)
    sent = Opener.objects.filter(sender=own, receiver=other).first()
    if sent is None:
        try:
            return _send(actor, own, other, text, client_key)
        except IntegrityError:
            sent = Opener.objects.get(sender=own, receiver=other)
    if sent.client_key != client_key:
        raise WrittenAlready
    return sent


def refusal_of(text: str) -> str:
    """Why these words cannot be sent as a request; empty if they can."""
    if not text:
        return _("Write something first.")
    if len(text) > LONGEST:
        words = _("A first text can have %(most)s characters, and this one has %(length)s.")
        return words % {"most": LONGEST, "length": len(text)}
    if links.has_link(text):
        return _("A first text has no links and no addresses. They can wait until you both talk.")
    return ""


@transaction.atomic
def _send(actor: Account, own: Profile, other: Profile, text: str, client_key: str) -> Opener:
    opener = Opener(
        sender=own,
        receiver=other,
        author=actor,
        persona=profiles.get_own_persona(actor, own),
        text=text,
        client_key=client_key,
        sent_at=timezone.now(),
    )
    opener.save(force_insert=True)
    _tell(other)
    notices.notify(other.account_ids, REQUEST, target=other.pk, by=[actor.pk])
    return opener


def _tell(receiver: Profile) -> None:
    for account_id in receiver.account_ids:
        event = {"type": "live.event", "kind": "request"}
        transaction.on_commit(partial(live.push, f"account-{account_id.hex}", event))


def see(actor: Account, openers: Iterable[UUID]) -> None:
    """Whoever got these has seen that they are there. Only their own count of news knows it."""
    seen = Opener.objects.filter(pk__in=list(openers))
    notices.see(actor.pk, targets=seen.values_list("receiver_id", flat=True), kind=REQUEST)
    seen.filter(seen_at=None).update(seen_at=timezone.now())


@transaction.atomic
def accept(actor: Account, opener_id: UUID) -> Conversation:
    """A conversation opens, with the request as its first message. A second yes finds the same one."""
    opener = opener_access.get_request_for(actor, opener_id)
    both = Opener.objects.between(opener.sender_id, opener.receiver_id)
    # A write that changes nothing: it makes another answer, from either side, wait until we commit.
    both.update(sent_at=F("sent_at"))
    held = {each.pk: each for each in both.select_related("author", "conversation")}
    opened = [each.conversation for each in held.values() if each.conversation is not None]
    if opened:
        return opened[0]
    waiting = Opener.objects.waiting().filter(pk__in=held).order_by("sent_at")
    ids = list(waiting.values_list("pk", flat=True))
    if opener.pk not in ids:
        raise NotThere
    talk = messaging.open_conversation(opener.sender, opener.receiver)
    for pk in ids:
        _become_message(held[pk], talk)
    authors = [held[pk].author_id for pk in ids]
    notices.notify(authors, ANSWERED, target=talk.pk, by=[actor.pk])
    return talk


def _become_message(opener: Opener, talk: Conversation) -> None:
    composing.send(opener.author, talk.pk, text=opener.text or "", client_key=opener.client_key)
    opener.text, opener.conversation, opener.answered_at = None, talk, timezone.now()
    opener.save(update_fields=["text", "conversation", "answered_at"])


@transaction.atomic
def decline(actor: Account, opener_id: UUID) -> None:
    """Gone from the actor's requests. To whoever wrote it, it looks like one that nobody has read."""
    opener = opener_access.get_request_for(actor, opener_id)
    Opener.objects.waiting().filter(pk=opener.pk).update(answered_at=timezone.now())


@transaction.atomic
def take_back(actor: Account, opener_id: UUID) -> None:
    """The words are gone. They were the one text all the same."""
    opener = opener_access.get_sent_for(actor, opener_id)
    if Opener.objects.filter(pk=opener.pk, conversation=None).update(taken_back_at=timezone.now()):
        _forget_words(opener)


@transaction.atomic
def withhold(opener_id: UUID) -> None:
    """A moderator's decision: the words are gone for both."""
    for opener in Opener.objects.filter(pk=opener_id, conversation=None):
        Opener.objects.filter(pk=opener.pk).update(taken_back_at=timezone.now())
        _forget_words(opener)


def _forget_words(opener: Opener) -> None:
    opener.text = None
    opener.save(update_fields=["text"])


@transaction.atomic
def forget_between(blocker: Account, account_ids: list[UUID]) -> None:
    mine, theirs = Profile.objects.of([blocker.pk]).values("pk"), Profile.objects.of(account_ids).values("pk")
    either = Q(sender__in=mine, receiver__in=theirs) | Q(sender__in=theirs, receiver__in=mine)
    Opener.objects.filter(either).delete()


@transaction.atomic
def forget_of(profile: Profile) -> None:
    """A couple has ended: what it wrote first and was written is gone, and what came of it is closed."""
    Opener.objects.filter(Q(sender=profile) | Q(receiver=profile)).delete()
    messaging.close_conversations_of(profile)


def conversation_of(one: Profile, other: Profile) -> Conversation | None:
    """The one that these two have since a request was accepted, while it is open."""
    accepted = Opener.objects.between(one.pk, other.pk).filter(conversation__closed_at=None)
    opener = accepted.exclude(conversation=None).select_related("conversation").first()
    return opener.conversation if opener else None


@every(seconds=3600)
def forget_lapsed() -> None:
    """The words of a request end after 30 days, whatever became of it."""
    lapsed = Opener.objects.filter(sent_at__lt=timezone.now() - HOLDS, text__isnull=False)
    for opener in lapsed[:500]:
        _forget_words(opener)
