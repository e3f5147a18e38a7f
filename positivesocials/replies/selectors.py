"""Reading threads: one query for where the replies stand, one for those of the page, one for blocks, one for
keys, whatever the size. Nothing is opened that the page does not show.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils.functional import cached_property

from positivesocials.accounts.models import Account
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.models import Persona
from positivesocials.replies import access
from positivesocials.replies.models import Reply, State, Thread
from positivesocials.replies.nesting import NOTHING_AROUND, WAITING, Builder, Node, Page
from positivesocials.replies.nesting import Around as Around
from positivesocials.replies.nesting import walk as walk
from positivesocials.replies.paging import WHOLE, Asked, Line, Place, Plan, Sheet
from positivesocials.replies.quotes import Person, last_words, mentions_in, people_in
from positivesocials.replies.quotes import shown_name as shown_name
from positivesocials.safety import selectors as safety
from positivesocials.safety.hidden_words import NOTHING, Asides
from positivesocials.vault.fields import warm

# Of so many replies the names are looked at when somebody chooses an alias.
MOST_NAMES = 200


@dataclass(frozen=True)
class Voice:
    """A name the viewer may write under here."""

    id: UUID
    name: str
    is_alias: bool


@dataclass(frozen=True)
class ReplyTree:
    """One page of a thread. `count` is of the whole: replies that everyone here can read."""

    thread_id: UUID
    nodes: tuple[Node, ...]
    sheet: Sheet
    count: int
    is_closed: bool
    for_member: bool
    # Which page of the thread this is, or leads back to, and of how many.
    page: int = 1
    pages: int = 1
    # The first place with something new for whoever was here before, and the next after this one.
    first_new: Place | None = None
    next_new: Place | None = None
    people: tuple[Person, ...] = ()
    # What the owner of the thread shows below what is replied to (None) and below replies.
    below: Mapping[UUID | None, Any] = field(default_factory=dict)
    # Where not, removing it is still possible.
    may_change: bool = True
    # The last day on which one can reply, where the owner of the thread has set one.
    open_until: date | None = None
    asides: Asides = NOTHING

    @property
    def own_ids(self) -> list[UUID]:
        return [node.id for node in walk(self.nodes) if node.is_own]

    @cached_property
    def mark(self) -> UUID | None:
        """Above which reply of this page it says that what follows is new."""
        return next((node.id for node in walk(self.nodes) if node.is_new), None)

    @property
    def has_first_new(self) -> bool:
        return self.first_new == self.sheet.place

    def find(self, pk: UUID | str | None) -> Node | None:
        """The readable reply of this page with this id, for "answering ..."."""
        return next((n for n in walk(self.nodes) if str(n.id) == str(pk) and n.can_be_answered), None)


def tree(
    thread: Thread,
    viewer: Account | None,
    own_ids: frozenset[UUID] = frozenset(),
    around: Around = NOTHING_AROUND,
    *,
    may_change: bool = True,
    asked: Asked = WHOLE,
) -> ReplyTree:
    """One page of the thread for one viewer. Blocked people and what others have held are left out; answers
    to them move up to the nearest reply that is shown. `may_change` says whether the page still lets the
    viewer change what they wrote.
    """
    seen = _seen(thread, viewer, own_ids)
    plan = Plan(seen.lines, seen.parents)
    sheet = plan.sheet(asked)
    new = {line.pk for line in seen.lines if _is_new(line, around.seen_at)} - seen.own
    places = plan.in_order(new)
    page, people = _page(sheet, seen, around, new)
    return ReplyTree(
        thread_id=thread.pk,
        nodes=Builder(page, viewer, around).level(),
        sheet=sheet,
        count=sum(line.state == State.PUBLIC for line in seen.lines),
        is_closed=not access.may_reply(thread),
        for_member=viewer is not None,
        page=plan.page_with(sheet.place),
        pages=len(plan.pages),
        first_new=places[0] if places else None,
        next_new=next((each for each in places if plan.order(each) > plan.order(sheet.place)), None),
        people=people,
        below=page.below,
        may_change=may_change,
        asides=around.asides,
    )


@dataclass(frozen=True)
class _Seen:
    """What a viewer sees of a thread: the lines, oldest first, and below which of them each stands."""

    lines: Sequence[Line]
    parents: Mapping[UUID, UUID | None]
    own: Set[UUID]
    hidden: Set[UUID]


def _seen(thread: Thread, viewer: Account | None, own_ids: frozenset[UUID]) -> _Seen:
    rows = Reply.objects.filter(thread=thread).order_by("written_at", "pk")
    lines = [Line(*row) for row in rows.values_list(*Line._fields)]
    hidden = safety.hidden_from(viewer)
    shown = [line for line in lines if _is_shown(line, viewer, own_ids, hidden)]
    own = {line.pk for line in shown if _is_own(line, viewer, own_ids)}
    return _Seen(shown, _shown_parents(lines, {line.pk for line in shown}), own, hidden)


def _shown_parents(lines: Sequence[Line], shown: Set[UUID]) -> dict[UUID, UUID | None]:
    """Below which shown line each shown one stands: the nearest above."""
    above = {line.pk: line.parent_id for line in lines}
    parents: dict[UUID, UUID | None] = {}
    for pk in shown:
        parent_id = above[pk]
        while parent_id is not None and parent_id not in shown:
            parent_id = above.get(parent_id)
        parents[pk] = parent_id
    return parents


def _page(sheet: Sheet, seen: _Seen, around: Around, new: Set[UUID]) -> tuple[Page, tuple[Person, ...]]:
    """The rows of a page, those they answer, and who can be named here, in one query and one for keys."""
    answered = {parent_id for pk in sheet.ids if (parent_id := seen.parents[pk])}
    spoke = last_words(seen.lines, seen.own) if around.has_names else []
    found = Reply.objects.filter(pk__in=[*sheet.ids, *answered, *spoke]).select_related("persona")
    by_id = {row.pk: row for row in found.order_by("written_at", "pk")}
    rows = [row for row in by_id.values() if row.pk in sheet.ids or row.pk in answered]
    named = mentions_in(sheet.ids, seen.hidden) if around.has_names else []
    personas = [row.persona for row in by_id.values() if row.persona]
    warm(rows, personas, [mention.persona for mention in named], around.asides.rows)
    page = Page(
        sheet, rows, seen.parents, seen.own, new, named, around.below(sheet.ids), around.beside(sheet.ids)
    )
    people = people_in([by_id[pk] for pk in spoke if pk in by_id], around.starter_id)
    return page, people


def own_reply(written: Reply) -> Node:
    """A guest's reply as its writer sees it, whatever its state."""
    ids = frozenset({written.pk})
    page = Page(
        Sheet(ids=ids), [written], {written.pk: None}, own=ids, new=set(), named=[], below={}, beside={}
    )
    return Builder(page, None, Around()).level()[0]


def counts(thread_ids: list[UUID], viewer: Account | None) -> dict[UUID, int]:
    """How many readable replies each thread has, in one query."""
    rows = Reply.objects.filter(thread_id__in=thread_ids, state=State.PUBLIC)
    if hidden := safety.hidden_from(viewer):
        # Not exclude(author__in=...) alone: that would drop replies whose author has left.
        rows = rows.exclude(author__isnull=False, author_id__in=hidden)
    counted = rows.order_by().values("thread_id").annotate(number=Count("pk"))
    return dict(counted.values_list("thread_id", "number"))


def names_of_others(thread: Thread, viewer: Account) -> list[str]:
    """Under which names others wrote here last, of those whom the viewer reads."""
    rows = Reply.objects.filter(thread=thread, state=State.PUBLIC).select_related("persona")
    others = rows.exclude(author__isnull=False, author_id__in=safety.hidden_from(viewer) | {viewer.pk})
    last = list(others.order_by("-written_at", "id")[:MOST_NAMES])
    warm(last, [row.persona for row in last if row.persona])
    return [name for row in last if (name := row.guest_name or (row.persona and row.persona.name))]


def voices_in(thread: Thread, actor: Account, starter: Persona | None = None) -> list[Voice]:
    """The names the actor may reply under, the one they have used here first: nobody slips by accident.

    `starter` is their own persona that wrote what is replied to.
    """
    own = profiles.profile_of(actor)
    written = Reply.objects.filter(thread=thread, author=actor, persona__isnull=False)
    last = written.values_list("persona").annotate(last=Max("written_at")).order_by("-last")
    worn = Persona.objects.in_bulk([pk for pk, _at in last])
    found = [starter, *worn.values(), own.persona if own else None]
    personas = list(dict.fromkeys(persona for persona in found if persona is not None))
    warm(personas)
    return [Voice(persona.pk, persona.name or "", persona.is_alias) for persona in personas]


def _is_own(row: Line, viewer: Account | None, own_ids: frozenset[UUID]) -> bool:
    return row.pk in own_ids or (viewer is not None and row.author_id == viewer.pk)


def _is_shown(row: Line, viewer: Account | None, own_ids: frozenset[UUID], hidden: Set[UUID]) -> bool:
    if row.author_id in hidden:
        return False
    # Of what nobody else ever read no line stays either.
    stands = row.state == State.PUBLIC or (row.state not in WAITING and row.told_at is not None)
    return stands or _is_own(row, viewer, own_ids)


def _is_new(line: Line, since: datetime | None) -> bool:
    return since is not None and line.written_at > since
