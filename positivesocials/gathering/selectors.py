"""What editors see: the feeds, and the entries that wait for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet

from positivesocials.core.markdown import words_of
from positivesocials.gathering.models import Entry, EntryState, Feed

PER_PAGE = 20
EXCERPT = 300


@dataclass(frozen=True)
class Desk:
    """One page of the entries in one state, and how many there are in each."""

    state: str
    slice: "Slice[Entry]"
    waiting: int
    let_in: int
    aside: int


def feeds() -> Sequence[Feed]:
    waiting = Count("entries", filter=Q(entries__state=EntryState.WAITING))
    return list(Feed.objects.annotate(waiting=waiting).order_by("title", "address"))


def waiting_count() -> int:
    return Entry.objects.filter(state=EntryState.WAITING).count()


def desk(*, state: str, page: str) -> Desk:
    state = state if state in EntryState.values else EntryState.WAITING
    rows: QuerySet[Entry] = Entry.objects.filter(state=state).select_related("feed").defer("html")
    newest = rows.order_by("-arrived_at", "-published_at", "pk")
    counts = Entry.objects.values_list("state").annotate(number=Count("pk")).order_by()
    numbers = dict.fromkeys(EntryState.values, 0) | dict(counts)
    return Desk(state, Paginator(newest, PER_PAGE).get_page(page), *numbers.values())


def excerpt(entry: Entry) -> str:
    """The beginning in plain words: enough to choose by, too little to replace the whole."""
    words = words_of(entry.html)
    if len(words) <= EXCERPT:
        return words
    return f"{words[:EXCERPT].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"
