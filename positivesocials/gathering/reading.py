"""Reads a feed in a process of its own: what it costs to read is what its sender chose."""

import json
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from positivesocials.core import children
from positivesocials.core.refusals import Refused
from positivesocials.gathering.parsing import No, Parsed, Whole

CHILD = Path(__file__).with_name("parse_child.py")
LARGEST = 5_000_000
SECONDS = 20
LARGEST_ANSWER = 64 * 1024 * 1024
SENTENCES: dict[str, Promise] = {
    "empty": _("This file is empty."),
    "large": _("This file is larger than 5 MB, which no feed is."),
    "none": _("This is no feed: neither RSS, Atom, CDF nor JSON Feed was found in it."),
    "unreadable": _("This is no feed that can be read."),
    "entities": _("This feed declares entities of its own, which are refused: they could grow without end."),
    "deep": _("This feed is nested too deeply to be read."),
    "costly": _("This feed takes longer to read than any real one."),
}


class NoFeed(Refused):
    """`reason` is a key of SENTENCES."""

    def __init__(self, reason: str) -> None:
        super().__init__(str(SENTENCES.get(reason, SENTENCES["unreadable"])))
        self.reason = reason


def read(data: bytes, *, base: str = "", content_type: str = "", seconds: float = SECONDS) -> Whole:
    """The feed in these bytes, or NoFeed with one sentence."""
    if not data:
        raise NoFeed("empty")
    if len(data) > LARGEST:
        raise NoFeed("large")
    about = json.dumps({"base": base, "content_type": content_type}).encode()
    answer = children.ask(CHILD, about + b"\n" + data, seconds=seconds, largest=LARGEST_ANSWER)
    return _whole(answer)


def read_file(path: Path) -> Whole:
    try:
        with path.open("rb") as file:
            return read(file.read(LARGEST + 1))
    except OSError:
        raise NoFeed("unreadable") from None


def _whole(answer: bytes) -> Whole:
    try:
        found: dict[str, Any] = json.loads(answer)
    except ValueError:
        raise NoFeed("costly") from None
    if "no" in found:
        raise NoFeed(found["no"])
    return Whole(**{**found, "entries": [Parsed(**each) for each in found["entries"]]})


__all__ = ["No", "NoFeed", "Parsed", "Whole", "read", "read_file"]
