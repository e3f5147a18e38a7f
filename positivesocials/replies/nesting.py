"""One page of a thread for one viewer: its replies nested, opened and drawn. Only what it shows is opened."""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from positivesocials.accounts.models import Account
from positivesocials.care import selectors as care
from positivesocials.care.crisis import NO_SIGNS, Signs, signs_in
from positivesocials.care.selectors import HelpShown
from positivesocials.core import markdown
from positivesocials.moderation import selectors as moderation
from positivesocials.profiles import badges
from positivesocials.profiles.badges import Badge
from positivesocials.replies.homes import link_to
from positivesocials.replies.models import Mention, Reply, State
from positivesocials.replies.paging import Sheet
from positivesocials.replies.quotes import Quote, names_by_reply, quote_of, shown_name
from positivesocials.safety.hidden_words import NOTHING, Asides

DEEPEST = 4
WAITING = {State.UNPROVEN, State.HELD}
# What the owner of the thread shows below these replies, and below what is replied to (None).
Below = Callable[[Collection[UUID]], Mapping[UUID | None, Any]]
# What it shows with their words.
Beside = Callable[[Collection[UUID]], Mapping[UUID, Any]]


def nothing(_reply_ids: Collection[UUID]) -> dict[Any, Any]:
    return {}


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
    beside: Any = None
    # Why it is folded for this viewer, who put it aside.
    aside: str = ""
    # How many answers of a long branch stand on other pages, and the address of the first of them.
    more: int = 0
    more_at: str = ""

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
class Around:
    """What the owner of a thread knows of it. `starter_id` is the persona that wrote what is replied to,
    `opening` a short part of that; what is newer than `seen_at` is new; `below` is shown below replies, and
    `beside` with their words.
    """

    starter_id: UUID | None = None
    opening: Quote | None = None
    seen_at: datetime | None = None
    below: Below = nothing
    beside: Beside = nothing
    # Whether replies here are quoted and name people: one query more.
    has_names: bool = False
    # What this viewer put aside.
    asides: Asides = NOTHING


NOTHING_AROUND = Around()


@dataclass(frozen=True)
class Page:
    """What a page is made of: its rows and the shown ones they answer, oldest first; below which shown reply
    each stands; whose are the viewer's own, which are new; whom they name.
    """

    sheet: Sheet
    rows: Sequence[Reply]
    parents: Mapping[UUID, UUID | None]
    own: Set[UUID]
    new: Set[UUID]
    named: Sequence[Mention]
    below: Mapping[UUID | None, Any]
    beside: Mapping[UUID, Any]


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from walk(node.children)


class Builder:
    """Turns the flat rows into nested nodes; below the deepest level answers stay on that level."""

    def __init__(self, page: Page, viewer: Account | None, around: Around) -> None:
        self.page, self.viewer, self.around = page, viewer, around
        self.names = names_by_reply(page.named)
        self.rows = {row.pk: row for row in page.rows}
        rows = [row for row in page.rows if row.pk in page.sheet.ids]
        self.below: dict[UUID | None, list[Reply]] = {}
        for row in rows:
            self.below.setdefault(self._parent_here(row), []).append(row)
        self.badges = badges.of_all((row.pk, row.persona) for row in rows if row.text)
        removed = [row.pk for row in rows if row.state == State.REMOVED and row.pk in page.own]
        self.reasons = moderation.reasons("reply", removed) if removed else {}

    def _parent_here(self, row: Reply) -> UUID | None:
        """The nearest reply above that is on this page."""
        parent_id = self.page.parents[row.pk]
        while parent_id is not None and not self._is_here(parent_id):
            parent_id = self.page.parents[parent_id]
        return parent_id

    def _is_here(self, pk: UUID) -> bool:
        return pk in self.page.sheet.ids and pk in self.rows

    def level(self, parent_id: UUID | None = None, *, depth: int = 1) -> tuple[Node, ...]:
        rows = self.below.get(parent_id, ())
        if depth == DEEPEST:
            return tuple(self._node(row, (), answers=row.parent_id != parent_id) for row in self._flat(rows))
        return tuple(
            self._node(row, self.level(row.pk, depth=depth + 1), answers=self._is_parted(row)) for row in rows
        )

    def _is_parted(self, row: Reply) -> bool:
        """What it answers is on another page."""
        parent_id = self.page.parents[row.pk]
        return parent_id is not None and not self._is_here(parent_id)

    def _flat(self, rows: Iterable[Reply]) -> list[Reply]:
        """These and everything below them, oldest first. No recursion: a chain may be very long."""
        flat, waiting = [], deque(rows)
        while waiting:
            row = waiting.popleft()
            flat.append(row)
            waiting.extend(self.below.get(row.pk, ()))
        return sorted(flat, key=lambda row: (row.written_at, row.pk))

    def _node(self, row: Reply, children: tuple[Node, ...], *, answers: bool = False) -> Node:
        is_own = row.pk in self.page.own
        readable = row.state in {*WAITING, State.PUBLIC} or (row.state == State.REMOVED and is_own)
        text = row.text if readable else None
        signs = signs_in(text) if text else NO_SIGNS
        more = self.page.sheet.more.get(row.pk)
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
            is_new=row.pk in self.page.new,
            below=self.page.below.get(row.pk),
            beside=self.page.beside.get(row.pk) if text is not None else None,
            aside=self._aside(row),
            more=more.count if more else 0,
            more_at=link_to("", more.first) if more else "",
        )

    @cached_property
    def _country(self) -> str | None:
        return care.country_of(self.viewer)

    def _quote(self, row: Reply) -> Quote | None:
        """Of what this viewer is not to see there is no trace."""
        if row.parent_id is None:
            return self.around.opening
        if self.page.parents[row.pk] != row.parent_id or row.parent_id not in self.rows:
            return None
        quoted = self.rows[row.parent_id]
        if self._aside(quoted):
            return None
        return quote_of(quoted, elsewhere="" if self._is_here(quoted.pk) else f"?reply={quoted.pk}")

    def _aside(self, row: Reply) -> str:
        """Nothing of one's own is folded, nor what cannot be read."""
        if row.pk in self.page.own or row.state != State.PUBLIC:
            return ""
        return self.around.asides.why(row.persona_id, row.text)

    def _answers(self, row: Reply) -> str:
        parent = self.rows.get(self.page.parents[row.pk] or row.pk)
        is_told = parent is not None and parent is not row and parent.state == State.PUBLIC
        return shown_name(parent) if parent is not None and is_told else ""
