"""Which replies of a thread stand on which page, from where each stands and since when alone.

Replies are put on pages as they came: a first-level reply goes to the last page, or begins another once that
one has its number; an answer goes where its branch is. So what is written later moves nothing that is there.
Of a branch that grew long its page holds the oldest part, and the rest has pages of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

# So many replies, and the next branch begins another page.
PAGE = 50
# Of one branch on a page of the thread: what it begins with, and as many answers as one of its own pages has.
BRANCH = 1 + PAGE
# Where many branches of a page grew later: then all of them hold less of theirs. Never under two for each.
MOST = 2 * PAGE


class Line(NamedTuple):
    """Where one reply stands and since when; nothing of what it says."""

    pk: UUID
    parent_id: UUID | None
    author_id: UUID | None
    persona_id: UUID | None
    state: str
    written_at: datetime
    told_at: datetime | None


@dataclass(frozen=True)
class Place:
    """A page of the thread, or of one long branch of it."""

    page: int = 1
    branch: UUID | None = None

    @property
    def query(self) -> str:
        parts = [f"branch={self.branch}"] if self.branch else []
        return "?" + "&".join([*parts, f"page={self.page}"] if self.page > 1 else parts)


@dataclass(frozen=True)
class Asked:
    """What an address asks for: the page that has a reply, or else a place."""

    place: Place = Place()
    reply: UUID | None = None

    @property
    def is_anywhere(self) -> bool:
        """Opened by the address of the whole."""
        return self == WHOLE


WHOLE = Asked()


def asked(query: Mapping[str, str]) -> Asked:
    """`reply` and `to` (which is going to be answered) name a reply, `branch` and `page` a place."""
    reply = _id(query.get("to", "")) or _id(query.get("reply", ""))
    return Asked(Place(_number(query.get("page", "")), _id(query.get("branch", ""))), reply)


def asked_for(reply_id: object) -> Asked:
    return Asked(reply=_id(str(reply_id)))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    try:
        return max(1, int(text))
    except ValueError:
        return 1


@dataclass(frozen=True)
class More:
    """How many answers of a branch stand on pages of its own, and the first of them."""

    count: int
    first: UUID


@dataclass(frozen=True)
class Sheet:
    """One page: the ids on it, and by the first of a branch what of it stands elsewhere."""

    place: Place = Place()
    pages: int = 1
    ids: frozenset[UUID] = frozenset()
    more: Mapping[UUID, More] = field(default_factory=dict)

    @property
    def is_one_of_many(self) -> bool:
        return self.pages > 1

    @property
    def earlier(self) -> Place | None:
        return Place(self.place.page - 1, self.place.branch) if self.place.page > 1 else None

    @property
    def later(self) -> Place | None:
        return Place(self.place.page + 1, self.place.branch) if self.place.page < self.pages else None


class Plan:
    """The pages of a thread as one viewer sees it. `shown` are its lines, oldest first; `parents` says below
    which shown line each of them stands.
    """

    def __init__(self, shown: Sequence[Line], parents: Mapping[UUID, UUID | None]) -> None:
        self.tops = _tops(shown, parents)
        self.branches: dict[UUID, list[UUID]] = {}
        self.pages: list[list[UUID]] = []
        self.page_of: dict[UUID, int] = {}
        self._ranks: dict[UUID, int] = {}
        self._lay_out(line.pk for line in shown)

    def _lay_out(self, ids: Iterable[UUID]) -> None:
        filled: list[int] = []
        for pk in ids:
            top = self.tops[pk]
            branch = self.branches.setdefault(top, [top])
            if pk != top:
                self._ranks[pk] = len(branch)
                branch.append(pk)
            else:
                self._ranks[pk] = 0
                if not filled or filled[-1] >= PAGE:
                    self.pages.append([])
                    filled.append(0)
                self.pages[-1].append(pk)
                self.page_of[pk] = len(self.pages) - 1
            # What came in from elsewhere may be dated before what it answers: that counts nowhere.
            if top in self.page_of:
                filled[self.page_of[top]] += 1

    @cached_property
    def _limits(self) -> list[int]:
        """For each page, how much of one branch it holds at most."""
        return [_limit([len(self.branches[top]) for top in page]) for page in self.pages]

    def _limit_of(self, top: UUID) -> int:
        return self._limits[self.page_of[top]]

    def place_of(self, pk: UUID | None) -> Place | None:
        """The one place of a reply; None where it is not shown."""
        if pk is None or pk not in self.tops:
            return None
        top, rank = self.tops[pk], self._ranks[pk]
        if rank < self._limit_of(top):
            return Place(self.page_of[top] + 1)
        return Place(_page_in_branch(rank), top)

    def page_with(self, place: Place) -> int:
        """The page of the thread that a place is on, or leads back to."""
        return self.page_of[place.branch] + 1 if place.branch else place.page

    def sheet(self, asked: Asked) -> Sheet:
        place = self.place_of(asked.reply) or asked.place
        top = self.tops.get(place.branch) if place.branch else None
        if top is not None and len(self.branches[top]) > self._limit_of(top):
            return self._of_branch(top, place.page)
        # What stands whole on a page of the thread has no other address.
        return self._of_thread((self.place_of(top) or place).page)

    def _of_thread(self, page: int) -> Sheet:
        page = min(page, max(1, len(self.pages)))
        tops = self.pages[page - 1] if self.pages else []
        ids: set[UUID] = set()
        more: dict[UUID, More] = {}
        for top in tops:
            branch, limit = self.branches[top], self._limits[page - 1]
            ids.update(branch[:limit])
            if rest := branch[limit:]:
                more[top] = More(len(rest), rest[0])
        return Sheet(Place(page), max(1, len(self.pages)), frozenset(ids), more)

    def _of_branch(self, top: UUID, page: int) -> Sheet:
        branch = self.branches[top]
        pages = _page_in_branch(len(branch) - 1)
        page = min(page, pages)
        begins = 1 + (page - 1) * PAGE
        return Sheet(Place(page, top), pages, frozenset([top, *branch[begins : begins + PAGE]]))

    def in_order(self, ids: Iterable[UUID]) -> list[Place]:
        """The places of these replies, each once, as one comes by them."""
        return sorted({place for pk in ids if (place := self.place_of(pk))}, key=self.order)

    def order(self, place: Place) -> tuple[int, int, int]:
        if place.branch is None:
            return (place.page, 0, 0)
        page = self.page_of[place.branch]
        return (page + 1, 1 + self.pages[page].index(place.branch), place.page)


def _tops(shown: Sequence[Line], parents: Mapping[UUID, UUID | None]) -> dict[UUID, UUID]:
    """What each line stands below on the first level. No recursion: a chain may be very long."""
    tops: dict[UUID, UUID] = {}
    for line in shown:
        path, at = [line.pk], parents[line.pk]
        while at is not None and at not in tops:
            path.append(at)
            at = parents[at]
        top = path[-1] if at is None else tops[at]
        tops.update(dict.fromkeys(path, top))
    return tops


def _limit(sizes: Sequence[int]) -> int:
    for limit in range(BRANCH, 2, -1):
        if sum(min(size, limit) for size in sizes) <= MOST:
            return limit
    return 2


def _page_in_branch(rank: int) -> int:
    return max(1, (rank - 1) // PAGE + 1)
