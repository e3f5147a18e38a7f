"""Polls and votes: the only code that writes this context's rows."""

from datetime import timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core import instance, wording
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.groups import access as groups
from positivesocials.groups.models import Post
from positivesocials.polls import access
from positivesocials.polls.models import STEP, Poll, Voter
from positivesocials.replies.models import State
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner

FEWEST, MOST, LONGEST = 2, 8, 120
LONGEST_OPEN = timedelta(days=31)


def ask(actor: Account, post: Post, options: list[str], *, days: int) -> Poll:
    """Put a poll below an own post. One a post: of two submits at once the first one stands."""
    if post.author_id != actor.pk or post.state != State.PUBLIC or not groups.may_write(actor, post.group):
        raise NotThere
    if not instance.is_open():
        raise Refused(_("This site is not open yet. Polls can be made once it is."))
    words = _words(options)
    lasts = min(max(timedelta(days=days), timedelta(days=1)), LONGEST_OPEN)
    poll = Poll(post=post, key_id=actor.pk, options=words, counts=[0] * len(words))
    poll.closes_at = timezone.now() + lasts
    try:
        with transaction.atomic():
            poll.save(force_insert=True)
    except IntegrityError:
        return Poll.objects.get(post=post)
    return poll


@transaction.atomic
def vote(actor: Account, poll: Poll, option: int) -> bool:
    """Whether this vote counts: the first one of an account does, and cannot be changed or found again."""
    held = Poll.objects.select_for_update(of=("self",)).select_related("post__group").filter(pk=poll.pk)
    found = held.first()
    if found is None or not access.may_vote(actor, found.post):
        raise NotThere
    poll = found
    if poll.is_closed():
        raise Refused(_("This poll is closed."))
    if option not in range(len(poll.counts)):
        raise Refused(_("Choose one of the answers."))
    if not _marked(actor, poll):
        return False
    poll.counts = [count + (place == option) for place, count in enumerate(poll.counts)]
    poll.votes += 1
    if poll.votes % STEP == 0:
        poll.shown = poll.counts
    poll.save(update_fields=["counts", "votes", "shown"])
    return True


def take_away(actor: Account, poll: Poll) -> None:
    """The options and every vote are gone. The post stays."""
    if poll.post.author_id != actor.pk:
        raise NotThere
    end(poll.post)


@transaction.atomic
def end(post: Post) -> None:
    """Whoever removes a post removes what it asked."""
    for poll in Poll.objects.filter(post=post):
        poll.delete()


def forget_key(poll: Poll) -> None:
    """The counts of a poll that is gone do not open again, in no copy."""
    transaction.on_commit(partial(vault.shred, KeyOwner(Poll._meta.label, poll.pk)))


def _marked(actor: Account, poll: Poll) -> bool:
    try:
        with transaction.atomic():
            Voter.objects.create(poll=poll, account=actor)
    except IntegrityError:
        return False
    return True


def _words(options: list[str]) -> list[str]:
    words = [wording.one_line(each) for each in options]
    words = list(dict.fromkeys(each for each in words if wording.is_seen(each)))
    if not FEWEST <= len(words) <= MOST:
        raise Refused(_("A poll has 2 to 8 different answers."))
    if any(len(each) > LONGEST for each in words):
        raise Refused(_("An answer has at most %(most)s characters.") % {"most": LONGEST})
    return words
