"""What an import did. What was left out stands in a file of its own, so that memory does not grow."""

import json
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

FIELDS = ("posts", "pages", "replies", "attachments")


def _spool() -> IO[str]:
    return tempfile.TemporaryFile("w+", encoding="utf-8")


@dataclass
class Report:
    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    first_lines: dict[str, int] = field(default_factory=dict)
    _left: IO[str] = field(default_factory=_spool)

    def __post_init__(self) -> None:
        weakref.finalize(self, self._left.close)

    def leave_out(self, what: str, why: str, line: int) -> None:
        self.reasons[why] += 1
        self.first_lines.setdefault(why, line)
        row = {"what": what, "why": str(why), "line": line}
        self._left.write(json.dumps(row, ensure_ascii=False) + "\n")

    def left_out(self) -> Iterator[str]:
        """Each as JSON, in the order of the file."""
        self._left.seek(0)
        for line in self._left:
            yield line.rstrip("\n")

    def as_json(self) -> Iterator[str]:
        """One object on one line, in pieces."""
        figures = {name: self.counts[name] for name in (*FIELDS, "known")}
        yield json.dumps(figures)[:-1] + ', "left_out": ['
        for number, row in enumerate(self.left_out()):
            yield (", " if number else "") + row
        yield "]}\n"
