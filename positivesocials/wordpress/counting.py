"""What an import would do, counted beside what is here: nothing is written and nothing is fetched."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from positivesocials.articles.models import NewsPage
from positivesocials.replies import arrivals as replies
from positivesocials.wordpress.entries import Entry
from positivesocials.wordpress.models import BroughtIn


@dataclass(frozen=True)
class Place:
    """What became of a post. It is not there where an editor has deleted it since; counting makes no page."""

    is_new: bool
    is_there: bool
    page: NewsPage | None = None


class Memory(Protocol):
    """What came in before, by its marks."""

    def row(self, mark: str) -> BroughtIn | None: ...

    def replies(self, marks: Iterable[str]) -> Iterable[str]: ...


class ThisInstance:
    def row(self, mark: str) -> BroughtIn | None:
        return BroughtIn.objects.select_related("news").filter(mark=mark).first()

    def replies(self, marks: Iterable[str]) -> Iterable[str]:
        return replies.known_ids(marks)


class NoInstance:
    """Nothing came in where there is no instance yet, and none is made to ask it."""

    def row(self, mark: str) -> BroughtIn | None:
        return None

    def replies(self, marks: Iterable[str]) -> Iterable[str]:
        return ()


class Counting:
    """Does by number what an import does by rows."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._coming = Marks()

    def news(self, entry: Entry) -> Place:
        if known := self._memory.row(entry.mark):
            return Place(is_new=False, is_there=known.news is not None)
        return Place(is_new=self._coming.add(entry.mark), is_there=True)

    def replies(self, place: Place, arrivals: list[replies.Arrival]) -> int:
        marks = {arrival.mark for arrival in arrivals}
        return sum(self._coming.add(mark) for mark in marks - set(self._memory.replies(marks)))

    def is_known(self, mark: str) -> bool:
        return mark in self._coming or self._memory.row(mark) is not None

    def has_article(self, mark: str) -> bool:
        row = self._memory.row(mark)
        return row.news is not None if row else mark in self._coming

    def picture(self, mark: str) -> None:
        self._coming.add(mark)


class Marks:
    """A set that takes no memory however large an export is: a temporary file of SQLite's own."""

    def __init__(self) -> None:
        self._rows = sqlite3.connect("")
        self._rows.execute("CREATE TABLE marks (mark TEXT PRIMARY KEY) WITHOUT ROWID")

    def add(self, mark: str) -> bool:
        """Whether it is new."""
        return self._rows.execute("INSERT OR IGNORE INTO marks VALUES (?)", [mark]).rowcount == 1

    def __contains__(self, mark: str) -> bool:
        return bool(self._rows.execute("SELECT 1 FROM marks WHERE mark = ?", [mark]).fetchone())
