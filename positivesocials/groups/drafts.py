"""What somebody began to write in a group or below a post: kept sealed until it is posted, or for 90 days.

Each change has a number. Who saves says which one they know, so that an older page never overwrites a newer.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.core.jobs import every
from positivesocials.core.refusals import Refused
from positivesocials.groups.models import Group, Post
from positivesocials.groups.post_models import Draft
from positivesocials.replies.models import Reply
from positivesocials.replies.services import LONGEST

KEEP = timedelta(days=90)
JUST_SENT = timedelta(minutes=1)
# Of a title or a note, as the forms take them.
LINE = 120


@dataclass(frozen=True)
class Words:
    text: str = ""
    title: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(part.strip() for part in (self.text, self.title, self.note))


@dataclass(frozen=True)
class Begun:
    words: Words = Words()
    version: int = 0


@dataclass(frozen=True)
class Place:
    """Where it is written for: below a post, or a post that is to be."""

    group: Group
    post: Post | None = None


class Overtaken(Refused):
    """Something newer is kept; the page that asked keeps its words in its field."""

    def __init__(self) -> None:
        super().__init__(_("You wrote something newer in another window. What stands here is not saved."))


def draft_of(actor: Account, place: Place) -> Begun:
    row = _rows(actor, place).first()
    if row is None:
        return Begun()
    return Begun(Words(row.text or "", row.title or "", row.note or ""), row.version)


def initial(actor: Account, place: Place) -> dict[str, str | int]:
    """What a form begins with."""
    begun = draft_of(actor, place)
    words = begun.words
    return {"text": words.text, "title": words.title, "note": words.note, "draft": begun.version}


def keep(actor: Account, place: Place, words: Words, *, version: int) -> Begun:
    """What the actor began is kept, unless something newer than `version` is. Nothing in it: nothing kept."""
    if len(words.text) > LONGEST:
        raise Refused(_("That is longer than %(most)s characters. Shorten it a little.") % {"most": LONGEST})
    words = Words(words.text.replace("\r\n", "\n"), words.title[:LINE], words.note[:LINE])
    if words.is_empty or _was_just_sent(actor, place, words.text):
        words = Words()
    with transaction.atomic():
        is_kept = _change(actor, place, words, version)
    now = draft_of(actor, place)
    if not is_kept and now.words != words:
        raise Overtaken
    return now


def begin(actor: Account, place: Place) -> Draft:
    """The row of what the actor writes there, for what is to wait with it."""
    new = Draft(account=actor, group=place.group, post=place.post, kept_at=timezone.now())
    Draft.objects.bulk_create([new], ignore_conflicts=True)
    _rows(actor, place).update(kept_at=new.kept_at)
    return _rows(actor, place).get()


def forget(actor: Account, place: Place) -> None:
    """It was posted, or thrown away. The row stays a while, so that an older page finds a newer number."""
    rows = _rows(actor, place)
    rows.update(text=None, title=None, note=None, version=F("version") + 1, kept_at=timezone.now())


def _rows(actor: Account, place: Place) -> QuerySet[Draft]:
    return Draft.objects.filter(account=actor, group=place.group, post=place.post)


def _change(actor: Account, place: Place, words: Words, version: int) -> bool:
    row = begin(actor, place)
    nothing = Q(text__isnull=True, title__isnull=True, note__isnull=True)
    known = Draft.objects.filter(Q(version=version) | nothing, pk=row.pk)
    if not known.update(version=F("version") + 1, kept_at=timezone.now()):
        return False
    row.text, row.title, row.note = words.text or None, words.title or None, words.note or None
    row.save(update_fields=["text", "title", "note"])
    return True


def _was_just_sent(actor: Account, place: Place, text: str) -> bool:
    """A script may save in the moment in which it is posted, and arrive after it."""
    since = timezone.now() - JUST_SENT
    rows: QuerySet[Post] | QuerySet[Reply] = Post.objects.filter(group=place.group)
    if place.post:
        rows = Reply.objects.filter(thread=place.post.thread_id)
    newest = rows.filter(author=actor, written_at__gt=since).order_by("-written_at").first()
    return newest is not None and (newest.text or "").strip() == text.strip()


@every(seconds=3600)
def forget_old() -> None:
    Draft.objects.filter(kept_at__lt=timezone.now() - KEEP).delete()
