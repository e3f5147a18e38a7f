from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from positivesocials.articles import cards
from positivesocials.articles.cards import Card
from positivesocials.core import markdown
from positivesocials.newsletter.access import PUBLIC
from positivesocials.newsletter.models import (
    Delivery,
    DeliveryState,
    Issue,
    IssueState,
    Item,
    Subscriber,
    Topic,
)
from positivesocials.privacy import selectors as privacy

MOST_PAST = 100


@dataclass(frozen=True)
class Entry:
    """An article in a letter. `is_gone`: nobody can open it now, and so it is not sent."""

    key: str
    kind: str
    language: str
    title: str
    summary: str
    path: str
    is_gone: bool = False

    @property
    def is_guide(self) -> bool:
        return self.kind == cards.GUIDE


@dataclass(frozen=True)
class Desk:
    """What an editor sees of one letter."""

    issue: Issue
    entries: Sequence[Entry]
    offers: Sequence[Card]
    readers: int


@dataclass(frozen=True)
class Shelf:
    """All letters, those first that are not sent yet."""

    open: Sequence[Issue]
    past: Sequence[Issue]
    readers: int


@dataclass(frozen=True)
class Past:
    """A letter as it was sent, on a page."""

    issue: Issue
    intro: SafeString
    entries: Sequence[Entry]


def receipt_text(row: Subscriber) -> str:
    """What the address agreed to, as a file to keep: leaving erases it here."""
    return privacy.written_receipt(
        number=str(row.pk),
        giver=_("Address: %s") % row.address,
        version=row.text_version,
        moments=[(_("Asked"), row.asked_at), (_("Given"), row.confirmed_at)],
        wording=row.wording,
    )


def readers_count() -> int:
    return Subscriber.objects.filter(confirmed_at__isnull=False).count()


def shelf() -> Shelf:
    issues = list(Issue.objects.select_related("topic").order_by("-made_at"))
    waiting = {IssueState.DRAFT, IssueState.SCHEDULED, IssueState.SENDING}
    return Shelf(
        open=[issue for issue in issues if issue.state in waiting],
        past=[issue for issue in issues if issue.state not in waiting],
        readers=readers_count(),
    )


def desk(issue: Issue) -> Desk:
    entries = entries_of(issue)
    chosen = {entry.key for entry in entries}
    offers = [card for card in cards.to_choose_from() if card.key not in chosen] if issue.may_change else []
    return Desk(issue, entries, offers, readers_count())


def entries_of(issue: Issue) -> list[Entry]:
    """The articles of a letter: as they were sent, or as they stand now while it has not begun."""
    items = list(issue.items.all())
    now = cards.by_key(item.page_key for item in items)
    told = now if issue.begun_at is None else {}
    return [
        Entry(
            item.page_key,
            item.kind,
            *_words(told.get(item.page_key) or item),
            is_gone=item.page_key not in now,
        )
        for item in items
    ]


def is_empty(issue: Issue) -> bool:
    return not issue.intro and all(entry.is_gone for entry in entries_of(issue))


def _words(of: Card | Item) -> tuple[str, str, str, str]:
    return of.language, of.title, of.summary, of.path


def topics() -> list[Topic]:
    return list(Topic.objects.all())


def open_topics() -> list[Topic]:
    return list(Topic.objects.filter(is_open=True))


def wanted_topics(row: Subscriber) -> list[Topic]:
    left_out = set(row.left_out or ())
    return [topic for topic in open_topics() if topic.pk.hex not in left_out]


def past_issues() -> list[Issue]:
    return list(Issue.objects.filter(state__in=PUBLIC).order_by("-begun_at", "id")[:MOST_PAST])


def past(issue: Issue) -> Past:
    return Past(issue, markdown.render_page(issue.intro), entries_of(issue))


def progress(issue: Issue) -> dict[str, int]:
    """How many deliveries of a letter are in which state."""
    rows = Delivery.objects.filter(issue=issue).values_list("state").annotate(Count("id"))
    return dict.fromkeys(DeliveryState.values, 0) | dict(rows.order_by())


def stands() -> list[tuple[str, datetime | None]]:
    """Where past letters stand, for the map of the site."""
    letters = past_issues()
    if not letters:
        return []
    newest = letters[0].begun_at
    return [
        (reverse("newsletter:list-past"), newest),
        *((reverse("newsletter:read-past", args=[letter.pk]), letter.begun_at) for letter in letters),
    ]
