"""A reply became public: whom it answers is told, and whoever the thread belongs to."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from positivesocials.core.addresses import normalised
from positivesocials.notifications import notices
from positivesocials.replies import homes
from positivesocials.replies.models import GuestContact, Reply

NOTICE, NAMED = "answer", "named"
# What comes in between goes with the same mail; then a day is quiet.
FIRST_WAIT, A_DAY = timedelta(hours=1), timedelta(days=1)


def tell_of(reply: Reply) -> None:
    """Once for each reply, however often its words are changed and approved again."""
    if not Reply.objects.filter(pk=reply.pk, told_at=None).update(told_at=timezone.now()):
        return
    answered = _tell_answered(reply)
    answered |= _tell_named(reply, answered)
    for react in homes.reactions():
        react(reply.thread_id, reply.writer_ids, answered)


def _tell_answered(reply: Reply) -> set[UUID]:
    parent = reply.parent
    if parent is None or not parent.wants_answers:
        return set()
    if parent.is_guests:
        _plan_mail(parent, reply)
    # Not who left the place where it stands: that something goes on there is for those who read it.
    if parent.author is None or not homes.may_read(parent.author, reply.thread_id):
        return set()
    notices.notify([parent.author.pk], NOTICE, target=parent.pk, by=reply.writer_ids)
    return {parent.author.pk}


def _tell_named(reply: Reply, already: set[UUID]) -> set[UUID]:
    """Whom it names, and who can still read it where it stands."""
    personas = reply.mentions.select_related("persona__account")
    accounts = {each.persona.account for each in personas if each.persona.account}
    named = {account.pk for account in accounts if homes.may_read(account, reply.thread_id)} - already
    notices.notify(named, NAMED, target=reply.pk, by=reply.writer_ids)
    return named


def _plan_mail(parent: Reply, reply: Reply) -> None:
    """A guest who asked for it and used the mailed link gets one mail, whatever comes until it is due."""
    now = timezone.now()
    waiting = GuestContact.objects.filter(reply=parent, due_at=None, proven_at__isnull=False)
    contact = waiting.filter(kept_until__gt=now).first()
    if contact is None or _is_theirs(reply, contact):
        return
    due_at = max(now + FIRST_WAIT, contact.mailed_at + A_DAY) if contact.mailed_at else now + FIRST_WAIT
    waiting.update(due_at=due_at)


def _is_theirs(reply: Reply, contact: GuestContact) -> bool:
    """Nobody is told of their own doing: the same address answers itself."""
    other = GuestContact.objects.filter(reply=reply).first() if reply.is_guests else None
    addresses = [each.address for each in (other, contact) if each and each.address]
    return len(addresses) == 2 and len({normalised(str(address)) for address in addresses}) == 1
