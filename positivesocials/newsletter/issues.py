"""What editors do with a letter: write it, choose its articles, try it out, send it, stop it."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from positivesocials.accounts.models import Account
from positivesocials.articles import cards
from positivesocials.audit import services as audit
from positivesocials.audit.models import Verb
from positivesocials.core import wording
from positivesocials.core.instance import this_instance
from positivesocials.core.refusals import NotThere, Refused
from positivesocials.core.telling import telling_words
from positivesocials.core.words import listed
from positivesocials.newsletter import rendering, selectors, sending
from positivesocials.newsletter.models import Issue, IssueState, Item, Topic
from positivesocials.notifications import services as notifications

BRAND = "positivesocials"
MOST_ITEMS = 20


class ChangedMeanwhile(Refused):
    """What would be sent is not what the editor has seen."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else changed this letter after you looked at it, and nothing was sent. Look at it "
                "first: sending it once more sends what stands now."
            )
        )


def start() -> Issue:
    return Issue.objects.create()


def save_words(
    issue: Issue, *, subject: str, intro: str, topic: Topic | None, seen_at: datetime | None = None
) -> None:
    """The draft says this now. Refuses a telling subject, and to write over what others saved since."""
    require_neutral(subject)
    if not _is_as_seen(issue, seen_at):
        raise Refused(
            _(
                "Somebody else changed this letter while you wrote. Your words are below and not saved yet: "
                "saving them again puts them in place of what stands now."
            )
        )
    _change(issue, subject=wording.one_line(subject), intro=wording.harmless(intro), topic=topic)


def _is_as_seen(issue: Issue, seen_at: datetime | None) -> bool:
    return seen_at is None or issue.changed_at <= seen_at


def require_neutral(subject: str) -> None:
    """Subjects show on locked screens and to whoever looks at a mailbox."""
    words = [*telling_words(subject), *_names_in(subject)]
    if words:
        said = listed(f"“{word}”" for word in dict.fromkeys(words))
        raise Refused(
            _("Others may see a subject: leave out %s, and say it inside the letter instead.") % said
        )


def _names_in(subject: str) -> list[str]:
    """The name of the site tells as much as any other word."""
    names = {BRAND, this_instance().name.casefold()}
    return [
        name for name in names if name and re.sub(r"\s", "", name) in re.sub(r"\s", "", subject.casefold())
    ]


def _change(issue: Issue, **fields: Any) -> None:
    draft = Issue.objects.filter(pk=issue.pk, state=IssueState.DRAFT, changed_at=issue.changed_at)
    if not draft.update(**fields, changed_at=timezone.now()):
        raise Refused(_("This letter was changed or sent meanwhile. Open it again."))


@transaction.atomic
def add_item(issue: Issue, key: str) -> None:
    """The article stands last in the letter. Twice is once."""
    card = cards.by_key([key]).get(key)
    if card is None:
        raise NotThere
    if issue.items.count() >= MOST_ITEMS:
        raise Refused(_("A letter has room for %s articles. Take one out first.") % MOST_ITEMS)
    _change(issue)
    last = issue.items.aggregate(last=Max("place"))["last"] or 0
    told = {"language": card.language, "title": card.title, "summary": card.summary, "path": card.path}
    try:
        with transaction.atomic():
            Item.objects.create(issue=issue, page_key=key, kind=card.kind, place=last + 1, **told)
    except IntegrityError:
        return


@transaction.atomic
def remove_item(issue: Issue, key: str) -> None:
    _change(issue)
    issue.items.filter(page_key=key).delete()


@transaction.atomic
def move_item_earlier(issue: Issue, key: str) -> None:
    _change(issue)
    items = list(issue.items.all())
    place = next((place for place, item in enumerate(items) if item.page_key == key), 0)
    if place:
        items[place - 1], items[place] = items[place], items[place - 1]
    for number, item in enumerate(items, start=1):
        Item.objects.filter(pk=item.pk).update(place=number)


def send_test(issue: Issue, address: str) -> None:
    """The letter goes to one address, as readers will get it; its link to leave is nobody's."""
    _require_whole(issue)
    _require_server()
    letter = rendering.shown(issue)
    notifications.queue_written(
        "letter test", address=address, subject=letter.subject, body=letter.text, html=letter.html
    )


@transaction.atomic
def schedule(issue: Issue, at: datetime, *, by: Account | None, seen_at: datetime | None = None) -> None:
    """Goes out at that time, to whoever gets the letter then. Refuses what others changed since."""
    _require_seen(issue, seen_at)
    _require_whole(issue)
    _require_server()
    if at <= timezone.now():
        raise Refused(_("That time is over. Choose a later one, or send it now."))
    _change(issue, state=IssueState.SCHEDULED, due_at=at)
    _record(by, Verb.SCHEDULE_LETTER, issue)


def unschedule(issue: Issue) -> None:
    """Back to a draft. Refuses once it is on its way."""
    waiting = Issue.objects.filter(pk=issue.pk, state=IssueState.SCHEDULED)
    if not waiting.update(state=IssueState.DRAFT, due_at=None, changed_at=timezone.now()):
        raise Refused(_("This letter waits for no time any more."))


@transaction.atomic
def send_now(issue: Issue, *, by: Account | None, seen_at: datetime | None = None) -> None:
    """Goes out now, as it was when it was read. Refuses what others changed since."""
    _require_seen(issue, seen_at)
    _require_whole(issue)
    _require_server()
    if not sending.begin(issue, among=sending.not_begun().filter(changed_at=issue.changed_at)):
        if sending.not_begun().filter(pk=issue.pk).exists():
            raise ChangedMeanwhile
        raise Refused(_("This letter was sent already, or is on its way."))
    _record(by, Verb.SEND_LETTER, issue)


@transaction.atomic
def stop(issue: Issue, *, by: Account | None) -> None:
    """Whoever has not been written to yet gets nothing; what is sent cannot be called back."""
    if not sending.finish(issue, IssueState.STOPPED):
        raise Refused(_("This letter is not on its way."))
    _record(by, Verb.STOP_LETTER, issue)


def _record(by: Account | None, verb: Verb, issue: Issue) -> None:
    audit.record(by, verb=verb, item=("letter", issue.pk))


@transaction.atomic
def drop(issue: Issue) -> None:
    """A draft is deleted."""
    if not Issue.objects.filter(pk=issue.pk, state=IssueState.DRAFT).exists():
        raise Refused(_("Only a draft can be deleted."))
    Issue.objects.filter(pk=issue.pk, state=IssueState.DRAFT).delete()


def add_topic(name: str) -> None:
    try:
        with transaction.atomic():
            Topic.objects.create(name=wording.one_line(name))
    except IntegrityError:
        raise Refused(_("There is a topic of this name already.")) from None


def close_topic(topic: Topic) -> None:
    """Is offered no more: letters about it go to nobody new, and readers keep what they chose."""
    Topic.objects.filter(pk=topic.pk).update(is_open=False)


def open_topic(topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk).update(is_open=True)


def _require_seen(issue: Issue, seen_at: datetime | None) -> None:
    if not _is_as_seen(issue, seen_at):
        raise ChangedMeanwhile


def _require_whole(issue: Issue) -> None:
    if not issue.subject:
        raise Refused(_("Give the letter a subject first."))
    require_neutral(issue.subject)
    if selectors.is_empty(issue):
        raise Refused(_("This letter is empty: choose an article, or write some words."))


def _require_server() -> None:
    if not (settings.DELIVER_MAIL or settings.DEMO):
        raise Refused(_("No mail can be sent: set POSITIVESOCIALS_MAIL_URL and start again."))
