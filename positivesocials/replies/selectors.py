"""Reading threads: one query for the replies, one for blocks, one for keys, whatever the size."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from positivesocials.accounts.models import Account
from positivesocials.care import selectors as care
from positivesocials.care.crisis import NO_SIGNS, Signs, signs_in
from positivesocials.care.selectors import HelpShown
from positivesocials.core import markdown
from positivesocials.moderation import selectors as moderation
from positivesocials.profiles import badges
from positivesocials.profiles import selectors as profiles
from positivesocials.profiles.badges import Badge
from positivesocials.profiles.models import Persona
from positivesocials.replies import access
from positivesocials.replies.models import Mention, Reply, State, Thread
from positivesocials.replies.quotes import (
    Person,
    Quote,
    mentions_in,
    names_by_reply,
    people_in,
    quote_of,
)
from positivesocials.replies.quotes import shown_name as shown_name
from positivesocials.safety import selectors as safety
from positivesocials.vault.fields import warm

DEEPEST = 4
# Of so many replies the names are looked at when somebody chooses an alias.
MOST_NAMES = 200
WAITING = {State.UNPROVEN, State.HELD}


@dataclass(frozen=True)
class Node:
    """One reply as this viewer may see it. Holds no id of an account or a persona."""

    id: UUID
    name: str
    salt: str
    is_alias: bool
    is_guest: bool
    is_own: bool
    is_starter: bool
    state: str
    text: SafeString | None
    reason: str
    written_at: datetime
    edited_at: datetime | None
    answers: str
    # Of the words, for this page alone: help for whoever wrote them, and a word to others who read them.
    signs: Signs
    help: HelpShown | None
    children: tuple["Node", ...]
    badges: tuple[Badge, ...] = ()
    quote: Quote | None = None
    names: tuple[str, ...] = ()
    is_new: bool = False
    below: Any = None

    @property
    def is_held(self) -> bool:
        return self.state == State.HELD

    @property
    def is_unproven(self) -> bool:
        return self.state == State.UNPROVEN

    @property
    def is_readable(self) -> bool:
        return self.text is not None

    @property
    def can_be_answered(self) -> bool:
        return self.is_readable and self.state in {State.HELD, State.PUBLIC}

    @property
    def is_removed(self) -> bool:
        return self.state == State.REMOVED


@dataclass(frozen=True)
class Voice:
    """A name the viewer may write under here."""

    id: UUID
    name: str
    is_alias: bool


@dataclass(frozen=True)
class Around:
    """What the owner of a thread knows of it. `starter_id` is the persona that wrote what is replied to,
    `opening` a short part of that; what is newer than `seen_at` is new; `below` is shown below replies.
    """

    starter_id: UUID | None = None
    opening: Quote | None = None
    seen_at: datetime | None = None
    below: Mapping[UUID | None, Any] = field(default_factory=dict)
    # Whether replies here are quoted and name people: one query more.
    has_names: bool = False


@dataclass(frozen=True)
class ReplyTree:
    thread_id: UUID
    nodes: tuple[Node, ...]
    is_closed: bool
    for_member: bool
    people: tuple[Person, ...] = ()
    # What the owner of the thread shows below what is replied to (None) and below replies.
    below: Mapping[UUID | None, Any] = field(default_factory=dict)
    # Where not, removing it is still possible.
    may_change: bool = True
    # The last day on which one can reply, where the owner of the thread has set one.
    open_until: date | None = None

    @cached_property
    def count(self) -> int:
        """Replies that everyone here can read."""
        return sum(node.state == State.PUBLIC for node in walk(self.nodes))

    @property
    def own_ids(self) -> list[UUID]:
        return [node.id for node in walk(self.nodes) if node.is_own]

    @cached_property
    def first_new(self) -> UUID | None:
        """Where the mark stands, for whoever was here before."""
        return next((node.id for node in walk(self.nodes) if node.is_new), None)

    def find(self, pk: UUID | str | None) -> Node | None:
        """The readable reply with this id, for "answering ..."."""
        return next((n for n in walk(self.nodes) if str(n.id) == str(pk) and n.can_be_answered), None)


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from walk(node.children)


def tree(
    thread: Thread,
    viewer: Account | None,
    own_ids: frozenset[UUID] = frozenset(),
    around: Around = Around(),
    *,
    may_change: bool = True,
) -> ReplyTree:
    """The thread for one viewer. Blocked people and what others have held are left out; answers to them
    move up to the nearest reply that is shown. `may_change` says whether the page still lets the viewer
    change what they wrote.
    """
    rows = list(Reply.objects.filter(thread=thread).select_related("persona").order_by("written_at", "id"))
    hidden = safety.hidden_from(viewer)
    shown = [row for row in rows if _is_shown(row, viewer, own_ids, hidden)]
    named = mentions_in(thread, hidden) if around.has_names else []
    personas = [row.persona for row in shown if row.persona]
    warm(shown, personas, [mention.persona for mention in named])
    builder = _Builder(rows, shown, viewer, own_ids, around, named)
    return ReplyTree(
        thread_id=thread.pk,
        nodes=builder.level(None, depth=1),
        is_closed=not access.may_reply(thread),
        for_member=viewer is not None,
        people=people_in(shown, builder.own, around.starter_id) if around.has_names else (),
        below=around.below,
        may_change=may_change,
    )


def own_reply(written: Reply) -> Node:
    """A guest's reply as its writer sees it, whatever its state."""
    builder = _Builder([written], [written], None, frozenset({written.pk}), Around(), [])
    return builder.level(None, depth=1)[0]


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
    written = Reply.objects.filter(thread=thread, author=actor).order_by("-written_at")
    worn = [reply.persona for reply in written.select_related("persona")]
    found = [starter, *worn, own.persona if own else None]
    personas = list(dict.fromkeys(persona for persona in found if persona is not None))
    warm(personas)
    return [Voice(persona.pk, persona.name or "", persona.is_alias) for persona in personas]


def _is_own(row: Reply, viewer: Account | None, own_ids: frozenset[UUID]) -> bool:
    return row.pk in own_ids or (viewer is not None and row.author_id == viewer.pk)


def _is_shown(row: Reply, viewer: Account | None, own_ids: frozenset[UUID], hidden: Set[UUID]) -> bool:
    if row.author_id in hidden:
        return False
    # Of what nobody else ever read no line stays either.
    stands = row.state == State.PUBLIC or (row.state not in WAITING and row.told_at is not None)
    return stands or _is_own(row, viewer, own_ids)


class _Builder:
    """Turns the flat rows into nested nodes; below the deepest level answers stay on that level."""

    def __init__(
        self,
        rows: list[Reply],
        shown: list[Reply],
        viewer: Account | None,
        own_ids: frozenset[UUID],
        around: Around,
        named: list[Mention],
    ) -> None:
        self.own = {row.pk for row in shown if _is_own(row, viewer, own_ids)}
        self.around = around
        self.names = names_by_reply(named)
        self.viewer = viewer
        self.rows = {row.pk: row for row in rows}
        self.shown = {row.pk for row in shown}
        self.below: dict[UUID | None, list[Reply]] = {}
        for row in shown:
            self.below.setdefault(self._shown_parent(row), []).append(row)
        self.badges = badges.of_all((row.pk, row.persona) for row in shown if row.text)
        removed = [row.pk for row in shown if row.state == State.REMOVED and row.pk in self.own]
        self.reasons = moderation.reasons("reply", removed) if removed else {}

    def _shown_parent(self, row: Reply) -> UUID | None:
        parent_id = row.parent_id
        while parent_id is not None and parent_id not in self.shown:
            parent = self.rows.get(parent_id)
            parent_id = parent.parent_id if parent else None
        return parent_id

    def level(self, parent_id: UUID | None, *, depth: int) -> tuple[Node, ...]:
        rows = self.below.get(parent_id, ())
        if depth == DEEPEST:
            return tuple(self._node(row, (), answers=row.parent_id != parent_id) for row in self._flat(rows))
        return tuple(self._node(row, self.level(row.pk, depth=depth + 1)) for row in rows)

    def _flat(self, rows: Iterable[Reply]) -> list[Reply]:
        """These and everything below them, oldest first. No recursion: a chain may be very long."""
        flat, waiting = [], deque(rows)
        while waiting:
            row = waiting.popleft()
            flat.append(row)
            waiting.extend(self.below.get(row.pk, ()))
        return sorted(flat, key=lambda row: (row.written_at, row.pk))

    def _node(self, row: Reply, children: tuple[Node, ...], *, answers: bool = False) -> Node:
        is_own = row.pk in self.own
        readable = row.state in {*WAITING, State.PUBLIC} or (row.state == State.REMOVED and is_own)
        text = row.text if readable else None
        signs = signs_in(text) if text else NO_SIGNS
        return Node(
            id=row.pk,
            name=shown_name(row) if text is not None else "",
            salt=row.persona.salt if row.persona else str(row.pk),
            is_alias=bool(row.persona and row.persona.is_alias),
            is_guest=row.is_guests,
            is_own=is_own,
            is_starter=self.around.starter_id is not None and row.persona_id == self.around.starter_id,
            state=row.state,
            text=markdown.render(text) if text is not None else None,
            reason=self.reasons.get(row.pk, ""),
            written_at=row.written_at,
            edited_at=row.edited_at,
            answers=self._answers(row) if answers else "",
            signs=signs,
            help=care.help_for(signs, self._country) if is_own and signs else None,
            children=children,
            badges=self.badges.get(row.pk, ()) if text is not None else (),
            quote=self._quote(row) if row.quotes and text is not None else None,
            names=tuple(self.names.get(row.pk, ())) if text is not None else (),
            is_new=self._is_new(row),
            below=self.around.below.get(row.pk),
        )

    @cached_property
    def _country(self) -> str | None:
        return care.country_of(self.viewer)

    def _is_new(self, row: Reply) -> bool:
        since = self.around.seen_at
        return since is not None and row.written_at > since and row.pk not in self.own

    def _quote(self, row: Reply) -> Quote | None:
        """Of what this viewer is not to see there is no trace."""
        if row.parent_id is None:
            return self.around.opening
        return quote_of(self.rows[row.parent_id]) if row.parent_id in self.shown else None

    def _answers(self, row: Reply) -> str:
        parent_id = self._shown_parent(row)
        parent = self.rows[parent_id] if parent_id else None
        return shown_name(parent) if parent is not None and parent.state == State.PUBLIC else ""
